"""Measures the pipeline on data with answers. See docs/pipeline.md for the format of each task's files."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.evaluation.metrics import Counts, Table, area_under_curve, calibration_error
from claims.pipeline.types import Encoder, UnusableInput

LABELS = frozenset(("agree", "neutral", "diverge"))
KINDS = {str: "text", bool: "true or false", list: "a list"}
Figures = tuple[Table, list[dict]]  # by source, "all" last; a prediction an item


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("task", choices=TASKS)
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument("--predictions", type=Path, help="write one JSON object an item here")
        parser.add_argument("--encoder", default=settings.CLAIMS_ENCODER)

    def handle(self, *args, task: str, files: list[Path], **options) -> None:
        from claims.pipeline.encoder import load_encoder

        try:
            figures, predictions = TASKS[task](files, load_encoder(options["encoder"]))
            if options["predictions"]:
                lines = (json.dumps(prediction, ensure_ascii=False) for prediction in predictions)
                options["predictions"].write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        except (UnusableInput, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps({"task": task, "figures": figures}, indent=1))
        else:
            self.stdout.write("\n".join(_table(figures)))


def evaluate_relation(files: list[Path], encoder: Encoder) -> Figures:
    from claims.evaluation.pairs import relation

    items = _items(files, a=str, b=str, label=str)
    if strange := {item["label"] for item in items} - LABELS:
        raise UnusableInput(f"The labels are {', '.join(sorted(LABELS))}; {', '.join(sorted(strange))} is none.")
    told = relation(items, encoder)
    chosen = [max(probabilities, key=probabilities.__getitem__) for probabilities in told]

    def figures(members: list[int]) -> dict[str, float]:
        right = sum(chosen[at] == items[at]["label"] for at in members)
        flagged = Counts(
            sum(chosen[at] == "diverge" == items[at]["label"] for at in members),
            sum(chosen[at] == "diverge" for at in members),
            sum(items[at]["label"] == "diverge" for at in members),
        ).figures()
        return {
            "n": len(members),
            "accuracy": round(right / len(members), 4),
            "diverge_precision": flagged["precision"],
            "diverge_recall": flagged["recall"],
        }

    predictions = [
        {"id": item.get("id", at)} | {label: round(p, 4) for label, p in probabilities.items()}
        for at, (item, probabilities) in enumerate(zip(items, told, strict=True))
    ]
    return _by_source(items, figures), predictions


def evaluate_alignment(files: list[Path], encoder: Encoder) -> Figures:
    from claims.evaluation.pairs import same_claim

    items = _items(files, a=str, b=str, aligned=bool)
    told = same_claim(items, encoder)

    def figures(members: list[int]) -> dict[str, float]:
        scores, answers = [told[at] for at in members], [items[at]["aligned"] for at in members]
        row: dict[str, float] = {"n": len(members), "aligned": sum(answers)}
        if len(set(answers)) == 2:  # else there is nothing to tell apart
            row["auc"] = round(area_under_curve(scores, answers), 4)
        return row | {"calibration_error": round(calibration_error(scores, answers), 4)}

    predictions = [{"id": x.get("id", at), "probability": round(told[at], 4)} for at, x in enumerate(items)]
    return _by_source(items, figures), predictions


def evaluate_numbers(files: list[Path], encoder: Encoder) -> Figures:
    from claims.evaluation.pairs import numbers_differ

    items = _items(files, a=str, b=str, numbers_differ=bool)
    told = numbers_differ(items)

    def figures(members: list[int]) -> dict[str, float]:
        right = sum(told[at][0] and items[at]["numbers_differ"] for at in members)
        shown = sum(told[at][0] for at in members)
        return {"n": len(members)} | Counts(right, shown, sum(items[at]["numbers_differ"] for at in members)).figures()

    predictions = [
        {"id": item.get("id", at), "differ": differ, "evidence": evidence}
        for at, (item, (differ, evidence)) in enumerate(zip(items, told, strict=True))
    ]
    return _by_source(items, figures), predictions


def evaluate_stories(files: list[Path], encoder: Encoder) -> Figures:
    from claims.evaluation.gold import load_story
    from claims.evaluation.stories import MEASURES, evaluate_story

    stories = [load_story(path) for path in files]
    counts = [evaluate_story(story, encoder) for story in stories]
    figures: Table = {}
    for source in _sources([story.source for story in stories]):
        members = [at for at, story in enumerate(stories) if source in ("all", story.source)]
        for measure in MEASURES:
            total = sum((counts[at][measure] for at in members), Counts())
            figures[f"{source} {measure}"] = {"n": len(members)} | total.figures()
    predictions = [
        {"id": story.name} | {measure: found[measure].figures() for measure in MEASURES}
        for story, found in zip(stories, counts, strict=True)
    ]
    return figures, predictions


def evaluate_grouping(files: list[Path], encoder: Encoder) -> Figures:
    from claims.evaluation import grouping

    stories = _items(files, articles=list)
    for at, story in enumerate(stories, 1):
        if not all(isinstance(a, dict) and any(a.get("sentences") or ()) for a in story["articles"]):
            raise UnusableInput(f"Story {at} has an article without sentences.")
    counts, articles = grouping.evaluate_grouping(stories, encoder)
    return {"all": {"n": articles, "stories": len(stories)} | counts.figures()}, []


def evaluate_extraction(files: list[Path], encoder: Encoder) -> Figures:
    from claims.evaluation import extraction

    pages = {name: counts for folder in files for name, counts in extraction.evaluate_extraction(folder).items()}
    figures: Table = {name: {"n": 1} | counts.figures() for name, counts in pages.items()}
    figures["all"] = {"n": len(pages)} | sum(pages.values(), Counts()).figures()
    return figures, []


TASKS: dict[str, Callable[[list[Path], Encoder], Figures]] = {
    "relation": evaluate_relation,
    "alignment": evaluate_alignment,
    "numbers": evaluate_numbers,
    "stories": evaluate_stories,
    "grouping": evaluate_grouping,
    "extraction": evaluate_extraction,
}


def _items(files: list[Path], **fields: type) -> list[dict]:
    """The objects of JSON Lines files; raises UnusableInput where one lacks a field, or holds another kind of value."""
    items = []
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except UnicodeDecodeError:
            raise UnusableInput(f"{path} is no UTF-8 text.") from None
        items += [_item(line, f"{path}, line {n}", fields) for n, line in enumerate(lines, 1) if line.strip()]
    if not items:
        raise UnusableInput(f"{', '.join(map(str, files))}: no items.")
    return items


def _item(line: str, place: str, fields: dict[str, type]) -> dict:
    try:
        item = json.loads(line)
    except ValueError as error:
        raise UnusableInput(f"{place} is no JSON: {error}.") from None
    if not isinstance(item, dict):
        raise UnusableInput(f"{place} is no JSON object.")
    for name, kind in fields.items():
        if not isinstance(item.get(name), kind):
            raise UnusableInput(f"{place} has no field {name} that holds {KINDS[kind]}.")
    return item


def _by_source(items: list[dict], figures: Callable[[list[int]], dict[str, float]]) -> Table:
    sources = [str(item.get("source") or "") for item in items]
    members: dict[str, list[int]] = defaultdict(list)
    for at, source in enumerate(sources):
        members[source].append(at)
    members["all"] = list(range(len(items)))
    return {source: figures(members[source]) for source in _sources(sources)}


def _sources(told: list[str]) -> list[str]:
    """Each source once, in alphabetical order, and "all" last."""
    return [*sorted({source for source in told if source}), "all"]


def _table(figures: Table) -> Iterator[str]:
    columns = list(dict.fromkeys(column for row in figures.values() for column in row))
    width = max(len(name) for name in figures)
    sizes = [max(len(column), 8) for column in columns]
    yield " ".join([" " * width, *(column.rjust(size) for column, size in zip(columns, sizes, strict=True))])
    for name, row in figures.items():
        cells = [str(row.get(column, "")).rjust(size) for column, size in zip(columns, sizes, strict=True)]
        yield " ".join([name.ljust(width), *cells])
