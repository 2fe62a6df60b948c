"""One item as the judging page shows it: sentences in their articles, and where a lone one might stand elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from claims.models import ReviewItem
from claims.pipeline.types import COMPARED_ROLES, Sentence
from claims.presentation.quotes import marked
from claims.presentation.snapshot import Snapshot

from .ballot import Ballot, Span

#: Characters of the article shown before and after a sentence.
CONTEXT = 200


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence with the words that matter marked. ``words`` at ``at`` are those chosen as evidence, in the sentence.

    ``before`` and ``after`` are empty where the article is no longer in the session's comparison as it was.
    """

    name: str
    outlet: str
    text: SafeString
    before: str = ""
    after: str = ""
    title: str = ""
    published_at: datetime | None = None
    language: str = ""
    words: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A sentence in which a lone one might stand. ``likely``: by the machine, None where it was not asked."""

    id: str
    outlet: str
    text: str
    likely: float | None
    key: int


def make_sides(item: ReviewItem, snapshot: Snapshot, ballot: Ballot | None) -> list[Side]:
    """``ballot``: whose chosen words to mark; without one, or without words in it, the machine's."""
    chosen = ballot if ballot and (ballot.a or ballot.b) else item.accepting
    sides = [_side("a", item, snapshot, chosen.a, bool(ballot and ballot.a))]
    return sides if item.is_lone else [*sides, _side("b", item, snapshot, chosen.b, bool(ballot and ballot.b))]


def _side(name: str, item: ReviewItem, snapshot: Snapshot, span: Span | None, is_own: bool) -> Side:
    text: str = getattr(item, f"{name}_text")
    proposed = [(d[name]["start"], d[name]["end"]) for d in item.divergences]
    spans = [span] if span and is_own else proposed
    sentence = Sentence(getattr(item, f"{name}_id"), 0, 0, len(text), text, "claim")
    found = snapshot.sentences.get(sentence.id)
    start, end = span or (0, 0)
    side = Side(
        name,
        getattr(item, f"{name}_outlet"),
        marked(sentence, spans),
        words=text[start:end],
        at=start if span else None,
    )
    return _in_context(side, found, snapshot) if found and found.text == text else side


def _in_context(side: Side, sentence: Sentence, snapshot: Snapshot) -> Side:
    article = snapshot.result.articles[sentence.article]
    before, after = article.text[: sentence.start], article.text[sentence.end :]
    return Side(
        side.name,
        side.outlet,
        side.text,
        _end(before),
        _beginning(after),
        article.title,
        article.published_at,
        article.language,
        side.words,
        side.at,
    )


def _end(text: str) -> str:
    """The last words of a text."""
    return text.strip() if len(text) <= CONTEXT else "… " + text[-CONTEXT:].partition(" ")[2].strip()


def _beginning(text: str) -> str:
    """The first words of a text."""
    return text.strip() if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0].strip() + " …"


def make_options(item: ReviewItem, snapshot: Snapshot, chosen: str, article: int | None) -> list[Option]:
    """The sentences nearest to a lone one, the likeliest first; all of ``article``'s if one is named.

    ``chosen`` is among them, whichever they are.
    """
    near = {n.other: n.probability for n in snapshot.result.nearest if n.sentence == item.a_id}
    ids: Sequence[str] = sorted(near, key=lambda id_: -near[id_])
    if article is not None and 0 <= article < len(snapshot.by_article):
        ids = [s.id for s in snapshot.by_article[article] if s.role in COMPARED_ROLES]
    if chosen in snapshot.sentences and chosen not in ids:
        ids = [chosen, *ids]
    return [_option(snapshot.sentences[id_], snapshot, near.get(id_), key) for key, id_ in enumerate(ids, start=1)]


def _option(sentence: Sentence, snapshot: Snapshot, likely: float | None, key: int) -> Option:
    return Option(sentence.id, snapshot.outlets[sentence.article], sentence.text, likely, key)


def other_outlets(item: ReviewItem, snapshot: Snapshot) -> list[tuple[int, str]]:
    """The articles in which the claim of a lone sentence may be looked for, by their position."""
    own = snapshot.sentences.get(item.a_id)
    return [(n, outlet) for n, outlet in enumerate(snapshot.outlets) if own is None or n != own.article]
