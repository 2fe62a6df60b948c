"""The articles side by side."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from claims.filters import ColumnsForm
from claims.presentation.columns import find_asides
from claims.presentation.desk import make_desk

from .comparisons import ComparedStory, needs_comparison
from .fragments import render_page


@needs_comparison
def side_by_side(request: HttpRequest, compared: ComparedStory) -> HttpResponse:
    snapshot = compared.snapshot
    form = ColumnsForm(request.GET, snapshot.outlets)
    positions = form.positions(len(snapshot.outlets))
    changes_only = bool(form.value("changes"))
    context = compared.context | {
        "desk": partial(make_desk, snapshot, compared.story.pk, positions, changes_only=changes_only),
        "asides": find_asides(snapshot, positions),
        "outlets": list(enumerate(snapshot.outlets)),
        "shown": positions,
        "changes_only": changes_only,
        "tab": "side_by_side",
    }
    return render_page(request, "comparison/side_by_side.html", context, partial="comparison")
