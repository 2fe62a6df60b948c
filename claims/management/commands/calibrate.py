"""``manage.py calibrate``: fit a newsroom's probabilities to its own verdicts, and say what that is worth."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from claims.evaluation.refitting import CannotRefit, Refit, refit
from claims.models import Calibration, Comparison, Newsroom, Outcome
from claims.pipeline.calibration import Models, models_of
from claims.review.confirmed import SAME
from claims.review.outcomes import key_of, recount

NAMES = {"brier": "Brier score", "log_loss": "log loss", "error": "calibration error"}
SELECTED = (
    "Nearly all verdicts are on pairs above the threshold, as no other is proposed: below it the scale is a guess."
)


class Command(BaseCommand):
    help = (
        "Refit the probabilities of “same claim” to the verdicts of a newsroom’s review sessions: before and after on "
        "verdicts held back. Nothing is stored without --apply; then comparisons made from now on use it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--newsroom", default="", help="its name or number; not needed where there is one only")
        parser.add_argument(
            "--apply", action="store_true", help="store the scale, if it is better on what was held back"
        )
        parser.add_argument("--even-if-worse", action="store_true", help="with --apply: store it all the same")
        parser.add_argument("--reset", action="store_true", help="go back to the models’ own probabilities")

    def handle(self, *, newsroom: str, apply: bool, even_if_worse: bool, reset: bool, **options: Any) -> None:
        if reset and apply:
            raise CommandError("Choose one of --apply and --reset.", returncode=2)
        room = self._newsroom(newsroom)
        if reset:
            gone, _ = Calibration.objects.filter(newsroom=room).delete()
            self.stdout.write(f"{room}: back to the models’ own probabilities." if gone else f"{room} has none.")
            return
        recount(room)
        run = Comparison.objects.filter(story__newsroom=room).values_list("run", flat=True).first()
        if run is None:
            raise CommandError(f"{room} has compared nothing yet.")
        models = models_of(run)
        try:
            found = self._fit(room, models)
        except CannotRefit as error:
            raise CommandError(f"{room}: {error} Nothing was changed.") from error
        for line in report(found):
            self.stdout.write(line)
        self._store(room, models, found, apply=apply, even_if_worse=even_if_worse)

    def _newsroom(self, wanted: str) -> Newsroom:
        rooms = Newsroom.objects.all()
        found = list(
            rooms.filter(pk=int(wanted)) if wanted.isdecimal() else rooms.filter(name=wanted) if wanted else rooms
        )
        if len(found) == 1:
            return found[0]
        names = ", ".join(f"{room.pk} ({room.name})" for room in rooms[:20])
        raise CommandError(f"Name one newsroom with --newsroom. There are: {names or 'none'}.", returncode=2)

    def _fit(self, room: Newsroom, models: Models) -> Refit:
        mine = Outcome.objects.filter(newsroom=room, about=SAME)
        fields = ("probability", "is_confirmed", "item__session__story", "item__session")
        rows = list(mine.filter(models_sha256=key_of(models)).order_by("pk").values_list(*fields))
        self.stdout.write(f"{room}: {len(rows)} verdicts on what the models of the latest comparison proposed.")
        if others := mine.count() - len(rows):
            self.stdout.write(f"Left out: {others} on what other models proposed.")
        stories = {story for *_, story, _ in rows}
        groups = [story if len(stories) > 1 else session for *_, story, session in rows]
        return refit([p for p, *_ in rows], [right for _, right, *_ in rows], groups)

    @transaction.atomic
    def _store(self, room: Newsroom, models: Models, found: Refit, *, apply: bool, even_if_worse: bool) -> None:
        if not apply:
            self.stdout.write("Nothing was stored. --apply stores it." if found.is_better else "Nothing was stored.")
            return
        if not found.is_better and not even_if_worse:
            raise CommandError(
                "Nothing was stored, since it is no better on verdicts held back. --even-if-worse would."
            )
        Calibration.objects.filter(newsroom=room).delete()
        Calibration.objects.create(
            newsroom=room,
            slope=found.scale.slope,
            intercept=found.scale.intercept,
            n=found.n,
            figures=found.as_record(),
            **asdict(models),
        )
        self.stdout.write(
            "Stored. Comparisons made from now on tell probabilities on this scale; compare stories again."
        )


def report(found: Refit) -> Iterator[str]:
    scale = f"{found.scale.slope:.4f} × log-odds {found.scale.intercept:+.4f}"
    yield f"Confirmed: {found.confirmed} of {found.n}. Scale: {scale}"
    yield f"Held back, {found.folds} times, whole stories or sessions ({found.groups} in all); n {found.n}:"
    yield f"{'':<20}{'before':>8}{'after':>8}"
    for name, title in NAMES.items():
        yield f"{title:<20}{getattr(found.before, name):>8.4f}{getattr(found.after, name):>8.4f}"
    low, high = found.change
    yield f"Change of the log loss: {found.after.log_loss - found.before.log_loss:+.4f} (95% {low:+.4f} to {high:+.4f})"
    if not found.is_better:
        yield "Held back, it is no better than the models’ own probabilities."
    yield SELECTED
