"""One claim, as a page of its own and as the panel that opens beside the text."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from claims.filters import ClaimForm
from claims.models import Comparison
from claims.presentation.ledger import row_entries
from claims.presentation.panel import make_panel
from claims.presentation.snapshot import load_snapshot

from .comparisons import ComparedStory, needs_comparison, tally_for
from .fragments import is_fragment_request, render_page


@needs_comparison
def claim(request: HttpRequest, compared: ComparedStory, number: int) -> HttpResponse:
    """A claim of the latest comparison, or of the one that a permanent link names: their numbers differ."""
    form = ClaimForm(request.GET, compared.snapshot.outlets)
    comparison = _asked_for(compared, form.value("comparison"))
    is_latest = comparison == compared.status.comparison
    snapshot = compared.snapshot if is_latest else load_snapshot(comparison)
    row = snapshot.row(number)
    if row is None:
        raise Http404("The comparison has no such claim.")
    context = compared.context | {
        "comparison": comparison,
        "is_latest": is_latest,
        "quoted": row_entries(snapshot, row),
        "panel": make_panel(
            snapshot,
            row,
            base=form.base(),
            is_short=is_fragment_request(request),
            tally=tally_for(request, compared.story, comparison),
        ),
    }
    return render_page(request, "comparison/claim.html", context, partial="claim")


def _asked_for(compared: ComparedStory, pk: int | None) -> Comparison:
    latest = compared.status.comparison
    assert latest is not None  # noqa: S101 - what needs_comparison is for
    return latest if pk in (None, latest.pk) else get_object_or_404(compared.story.comparisons, pk=pk)
