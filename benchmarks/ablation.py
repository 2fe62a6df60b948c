"""What each part of the engine buys: one part at a time is switched off or added, nothing else is changed.

Parts are switched by patching the engine's own functions while a story is compared. Where a part is fitted on the 60
training stories, a story is judged by weights that were fitted without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from claims.evaluation.gold import GoldStory, load_story
from claims.evaluation.held_out import PATH as READINGS
from claims.evaluation.metrics import Counts
from claims.evaluation.stories import score_story
from claims.pipeline import compare, rows
from claims.pipeline.packaged import MINILM
from claims.pipeline.pair_model import load_reader
from claims.pipeline.relations import deciding
from claims.pipeline.types import Alignment, Sentence

from .aligners import FOLDS, Aligner, held_out, plain_cosine, regression, shipped
from .known import remembering_encoder
from .timing import table

SHARED = Path(__file__).resolve().parents[2] / "shared"
#: Measure and figure of each column.
COLUMNS = (
    ("pairs", "precision"), ("pairs", "recall"), ("pairs", "f1"), ("rows", "f1"), ("unique", "f1"), ("lone", "f1"),
    ("diverge", "precision"), ("diverge", "f1"), ("kinds", "f1"),
)  # fmt: skip
#: A name in a module of the engine, and what stands there instead.
Patch = tuple[Any, str, Any]


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of the table: ``aligner`` decides which pairs are aligned, ``patches`` change the rest."""

    name: str
    aligner: Aligner
    patches: tuple[Patch, ...] = ()


def measure() -> str:
    training, others = (
        [load_story(path) for path in sorted((SHARED / part / "stories_gold").glob("*.json"))]
        for part in ("training", "eval")
    )
    if not training:
        return "Not measured, since ../shared is not here."
    encoder, quick = remembering_encoder(), remembering_encoder(MINILM.name)
    before = [
        Variant("plain cosine of all-MiniLM-L6-v2, every pair ≥ 0.55", plain_cosine(quick)),
        Variant("regression, vectors of all-MiniLM-L6-v2", regression(training, quick)),
    ]
    fitted = regression(training, encoder)
    best = held_out(training, encoder) if READINGS.exists() else None
    parts = [_table(f"{len(training)} training stories, {FOLDS} folds", [*before, *_variants(fitted, best)], training)]
    if best is None:
        parts.append(f"The pair model was not measured on the training stories: {READINGS.name} is not here.")
    parts.append(
        _table(
            f"{len(others)} stories kept apart", [*before, *_variants(fitted, shipped(encoder, load_reader()))], others
        )
    )
    return "\n\n".join(parts)


def _variants(fitted: Aligner, whole: Aligner | None) -> list[Variant]:
    """``whole``: the aligner with everything on; ``fitted``, the regression, stands in for it where there is none."""
    best = whole or fitted
    found = [Variant("regression", fitted)]
    if whole:
        found.append(Variant("regression + pair model: everything on", whole))
    return [
        *found,
        Variant("… no divergences looked for", best, (without_rules(), without_fitted())),
        Variant("… rules alone, no fitted relations", best, (without_fitted(),)),
        Variant("… fitted relations alone, no rules", best, (without_rules(),)),
        Variant("… clashing figures part no pair", best, (without_parting(),)),
        Variant("… without asides: every sentence claims", best, (without_asides(),)),
        Variant("… rows are connected components", best, (chained_rows(),)),
    ]


def _table(title: str, variants: Sequence[Variant], stories: Sequence[GoldStory]) -> str:
    lines = []
    for variant in variants:
        counts: dict[str, Counts] = {}
        for story in stories:
            for name, found in compare_with(variant, story).items():
                counts[name] = counts.get(name, Counts()) + found
        lines.append((variant.name, *(f"{counts[row].figures()[column]:.3f}" for row, column in COLUMNS)))
    return table((title, *(" ".join(column) for column in COLUMNS)), lines)


def compare_with(variant: Variant, story: GoldStory) -> dict[str, Counts]:
    """Counts for ``story`` as the engine finds them with ``variant``, on the annotators' own sentences."""
    with _patched(variant, story):
        return score_story(story, compare.compare_articles(story.articles, variant.aligner.encoder))


@contextmanager
def _patched(variant: Variant, story: GoldStory) -> Iterator[None]:
    model, scored, sentences_of = variant.aligner.model(story), variant.aligner.score, _own_sentences(story)
    with ExitStack() as stack:
        for place, name, instead in (
            (compare, "split_article", sentences_of),
            (compare.aligning, "load_alignment_model", lambda _: model),
            (compare.aligning, "score_pairs", lambda sentences, vectors, *_, **__: scored(story, sentences, vectors)),
        ):
            stack.enter_context(mock.patch.object(place, name, instead))
        for place, name, instead in variant.patches:
            change = instead(getattr(place, name))
            stack.enter_context(mock.patch.object(place, name, change))
        yield


def _own_sentences(story: GoldStory) -> Callable[..., list[Sentence]]:
    """Stands in for the splitter: the annotators' sentences, so that their ids mean the same in every part."""
    sentences = story.split()
    return lambda article, number: [s for s in sentences if s.article == number]


def without_rules() -> Patch:
    return deciding, "find_divergences", _finds_nothing


def without_fitted() -> Patch:
    return deciding, "find_fitted", _finds_nothing


def without_parting() -> Patch:
    return deciding, "DOUBTED", lambda _: 0.0


def _finds_nothing(_: Callable) -> Callable[..., tuple]:
    return lambda *_, **__: ()


def without_asides() -> Patch:
    def every_sentence_claims(split: Callable[..., list[Sentence]]) -> Callable[..., list[Sentence]]:
        return lambda article, number: [
            replace(s, role="claim") if s.role == "aside" else s for s in split(article, number)
        ]

    return compare, "split_article", every_sentence_claims


def chained_rows() -> Patch:
    return rows, "_groups", lambda _: connected


def connected(alignments: Sequence[Alignment], by_id: dict[str, Sentence], *_: Any) -> list[tuple[str, ...]]:
    """Rows as chains of pairs: whatever is linked, however far, stands in one row."""
    home: dict[str, set[str]] = {}
    for alignment in alignments:
        joined = home.get(alignment.a, {alignment.a}) | home.get(alignment.b, {alignment.b})
        home.update(dict.fromkeys(joined, joined))
    groups = {id(group): group for group in home.values()}.values()
    return [tuple(sorted(group, key=lambda s: (by_id[s].article, by_id[s].start))) for group in groups]
