"""What a comparison proposes, as items to judge: each alignment, and each sentence that it says stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from claims.models.article import text_sha256
from claims.pipeline.types import Alignment, ClaimRow, Divergence, Evidence, Sentence
from claims.presentation.snapshot import Snapshot, article_pk

from .ballot import Sort
from .dealing import urgency
from .matching import Judged, Proposal, Side


@dataclass(frozen=True)
class Proposed:
    """An item as one comparison proposes it. ``a`` and ``b`` are sentences of that comparison.

    ``probability``: that the proposal is right, by the machine. ``divergences``: as they are stored with the item,
    positions counted in characters of each sentence.
    """

    sort: Sort
    a: Sentence
    b: Sentence | None
    outlets: tuple[str, ...]
    hashes: tuple[str, ...]
    relation: str
    probability: float
    judged: Judged
    divergences: Sequence[Mapping[str, Any]] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kinds(self) -> set[str]:
        return {divergence["kind"] for divergence in self.divergences}

    @property
    def urgency(self) -> float:
        return urgency(self.relation, self.probability)

    @property
    def sentences(self) -> list[Sentence]:
        return [self.a] if self.b is None else [self.a, self.b]


@dataclass(frozen=True)
class Choice:
    """Which items a session is about: those that satisfy everything that is set. ``outlets``: their names."""

    relation: str = ""
    kind: str = ""
    outlets: tuple[str, ...] = ()
    words: str = ""

    def admits(self, item: Proposed) -> bool:
        """By its relation, one of its kinds, one of its outlets, and all of the words in its sentences."""
        text = " ".join(sentence.text for sentence in item.sentences).casefold()
        return (
            self.relation in ("", item.relation)
            and (not self.kind or self.kind in item.kinds)
            and (not self.outlets or bool(set(self.outlets) & set(item.outlets)))
            and all(word in text for word in self.words.casefold().split())
        )


class Proposals:
    """All that a comparison proposes, in reading order, and its sentences as sides."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.pks = [article_pk(article) for article in snapshot.result.articles]
        self.hashes = [text_sha256(article.text) for article in snapshot.result.articles]

    @cached_property
    def items(self) -> list[Proposed]:
        return [self.item(n) for n in range(len(self.judged))]

    @cached_property
    def judged(self) -> list[Judged]:
        """What votes on each of the items hang on."""
        return [self._judge(found) for found in self._found]

    @cached_property
    def _found(self) -> list[Alignment | ClaimRow]:
        """What the items are made of, in their order."""
        place = {s.id: (s.article, s.start) for s in self.snapshot.result.sentences}
        lone = [row for row in self.snapshot.result.rows if row.relation == "unique"]
        return sorted([*self.snapshot.result.alignments, *lone], key=lambda found: [place[id_] for id_ in _ids(found)])

    def item(self, n: int) -> Proposed:
        found, judged = self._found[n], self.judged[n]
        return self._pair(found, judged) if isinstance(found, Alignment) else self._alone(found, judged)

    @cached_property
    def sides(self) -> dict[str, Side]:
        """Every sentence by its id."""
        total: Counter[tuple[int, str]] = Counter((s.article, s.text) for s in self.snapshot.result.sentences)
        seen: Counter[tuple[int, str]] = Counter()
        found = {}
        for s in self.snapshot.result.sentences:
            seen[s.article, s.text] += 1
            found[s.id] = Side(self.pks[s.article], s.text, seen[s.article, s.text], total[s.article, s.text])
        return found

    @cached_property
    def others(self) -> list[dict[int | None, str]]:
        """What a lone sentence of each article was sought in: the hash of each other text."""
        texts = list(enumerate(zip(self.pks, self.hashes, strict=True)))
        return [{pk: sha for n, (pk, sha) in texts if n != article} for article, _ in texts]

    def added(self, a: Sentence, b: Sentence) -> Proposed:
        """A pair that a person puts there."""
        judged = Judged(self.sides[a.id], self.sides[b.id], Proposal("agree", is_added=True))
        return Proposed("added", a, b, self._outlets(a, b), self._hashes(a, b), "agree", 0.0, judged)

    def _outlets(self, *sentences: Sentence) -> tuple[str, ...]:
        return tuple(self.snapshot.outlets[sentence.article] for sentence in sentences)

    def _hashes(self, *sentences: Sentence) -> tuple[str, ...]:
        return tuple(self.hashes[sentence.article] for sentence in sentences)

    def _judge(self, found: Alignment | ClaimRow) -> Judged:
        if isinstance(found, Alignment):
            differences = frozenset((d.kind, d.a.text, d.b.text) for d in found.divergences)
            return Judged(self.sides[found.a], self.sides[found.b], Proposal(found.relation, differences))
        [id_] = _ids(found)
        return Judged(self.sides[id_], None, Proposal("unique"), self.others[self.snapshot.sentences[id_].article])

    def _pair(self, link: Alignment, judged: Judged) -> Proposed:
        a, b = self.snapshot.sentences[link.a], self.snapshot.sentences[link.b]
        return Proposed(
            "pair",
            a,
            b,
            self._outlets(a, b),
            self._hashes(a, b),
            link.relation,
            link.probability * link.relation_probability,
            judged,
            [_divergence(d, a, b) for d in link.divergences],
            {
                "similarity": round(link.similarity, 4),
                "probability": round(link.probability, 4),
                "relation_probability": round(link.relation_probability, 4),
            },
        )

    def _alone(self, row: ClaimRow, judged: Judged) -> Proposed:
        sentence = self.snapshot.sentences[row.sentences[0]]
        return Proposed(
            "lone",
            sentence,
            None,
            self._outlets(sentence),
            self._hashes(sentence),
            "unique",
            self.snapshot.alone(row),
            judged,
            details={"others": {str(pk): sha for pk, sha in judged.others.items()}},
        )


def _ids(found: Alignment | ClaimRow) -> tuple[str, ...]:
    """Of the sentences that an item is about."""
    return (found.a, found.b) if isinstance(found, Alignment) else found.sentences[:1]


def _divergence(found: Divergence, a: Sentence, b: Sentence) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "probability": round(found.probability, 4),
        "rule": found.rule,
        "explanation": found.explanation,
        "a": _evidence(found.a, a),
        "b": _evidence(found.b, b),
    }


def _evidence(found: Evidence, sentence: Sentence) -> dict[str, Any]:
    start, end = found.start - sentence.start, found.end - sentence.start
    return {"start": start, "end": end, "text": found.text, "value": found.value}
