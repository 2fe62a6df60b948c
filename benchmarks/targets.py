"""The table of what the engine must reach, with plain cosine measured in the same run beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.evaluation.baseline import cosines_of, every_pair, mutual_best, score_cosine
from claims.evaluation.gold import load_story
from claims.evaluation.items import by_source, read_items, sources_of
from claims.evaluation.metrics import Counts, area_under_curve
from claims.evaluation.scored import score_gold
from claims.evaluation.tasks import Outcome
from claims.pipeline.types import Encoder

from .timing import table


@dataclass(frozen=True, slots=True)
class Target:
    """A figure of ``task``: row and column, the least that serves, and what is aimed at."""

    measure: str
    task: str
    row: str
    column: str
    least: float
    aim: float
    low_is_good: bool = False


TARGETS = (
    Target("stories: pairs F1", "stories", "all pairs", "f1", 0.60, 0.80),
    Target("stories: unique F1", "stories", "all unique", "f1", 0.83, 0.93),
    Target("stories: diverge precision", "stories", "all diverge", "precision", 0.50, 0.80),
    Target("stories: diverge F1", "stories", "all diverge", "f1", 0.35, 0.65),
    Target("alignment_pairs AUC, ClaimDiff", "alignment", "claimdiff", "auc", 0.82, 0.90),
    Target("alignment_pairs AUC, ECB+", "alignment", "ecbplus", "auc", 0.82, 0.90),
    Target("relation: RTE-3 accuracy", "relation", "rte3", "accuracy", 0.62, 0.73),
    Target("relation: Emergent accuracy", "relation", "emergent", "accuracy", 0.68, 0.77),
    Target("numbers: precision", "numbers", "all", "precision", 0.85, 0.95),
    Target("numbers: recall", "numbers", "all", "recall", 0.80, 0.95),
    Target("candidates: recall at 10", "candidates", "all", "recall", 0.95, 0.99),
    Target("calibration error of “same claim” (10 bins)", "calibration", "all", "calibration_error", 0.05, 0.03, True),
    Target("the same, pairs said to be at least 0.1", "calibration", "all", "close_error", 0.05, 0.03, True),
    Target("the same, pairs shown as aligned", "calibration", "all", "shown_error", 0.05, 0.03, True),
)


def target_table(outcomes: Mapping[str, Outcome], stories: Sequence[Path], pairs: Path, encoder: Encoder) -> str:
    """``outcomes`` by task, on the sets that nothing was fitted on."""
    cosine = _cosine_stories(stories, encoder) | _cosine_pairs(pairs, encoder)
    rows = []
    for target in TARGETS:
        row = outcomes[target.task].figures[target.row]
        value = row[target.column]
        ends = row.get("intervals", {}).get(target.column)
        near = row.get("cosine_recall_at_10")
        yardstick = f"{near:.3f}" if near is not None else cosine.get(target.measure, "none")
        rows.append(
            (
                target.measure, yardstick, f"{target.least:.2f}", f"{target.aim:.2f}", f"{value:.3f}",
                f"{ends[0]:.3f}–{ends[1]:.3f}" if ends else "", _size(target, row), _reached(target, value),
            )
        )  # fmt: skip
    heads = ("measure", "plain cosine", "at least", "aim", "measured", "95 % interval", "n", "reached")
    return table(heads, rows)


def _size(target: Target, row: Mapping) -> str:
    if target.task in ("stories", "candidates"):
        return f"{row['n']} stories, {row.get('wanted', row.get('pairs'))}"
    return f"{row.get('stories')} stories, {row['n']} pairs" if target.task == "calibration" else str(row["n"])


def _reached(target: Target, value: float) -> str:
    """Judges the figure as it is printed, to three decimals: 0.830 beside 0.83 must not be called too little."""
    value, sign = round(value, 3), -1 if target.low_is_good else 1
    if sign * value >= sign * target.aim:
        return "aim"
    return "yes" if sign * value >= sign * target.least else "**no**"


def _cosine_stories(paths: Sequence[Path], encoder: Encoder) -> dict[str, str]:
    """F1 of every pair from a threshold on, and of mutual best pairs, the higher first."""
    ways = {every_pair: (Counts(), Counts()), mutual_best: (Counts(), Counts())}
    for path in paths:
        story = load_story(path)
        scored = score_gold(story, encoder)
        for way, (pairs, unique) in ways.items():
            found = score_cosine(story, way(scored))
            ways[way] = (pairs + found["pairs"], unique + found["unique"])
    told = {}
    for at, measure in enumerate(("stories: pairs F1", "stories: unique F1")):
        figures = sorted((counts[at].figures()["f1"] for counts in ways.values()), reverse=True)
        told[measure] = " / ".join(f"{f1:.3f}" for f1 in figures)
    return told


def _cosine_pairs(path: Path, encoder: Encoder) -> dict[str, str]:
    items = read_items([path], a=str, b=str, aligned=bool)
    members, cosines = by_source(sources_of(items)), cosines_of(items, encoder)
    told = {}
    for source, measure in (("claimdiff", "alignment_pairs AUC, ClaimDiff"), ("ecbplus", "alignment_pairs AUC, ECB+")):
        chosen = members[source]
        area = area_under_curve([cosines[at] for at in chosen], [items[at]["aligned"] for at in chosen])
        told[measure] = f"{area:.3f}"
    return told
