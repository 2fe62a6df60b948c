"""The tasks of ``manage.py evaluate``: files and an encoder in, figures with n and intervals out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from claims.pipeline.alignment import load_alignment_model
from claims.pipeline.types import Encoder, UnusableInput

from . import candidates, extraction, grouping, kinds, pairs
from .calibration import Bin, bins_of, calibration_error, calibration_measure
from .gold import load_story
from .intervals import Measure, auc_measure, count_measure, intervals, share_measure, together
from .items import by_source, groups_of, read_items, sources_of
from .metrics import Counts, Row, Table, area_under_curve
from .stance_fitting import is_fitted_on
from .stories import MEASURES, evaluate_story

if TYPE_CHECKING:
    from claims.pipeline.pair_model import PairReader

T = TypeVar("T")
LABELS = frozenset(("agree", "neutral", "diverge"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """``figures`` by source, a prediction an item, and where a probability is judged, its ``bins``."""

    figures: Table
    predictions: list[dict] = field(default_factory=list)
    bins: list[Bin] = field(default_factory=list)


def evaluate_relation(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    items = read_items(files, a=str, b=str, label=str)
    if strange := {item["label"] for item in items} - LABELS:
        raise UnusableInput(f"The labels are {', '.join(sorted(LABELS))}; {', '.join(sorted(strange))} is none.")
    told = pairs.relation(items, reader)
    chosen = [max(probabilities, key=probabilities.__getitem__) for probabilities in told]
    right = [choice == item["label"] for choice, item in zip(chosen, items, strict=True)]
    flagged, wanted = [c == "diverge" for c in chosen], [item["label"] == "diverge" for item in items]
    groups, figures = groups_of(items), {}
    of_source = by_source(sources_of(items))
    # The stance model was fitted on a third of such items (``stance_fitting``): only "apart" is a fair figure.
    apart = {f"{s} apart": [at for at in of_source[s] if not is_fitted_on(items[at])] for s in of_source}
    for source, members in (of_source | {s: members for s, members in apart.items() if members}).items():
        counts = Counts(
            sum(flagged[at] and wanted[at] for at in members),
            sum(flagged[at] for at in members),
            sum(wanted[at] for at in members),
        ).figures()
        row: Row = {
            "n": len(members),
            "accuracy": round(sum(right[at] for at in members) / len(members), 4),
            "diverge_precision": counts["precision"],
            "diverge_recall": counts["recall"],
        }
        hits = [flagged[at] and wanted[at] for at in members]
        measure = together(
            share_measure("accuracy", _of(right, members), [1] * len(members)),
            share_measure("diverge_precision", hits, _of(flagged, members)),
            share_measure("diverge_recall", hits, _of(wanted, members)),
        )
        figures[source] = _with_intervals(row, measure, _of(groups, members))
    predictions = [
        {"id": item.get("id", at)} | {label: round(p, 4) for label, p in probabilities.items()}
        for at, (item, probabilities) in enumerate(zip(items, told, strict=True))
    ]
    return Outcome(figures, predictions)


def evaluate_alignment(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    items = read_items(files, a=str, b=str, aligned=bool)
    told = pairs.same_claim(items, encoder, reader)
    answers, groups = [item["aligned"] for item in items], groups_of(items)
    figures: Table = {}
    for source, members in by_source(sources_of(items)).items():
        scores, right = _of(told, members), _of(answers, members)
        row: Row = {"n": len(members), "aligned": sum(right)}
        measure = calibration_measure(scores, right, range(len(members)))
        if len(set(right)) == 2:  # else there is nothing to tell apart
            row["auc"] = round(area_under_curve(scores, right), 4)
            measure = together(auc_measure(scores, right), measure)
        row["calibration_error"] = round(calibration_error(scores, right), 4)
        figures[source] = _with_intervals(row, measure, _of(groups, members))
    predictions = [{"id": x.get("id", at), "probability": round(told[at], 4)} for at, x in enumerate(items)]
    return Outcome(figures, predictions, bins_of(told, answers))


def evaluate_numbers(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    items = read_items(files, a=str, b=str, numbers_differ=bool)
    told = pairs.numbers_differ(items)
    shown, wanted = [differ for differ, _ in told], [item["numbers_differ"] for item in items]
    counts = [Counts(int(s and w), int(s), int(w)) for s, w in zip(shown, wanted, strict=True)]
    groups = groups_of(items)
    figures = {
        source: _count_row(_of(counts, members), _of(groups, members))
        for source, members in by_source(sources_of(items)).items()
    }
    predictions = [
        {"id": item.get("id", at), "differ": differ, "evidence": evidence}
        for at, (item, (differ, evidence)) in enumerate(zip(items, told, strict=True))
    ]
    return Outcome(figures, predictions)


def evaluate_kinds(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    items = read_items(files, a=str, b=str, kinds=list)
    found = kinds.find_kinds(items)
    groups, figures = groups_of(items), {}
    for kind in sorted({kind for item, shown in zip(items, found, strict=True) for kind in {*item["kinds"], *shown}}):
        counts = [
            Counts(int(kind in shown and kind in item["kinds"]), int(kind in shown), int(kind in item["kinds"]))
            for item, shown in zip(items, found, strict=True)
        ]
        figures[kind] = _count_row(counts, groups)
    # Any kind at all: whether the two were said to diverge.
    counts = [
        Counts(int(bool(shown and item["kinds"])), int(bool(shown)), int(bool(item["kinds"])))
        for item, shown in zip(items, found, strict=True)
    ]
    figures["all"] = _count_row(counts, groups)
    predictions = [{"id": x.get("id", at), "kinds": sorted(found[at])} for at, x in enumerate(items)]
    return Outcome(figures, predictions)


def evaluate_stories(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    stories = [load_story(path) for path in files]
    counts = [evaluate_story(story, encoder, reader) for story in stories]
    figures: Table = {}
    for source, members in by_source([story.source for story in stories]).items():
        told = _of(counts, members)
        for measure in MEASURES if source != "all" else dict.fromkeys(chain(MEASURES, *counts)):
            rows = [found.get(measure, Counts()) for found in told]
            figures[f"{source} {measure}"] = _count_row(rows, range(len(rows)))
    predictions = [
        {"id": story.name} | {measure: found[measure].figures() for measure in found}
        for story, found in zip(stories, counts, strict=True)
    ]
    return Outcome(figures, predictions)


def evaluate_candidates(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    stories = [load_story(path) for path in files]
    found = [candidates.count_candidates(story, encoder) for story in stories]
    figures = {
        source: candidates.candidate_row(_of(found, members))
        for source, members in by_source([story.source for story in stories]).items()
    }
    predictions = [
        {"id": story.name} | candidates.candidate_row([one]) for story, one in zip(stories, found, strict=True)
    ]
    return Outcome(figures, predictions)


def evaluate_calibration(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    stories = [load_story(path) for path in files]
    threshold = load_alignment_model(encoder.name).threshold(read=True)
    judged = [candidates.judge_story(story, encoder, reader) for story in stories]
    figures = {
        source: candidates.calibration_row(_of(judged, members), threshold)
        for source, members in by_source([story.source for story in stories]).items()
    }
    probabilities = [p for one in judged for p in one.probability]
    return Outcome(figures, [], bins_of(probabilities, [bool(s) for one in judged for s in one.same]))


def evaluate_grouping(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    stories = read_items(files, articles=list)
    for at, story in enumerate(stories, 1):
        if not all(isinstance(a, dict) and any(a.get("sentences") or ()) for a in story["articles"]):
            raise UnusableInput(f"Story {at} has an article without sentences.")
    counts, articles = grouping.evaluate_grouping(stories, encoder)
    return Outcome({"all": {"n": articles, "stories": len(stories)} | counts.figures()})


def evaluate_extraction(files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome:
    pages = {name: counts for folder in files for name, counts in extraction.evaluate_extraction(folder).items()}
    figures: Table = {name: {"n": 1} | counts.figures() for name, counts in pages.items()}
    return Outcome(figures | {"all": _count_row(list(pages.values()), list(pages))})


class Task(Protocol):
    """``reader``: reads likely pairs together, as in ``compare_articles``; tasks that need none leave it alone."""

    def __call__(self, files: Sequence[Path], encoder: Encoder, reader: PairReader) -> Outcome: ...


TASKS: dict[str, Task] = {
    "relation": evaluate_relation,
    "alignment": evaluate_alignment,
    "numbers": evaluate_numbers,
    "stories": evaluate_stories,
    "grouping": evaluate_grouping,
    "extraction": evaluate_extraction,
    "candidates": evaluate_candidates,
    "calibration": evaluate_calibration,
    "kinds": evaluate_kinds,
}


def _of(values: Sequence[T], members: Sequence[int]) -> list[T]:
    return [values[at] for at in members]


def _count_row(counts: Sequence[Counts], groups: Sequence) -> Row:
    row: Row = {"n": len(counts)} | sum(counts, Counts()).figures()
    measure = count_measure([c.right for c in counts], [c.shown for c in counts], [c.wanted for c in counts])
    return _with_intervals(row, measure, groups)


def _with_intervals(row: Row, measure: Measure, groups: Sequence) -> Row:
    found = intervals(measure, groups)
    return row | {"intervals": found} if found else row
