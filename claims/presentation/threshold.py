"""What another threshold would show of a story, before it is applied."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from claims.pipeline.nearest import percent
from claims.pipeline.types import Considered, Sentence
from claims.review.confirmed import SAME, Share, Tally

from .snapshot import Snapshot
from .words import counted
from .words import threshold as as_percent

#: As many of each are shown; the rest is counted.
MOST = 20


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, or two, with their outlets; of two, how probable it is that they are one claim."""

    sentences: tuple[tuple[str, str], ...]
    likely: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """``shown`` of ``count`` changes of one sort."""

    count: int
    shown: Sequence[Told]

    @property
    def left(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Preview:
    """What would be otherwise with ``threshold`` in place of ``now``.

    ``confirmed``: what reviewers here made of pairs between the two.
    """

    now: float
    threshold: float
    pairs: int
    no_more: Change
    new: Change
    lone: Change
    lone_no_more: Change
    confirmed: Share

    @property
    def changes(self) -> int:
        return self.no_more.count + self.new.count

    @property
    def says(self) -> str:
        """In one sentence, for those who hear the page too."""
        if not self.changes:
            return (
                f"At {as_percent(self.threshold)} the same {counted(self.pairs, 'pair')} would be shown as one claim."
            )
        lone = f"{counted(self.lone.count, 'sentence')} newly only here, {self.lone_no_more.count} no longer"
        pairs = f"{counted(self.no_more.count, 'pair')} no longer one claim, {self.new.count} newly"
        return f"At {as_percent(self.threshold)}: {pairs}; {lone}."


def make_preview(snapshot: Snapshot, considered: Sequence[Considered], threshold: float, tally: Tally) -> Preview:
    """``considered``: the comparison's. Of the articles as they were compared, this is exactly what would come out."""
    probability = {(c.a, c.b): c.probability for c in considered}
    now = {(link.a, link.b) for link in snapshot.result.alignments}
    then = {(c.a, c.b) for c in considered if c.is_sure or c.probability >= threshold}
    lone_now, lone_then = _lone(snapshot, now), _lone(snapshot, then)
    used = snapshot.result.run.thresholds["alignment"]
    return Preview(
        now=used,
        threshold=threshold,
        pairs=len(then),
        no_more=_pairs(snapshot, now - then, probability),
        new=_pairs(snapshot, then - now, probability),
        lone=_sentences(snapshot, lone_then - lone_now),
        lone_no_more=_sentences(snapshot, lone_now - lone_then),
        confirmed=tally.between(SAME, min(used, threshold), max(used, threshold)),
    )


def _lone(snapshot: Snapshot, pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Sentences that make a claim which no other states."""
    taken = {id_ for pair in pairs for id_ in pair}
    return {s.id for s in snapshot.result.sentences if s.role == "claim" and s.id not in taken}


def _pairs(snapshot: Snapshot, pairs: Collection[tuple[str, str]], probability: dict[tuple[str, str], float]) -> Change:
    """The most probable first."""
    ordered = sorted(pairs, key=lambda pair: (-probability.get(pair, 0.0), pair))
    told = [
        Told(tuple(_told(snapshot, id_) for id_ in pair), percent(probability.get(pair, 0.0)))
        for pair in ordered[:MOST]
    ]
    return Change(len(pairs), told)


def _sentences(snapshot: Snapshot, ids: Collection[str]) -> Change:
    """As the articles read."""

    def place(id_: str) -> tuple[int, int]:
        sentence: Sentence = snapshot.sentences[id_]
        return sentence.article, sentence.start

    return Change(len(ids), [Told((_told(snapshot, id_),)) for id_ in sorted(ids, key=place)[:MOST]])


def _told(snapshot: Snapshot, id_: str) -> tuple[str, str]:
    sentence = snapshot.sentences[id_]
    return snapshot.outlets[sentence.article], sentence.text
