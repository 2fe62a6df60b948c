"""A story's first screen: how much is agreed, what diverges most, who agrees with whom, what one outlet alone says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from claims.pipeline.differences import gravest_first, group_by_fact, weight
from claims.pipeline.types import Alignment, ClaimRow, Divergence, Origin, RowRelation

from .marks import Mark, row_marks
from .quotes import Quote, quote
from .snapshot import Snapshot, number_of
from .words import counted, listed

MOST_FINDINGS = 3
MOST_LONE_CLAIMS = 2
#: Two articles that share at least this much of their text count as one voice; what shares less is told in words.
ONE_VOICE = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """The gravest divergence of a row, in words and with both sides' sentences."""

    number: int
    marks: tuple[Mark, ...]
    explanation: str
    sides: tuple[Quote, Quote]


@dataclass(frozen=True, slots=True)
class Pair:
    """What two articles have in common. ``shade`` is 0 to 4: the share of it that agrees, in quarters."""

    a: int
    b: int
    agree: int
    diverge: int

    @property
    def shade(self) -> int:
        return round(4 * self.agree / ((self.agree + self.diverge) or 1))


@dataclass(frozen=True, slots=True)
class LoneClaim:
    number: int
    text: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class LoneClaims:
    """The claims of one article alone: how many, and the first of those; such as need no check go first."""

    position: int
    outlet: str
    count: int
    claims: tuple[LoneClaim, ...]


@dataclass(frozen=True)
class Overview:
    outlets: Sequence[str]
    voices: int
    counts: dict[RowRelation, int]
    differences: int
    shared_copy: list[str]
    findings: list[Finding]
    pairs: list[tuple[str, list[Pair | None]]]
    lone: list[LoneClaims]
    doubtful: int


def make_overview(snapshot: Snapshot) -> Overview:
    rows = snapshot.result.rows
    counts = Counter(row.relation for row in rows)
    return Overview(
        outlets=snapshot.outlets,
        voices=_voices(snapshot),
        counts={"diverge": counts["diverge"], "agree": counts["agree"], "unique": counts["unique"]},
        differences=len(group_by_fact((link, d) for link in snapshot.result.alignments for d in link.divergences)),
        shared_copy=[_told(snapshot, origin) for origin in snapshot.result.origins],
        findings=_findings(snapshot),
        pairs=_pairs(snapshot),
        lone=_lone(snapshot),
        doubtful=len(snapshot.doubtful),
    )


def _voices(snapshot: Snapshot) -> int:
    joined = [len(o.articles) - 1 for o in snapshot.result.origins if o.shared_ratio >= ONE_VOICE]
    return len(snapshot.outlets) - sum(joined)


def _told(snapshot: Snapshot, origin: Origin) -> str:
    ids = [article.id for article in snapshot.result.articles]
    outlets = listed([snapshot.outlets[ids.index(id_)] for id_ in origin.articles])
    source = f", credited to {origin.agency}" if origin.agency else ""
    share = f"at least {origin.shared_ratio:.0%} of each text"
    return f"{outlets} print {counted(len(origin.sentences), 'sentence')} in the same words ({share}){source}."


def _findings(snapshot: Snapshot) -> list[Finding]:
    """The gravest divergence of each row, those of the event first, then possible updates, then those of its telling.

    Each difference is told once: two rows may hold it.
    """
    gravest = [
        (row, *found[0]) for row in snapshot.result.rows if (found := gravest_first(_differences(snapshot, row)))
    ]
    told: list[tuple[ClaimRow, Alignment, Divergence]] = []
    for finding in sorted(gravest, key=lambda finding: -weight(finding[2])):
        if len(told) < MOST_FINDINGS and len(group_by_fact((x, d) for _, x, d in [*told, finding])) > len(told):
            told.append(finding)
    return [_finding(snapshot, *finding) for finding in told]


def _differences(snapshot: Snapshot, row: ClaimRow) -> list[tuple[Alignment, Divergence]]:
    return [(link, d) for link in snapshot.links_of[row.id] for d in link.divergences]


def _finding(snapshot: Snapshot, row: ClaimRow, link: Alignment, divergence: Divergence) -> Finding:
    a, b = snapshot.sentences[link.a], snapshot.sentences[link.b]
    sides = (quote(snapshot, a, divergence.a), quote(snapshot, b, divergence.b))
    return Finding(number_of(row), row_marks(snapshot, row), divergence.explanation, sides)


def _pairs(snapshot: Snapshot) -> list[tuple[str, list[Pair | None]]]:
    """A line an article: its pair with each article, none with itself."""
    counts = _relations(snapshot)
    articles = range(len(snapshot.outlets))
    return [
        (
            snapshot.outlets[a],
            [Pair(a, b, counts[a, b]["agree"], counts[a, b]["diverge"]) if a != b else None for b in articles],
        )
        for a in articles
    ]


def _relations(snapshot: Snapshot) -> dict[tuple[int, int], Counter[str]]:
    """How many rows agree and how many diverge between two articles; one divergence makes a row diverge."""
    found: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for row in snapshot.result.rows:
        relations: dict[tuple[int, int], str] = {}
        for link in snapshot.links_of[row.id]:
            a, b = snapshot.sentences[link.a].article, snapshot.sentences[link.b].article
            if link.relation == "diverge" or (a, b) not in relations:
                relations[a, b] = relations[b, a] = link.relation
        for articles, relation in relations.items():
            found[articles][relation] += 1
    return found


def _lone(snapshot: Snapshot) -> list[LoneClaims]:
    found: dict[int, list[LoneClaim]] = defaultdict(list)
    for row in snapshot.result.rows:
        if row.relation == "unique":
            sentence = snapshot.sentences[row.sentences[0]]
            found[sentence.article].append(LoneClaim(number_of(row), sentence.text, row.id in snapshot.doubtful))
    for claims in found.values():
        claims.sort(key=lambda claim: claim.is_doubtful)
    return [
        LoneClaims(position, outlet, len(found[position]), tuple(found[position][:MOST_LONE_CLAIMS]))
        for position, outlet in enumerate(snapshot.outlets)
    ]
