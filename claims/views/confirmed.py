"""What a newsroom's reviewers confirmed, by probability and kind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Calibration, Comparison, Newsroom
from claims.policies import Action
from claims.presentation.confirmed import make_tables
from claims.review.confirmed import LEAST, Tally
from claims.review.outcomes import load_tally, others_judged

from .access import on
from .newsrooms import newsrooms


@require_safe
@on(newsrooms, Action.READ)
def newsroom_confirmed(request: HttpRequest, newsroom: Newsroom) -> HttpResponse:
    """Of what the models of its latest comparison proposed; what others proposed is only counted."""
    runs = Comparison.objects.filter(story__newsroom=newsroom, story__deleted_at=None).values_list("run", flat=True)
    run = runs.first()
    context = {
        "newsroom": newsroom,
        "tables": make_tables(load_tally(newsroom.pk, run) if run else Tally()),
        "calibration": Calibration.objects.filter(newsroom=newsroom).first(),
        "others": others_judged(newsroom.pk, run) if run else 0,
        "least": LEAST,
    }
    return render(request, "people/confirmed.html", context)
