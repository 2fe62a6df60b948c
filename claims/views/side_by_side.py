"""The articles side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from claims.filters import ColumnsForm
from claims.presentation.columns import diverging_rows, make_columns
from claims.presentation.minimap import make_minimap

from .comparisons import ComparedStory, needs_comparison
from .fragments import render_page


@needs_comparison
def side_by_side(request: HttpRequest, compared: ComparedStory) -> HttpResponse:
    snapshot = compared.snapshot
    form = ColumnsForm(request.GET, snapshot.outlets)
    positions = form.positions(len(snapshot.outlets))
    context = {
        "story": compared.story,
        "status": compared.status,
        "columns": make_columns(snapshot, compared.story.pk, positions, changes_only=form.value("changes")),
        "minimap": make_minimap(snapshot, positions),
        "outlets": list(enumerate(snapshot.outlets)),
        "shown": positions,
        "changes_only": form.value("changes"),
        "divergences": diverging_rows(snapshot, positions),
        "tab": "side_by_side",
    }
    return render_page(request, "comparison/side_by_side.html", context, partial="comparison")
