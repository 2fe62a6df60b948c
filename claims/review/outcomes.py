"""Keeps count of what people confirmed, so that pages can tell it in one query; and reads the count."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from claims.models import Adjudication, Comparison, Newsroom, Outcome, ReviewItem, ReviewSession, Verdict
from claims.pipeline.calibration import Models, models_of, scale_of

from .confirmed import Proposed, Tally, is_confirmed, outcome, proposed_by

#: Votes have ended: what is counted tells nothing of a pass that goes on, and no item is half judged.
ENDED = (ReviewSession.State.REVEALED, ReviewSession.State.SEALED)
#: As many values in one query as any database takes.
MANY = 500


def key_of(models: Models) -> str:
    """One hash for all the weights on which a probability depends."""
    parts = (models.encoder_sha256, models.relation_model_sha256, models.alignment_sha256)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def load_tally(newsroom: int, run: Mapping[str, Any]) -> Tally:
    """What the newsroom confirmed of what the models of a run proposed, told on that run's scale. One query."""
    cells: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    found = Outcome.objects.filter(newsroom=newsroom, models_sha256=key_of(models_of(run)))
    counted = found.values("about", "percent").annotate(n=Count("pk"), right=Count("pk", filter=Q(is_confirmed=True)))
    for about, percent, n, right in counted.order_by().values_list("about", "percent", "n", "right"):
        cells[about][percent] = right, n
    return Tally(cells, scale_of(run))


def others_judged(newsroom: int, run: Mapping[str, Any]) -> int:
    """How many items that other models than the run's proposed were judged."""
    found = Outcome.objects.filter(newsroom=newsroom).exclude(models_sha256=key_of(models_of(run)))
    return found.values("item").distinct().count()


def count_session(session: ReviewSession) -> None:
    """Count what holds of the session's items, or after it was reopened to judge, no longer count it."""
    with transaction.atomic():
        if session.state in ENDED:
            count(session.items.all())
        else:
            _take_out(session)


@transaction.atomic
def recount(newsroom: Newsroom) -> None:
    """Count all sessions of a newsroom anew, in the order in which their votes ended."""
    newsroom.outcomes.all().delete()
    ended = ReviewSession.objects.filter(story__newsroom=newsroom, state__in=ENDED).order_by("revealed_at", "pk")
    for session in ended:
        count(session.items.all())


def count(items: QuerySet[ReviewItem]) -> None:
    """Count what holds of each item now. Where another session judged the same words, this takes its place."""
    pks = items.values("pk")
    Outcome.objects.filter(item__in=pks).delete()
    rows = {(row.fingerprint, row.about): row for row in _outcomes(items)}
    Outcome.objects.bulk_create(
        rows.values(),
        batch_size=MANY,
        update_conflicts=True,
        unique_fields=["newsroom", "fingerprint", "about"],
        update_fields=["item", "models_sha256", "probability", "percent", "is_confirmed"],
    )


def _outcomes(items: QuerySet[ReviewItem]) -> Iterator[Outcome]:
    votes: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    current = {"item__in": items.values("pk"), "is_current": True}
    for item, gist, bulk in Verdict.objects.filter(**current).values_list("item", "gist", "bulk"):
        votes[item].append((gist, bulk is not None))
    decisions = dict(Adjudication.objects.filter(**current).values_list("item", "gist"))
    live = items.filter(retired_at=None).order_by("session__revealed_at", "pk")
    rows = list(live.annotate(newsroom=F("session__story__newsroom")))
    runs = dict(Comparison.objects.filter(pk__in={row.proposed_in_id for row in rows}).values_list("pk", "run"))
    for row in rows:
        gist = outcome(decisions.get(row.pk, ""), votes[row.pk])
        if gist:
            run = runs[row.proposed_in_id]
            for proposed in _proposed(row, run):
                yield _row(row, run, proposed, gist)


def _proposed(row: ReviewItem, run: Mapping[str, Any]) -> list[Proposed]:
    kinds = [(d["kind"], d["probability"]) for d in row.divergences]
    return proposed_by(row.sort, row.probability, row.details, kinds, scale_of(run))


def _row(row: Any, run: Mapping[str, Any], proposed: Proposed, gist: str) -> Outcome:
    return Outcome(
        newsroom_id=row.newsroom,
        item=row,
        fingerprint=row.fingerprint,
        about=proposed.about,
        models_sha256=key_of(models_of(run)),
        probability=proposed.probability,
        percent=proposed.percent,
        is_confirmed=is_confirmed(proposed.about, gist),
    )


def _take_out(session: ReviewSession) -> None:
    """No longer count the session; where an earlier one judged the same words, that counts again."""
    mine = Outcome.objects.filter(item__session=session)
    fingerprints = sorted(set(mine.values_list("fingerprint", flat=True)))
    mine.delete()
    others = ReviewItem.objects.filter(session__story__newsroom=session.story.newsroom_id, session__state__in=ENDED)
    for start in range(0, len(fingerprints), MANY):
        count(others.filter(fingerprint__in=fingerprints[start : start + MANY]))
