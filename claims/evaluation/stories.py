"""The whole job on annotated stories: pairs, what only one outlet says, divergences and their kinds.

Sentences are matched to the annotators' by overlap of their characters, so another split costs only what it blurs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from claims.pipeline.compare import compare_articles
from claims.pipeline.types import ComparisonResult, Encoder

from .gold import GoldStory, cross_pairs, ordered
from .metrics import Counts, count

MEASURES = ("pairs", "unique", "diverge", "kinds")


def evaluate_story(story: GoldStory, encoder: Encoder) -> dict[str, Counts]:
    """Counts for each of ``MEASURES``."""
    return score_story(story, compare_articles(story.articles, encoder))


def score_story(story: GoldStory, result: ComparisonResult) -> dict[str, Counts]:
    """How ``result``, made of ``story.articles``, agrees with the annotators."""
    covers = _covers(story, result)
    shown: set[tuple[str, str]] = set()
    diverging: dict[tuple[str, str], set[str]] = defaultdict(set)
    for alignment in result.alignments:
        pairs = {ordered(a, b) for a in covers[alignment.a] for b in covers[alignment.b] if cross_pairs((a, b))}
        shown |= pairs
        if alignment.relation == "diverge":
            for pair in pairs:
                diverging[pair].update(d.kind for d in alignment.divergences)
    linked = {sentence for pair in shown for sentence in pair}
    right_kind = sum(bool(kinds & story.diverging.get(pair, frozenset())) for pair, kinds in diverging.items())
    return {
        "pairs": count(shown, story.same),
        "unique": count(story.checkable - linked, story.alone),
        "diverge": count(diverging, story.diverging),
        "kinds": Counts(right_kind, len(diverging), len(story.diverging)),
    }


def _covers(story: GoldStory, result: ComparisonResult) -> dict[str, set[str]]:
    """For each sentence shown, the gold sentences of which it shares at least half of the shorter one."""
    gold = story.split()
    by_article = [[s for s in gold if s.article == k] for k in range(len(story.articles))]
    starts = [[s.start for s in sentences] for sentences in by_article]
    found: dict[str, set[str]] = {}
    for shown in result.sentences:
        candidates = by_article[shown.article][max(0, bisect_right(starts[shown.article], shown.start) - 1) :]
        found[shown.id] = set()
        for g in candidates:
            if g.start >= shown.end:
                break
            overlap = min(g.end, shown.end) - max(g.start, shown.start)
            if overlap >= 0.5 * min(g.end - g.start, shown.end - shown.start):
                found[shown.id].add(g.id)
    return found
