"""Claim rows: the sentences of several outlets that state one claim, drawn from pairwise alignments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from .differences import gravest_first, weight
from .types import Alignment, ClaimRow, Kind, Part, RowRelation, Sentence, SourceArticle, Status
from .worth import worth_checking

#: Each member of a row is aligned with more than this share of the row's sentences in other articles, so that no two
#: unlike sentences come together only through a third.
LINKED_SHARE = 0.5

#: Further apart than all that follows adds up to, so that what is contested always comes first.
_RELATION_WEIGHT: dict[RowRelation, float] = {"diverge": 8.0, "agree": 4.0, "unique": 0.0}
#: What is contested only in its source or its certainty comes after what is contested itself, mostly.
_ONLY_IN_ITS_TELLING = 2.0
#: What a difference counts for that a later report may simply have brought up to date.
_UPDATED = 0.5


#: By sentence, the sentences that it is aligned with, each with the part of it that states what both state.
_Links = Mapping[str, Mapping[str, Part | None]]


def draw_rows(
    sentences: Sequence[Sentence],
    alignments: Sequence[Alignment],
    articles: Sequence[SourceArticle],
    origins_of: Mapping[str, Collection[str]],
) -> tuple[ClaimRow, ...]:
    """Rows, the most important first. Every sentence with role ``claim`` stands in at least one; every pair does too.

    ``origins_of``: the origins of each sentence that is shared copy; every other sentence is its article's own.
    """
    by_id = {sentence.id: sentence for sentence in sentences}
    groups = _groups(alignments, by_id)
    taken = {member for group in groups for member in group}
    groups += [(s.id,) for s in sentences if s.role == "claim" and s.id not in taken]
    inside: dict[tuple[str, str], Alignment] = {(x.a, x.b): x for x in alignments}
    last = {s.article: s.end for s in sentences}
    rows = [_row(group, by_id, inside, articles, origins_of, last) for group in groups]
    rows.sort(key=lambda row: (-row.importance, _order(by_id[row.sentences[0]]), row.sentences))
    return tuple(
        ClaimRow(f"c{n}", r.relation, r.sentences, r.outlets, r.origins, r.kinds, r.importance)
        for n, r in enumerate(rows, 1)
    )


def statuses(
    sentences: Sequence[Sentence], rows: Sequence[ClaimRow], alignments: Sequence[Alignment]
) -> dict[str, Status]:
    """What a reader sees of each sentence. It diverges by a difference of its own, not by one elsewhere in its row."""
    found: dict[str, Status] = {sentence.id: "none" for sentence in sentences}
    found |= {sentence: "unique" for row in rows if row.relation == "unique" for sentence in row.sentences}
    for relation in ("agree", "diverge"):
        found |= {s: relation for x in alignments if x.relation == relation for s in (x.a, x.b)}
    return found


def _groups(alignments: Sequence[Alignment], by_id: Mapping[str, Sentence]) -> list[tuple[str, ...]]:
    """Groups that grow along the most probable alignments first, until every alignment lies within one group."""
    links: dict[str, dict[str, Part | None]] = defaultdict(dict)
    for alignment in alignments:
        links[alignment.a][alignment.b] = alignment.part_a
        links[alignment.b][alignment.a] = alignment.part_b
    left = sorted(alignments, key=lambda x: (-x.probability, x.a, x.b))
    found: list[tuple[str, ...]] = []
    while left:
        home: dict[str, set[str]] = {}
        for alignment in left:
            a, b = home.get(alignment.a, {alignment.a}), home.get(alignment.b, {alignment.b})
            joined = a | b
            if a is not b and _all_linked(joined, links, by_id) and _one_claim(joined, links):
                home.update(dict.fromkeys(joined, joined))
        groups = {id(group): group for group in home.values()}.values()
        found += [tuple(sorted(group, key=lambda s: _order(by_id[s]))) for group in groups]
        left = [x for x in left if home.get(x.a) is not home.get(x.b) or x.a not in home]
    return _without_parts_of_others(found)


def _without_parts_of_others(groups: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Groups of which no other has all members and more: a later one may have grown around an earlier one."""
    having: dict[str, list[set[str]]] = defaultdict(list)
    for group in map(set, groups):
        for member in group:
            having[member].append(group)
    return [group for group in groups if not any(set(group) < other for other in having[group[0]])]


def _all_linked(group: set[str], links: _Links, by_id: Mapping[str, Sentence]) -> bool:
    in_article = Counter(by_id[member].article for member in group)
    return all(
        len(links[member].keys() & group) > LINKED_SHARE * (len(group) - in_article[by_id[member].article])
        for member in group
    )


def _one_claim(group: set[str], links: _Links) -> bool:
    """Whether no member states two claims in the group: one to a sentence by one part, one to another by another part.

    Two sentences that are aligned with each other state one claim, whatever parts were found.
    """
    for member in group:
        parts = [(other, part) for other, part in links[member].items() if other in group and part is not None]
        for (one, first), (other, second) in combinations(parts, 2):
            if (first.end <= second.start or second.end <= first.start) and other not in links[one]:
                return False
    return True


def _row(
    group: tuple[str, ...],
    by_id: Mapping[str, Sentence],
    inside: Mapping[tuple[str, str], Alignment],
    articles: Sequence[SourceArticle],
    origins_of: Mapping[str, Collection[str]],
    last: Mapping[int, int],
) -> ClaimRow:
    members = [by_id[s] for s in group]
    links = [inside[pair] for pair in ((a, b) for a in group for b in group) if pair in inside]
    differences = gravest_first((link, d) for link in links for d in link.divergences)
    kinds: tuple[Kind, ...] = tuple(dict.fromkeys(d.kind for _, d in differences))
    relation: RowRelation = "unique" if not links else "diverge" if kinds else "agree"
    outlets = tuple(dict.fromkeys(articles[m.article].outlet for m in members))
    origins = _voices(members, origins_of)
    early = 1 - min(m.start / last[m.article] for m in members)
    importance = _importance(relation, members, links, origins / len(articles), early)
    return ClaimRow("", relation, group, outlets, origins, kinds, round(importance, 4))


def _importance(
    relation: RowRelation, members: Sequence[Sentence], links: Sequence[Alignment], corroborated: float, early: float
) -> float:
    """What rows are sorted by: 8 if contested (6 if only in its source or certainty), 4 if agreed on; each from 0 to 1
    the surest divergence, the share of articles that are independent origins of it and what is worth checking; and half
    as much for standing early.

    Rows of nothing but headings and asides, on which all agree, come last.
    """
    if relation != "diverge" and not any(m.role == "claim" for m in members):
        return 0.0
    differences = [d for link in links for d in link.divergences]
    contested = max((d.probability * (_UPDATED if d.possible_update else 1) for d in differences), default=0.0)
    if differences and not any(map(weight, differences)):
        contested -= _ONLY_IN_ITS_TELLING
    worth = max(worth_checking(m.text) for m in members)
    return _RELATION_WEIGHT[relation] + contested + corroborated + worth + early / 2


def _voices(members: Sequence[Sentence], origins_of: Mapping[str, Collection[str]]) -> int:
    """How many independent origins ``members`` have. An article that prints copy here adds no voice of its own, and
    articles that share copy through a third are one."""
    sources: dict[int, set[str]] = defaultdict(set)
    for member in members:
        sources[member.article].update(origins_of.get(member.id, ()))
    voices: list[set[str]] = []
    for article, found in sources.items():
        voice = found or {f"article {article}"}
        apart = [other for other in voices if other.isdisjoint(voice)]
        voices = [*apart, voice.union(*(other for other in voices if not other.isdisjoint(voice)))]
    return len(voices)


def _order(sentence: Sentence) -> tuple[int, int]:
    return sentence.article, sentence.start
