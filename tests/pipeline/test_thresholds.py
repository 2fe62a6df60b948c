"""A threshold that somebody chose, and what a comparison keeps so that others can be tried on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from claims.pipeline import alignment
from claims.pipeline.calibration import OWN, VOID, Calibration, Models, Scale
from claims.pipeline.compare import compare_articles
from claims.pipeline.pair_model import Readings
from claims.pipeline.thresholds import HIGHEST, LOWEST
from claims.pipeline.types import ComparisonResult, SourceArticle, UnusableInput

TEXTS = (
    "The ferry Astrid struck the pier at Lindholm on Monday morning, injuring 14 passengers. "
    "The harbour will stay closed until Wednesday while divers inspect the pier. "
    "The port of Lindholm will close its north quay in response to the dredging of the bay. "
    "Captain Ida Brandt has sailed the route for nine years. "
    "The mayor thanked the crews of two tugs. Ferries to the islands leave from the old quay.",
    "Nineteen passengers were injured when the ferry Astrid struck the pier at Lindholm on Monday morning. "
    "The harbour stays closed until Friday while divers inspect the pier. "
    "Officials have not linked the closing of the quay with dredging in the bay. The crews of the tugs were thanked. "
    "Ferries leave from the old quay this week. The company was fined for late safety drills.",
    "Divers will inspect the pier, and the harbour is closed. The ferry struck the pier in the morning. "
    "The captain, Ida Brandt, knows the route. The tugs came from the islands. Passengers were injured.",
)


class WordEncoder:
    """Counts words, so that sentences with words in common are alike; no model is needed."""

    name = "words"
    sha256 = "1" * 64

    def load(self) -> None:
        """Nothing to load."""

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        vectors = np.full((len(texts), 512), 0.01, np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, sum(ord(c) * 31**n for n, c in enumerate(word)) % 512] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


ARTICLES = [SourceArticle(str(n), f"Outlet {n}", text, language="en") for n, text in enumerate(TEXTS)]
THRESHOLD = alignment.load_alignment_model(WordEncoder.name).threshold(read=False)
MODELS = Models(WordEncoder.sha256, "", alignment.weights_sha256())


def compare(threshold: float | None = None, calibration: Calibration | None = None) -> ComparisonResult:
    return compare_articles(ARTICLES, WordEncoder(), threshold=threshold, calibration=calibration)


def calibrated(slope: float, intercept: float, models: Models = MODELS) -> Calibration:
    return Calibration(Scale(slope, intercept), models, 120, "2026-11-26T08:00:00+00:00")


def pairs(result: ComparisonResult) -> set[tuple[str, str]]:
    return {(x.a, x.b) for x in result.alignments}


def at(result: ComparisonResult, threshold: float) -> set[tuple[str, str]]:
    """What ``result`` says would be shown at another threshold."""
    assert result.considered is not None
    return {(c.a, c.b) for c in result.considered if c.is_sure or c.probability >= threshold}


def test_the_default_is_the_model_s_own_threshold():
    result = compare()
    assert result.run.thresholds["alignment"] == result.run.model_threshold == THRESHOLD
    assert pairs(result) == at(result, THRESHOLD)
    assert result.run.alignment_sha256 == MODELS.alignment_sha256


def test_what_a_comparison_says_of_any_threshold_is_what_that_threshold_gives():
    default = compare()
    seen = set()
    for percent in range(10, 96, 5):
        result = compare(percent / 100)
        assert pairs(result) == at(default, percent / 100), percent
        assert result.considered == default.considered
        assert result.run.thresholds["alignment"] == percent / 100
        assert result.run.model_threshold == THRESHOLD
        seen.add(len(pairs(result)))
    assert len(seen) > 3, "the texts must hold pairs of many probabilities"


class LengthReader:
    """Reads by how much the lengths differ: any answer will do that depends on the pair alone."""

    name = "lengths"
    sha256 = "3" * 64

    def load(self) -> None:
        """Nothing to load."""

    def read(self, pairs, progress=None) -> Readings:
        unlike = np.array([abs(len(a) - len(b)) / 20 for a, b in pairs])
        return Readings(np.column_stack([2 - unlike, np.zeros(len(pairs)), unlike - 2, 2 - unlike]))


def test_it_holds_where_doubtful_pairs_are_read_too():
    default = compare_articles(ARTICLES, WordEncoder(), reader=LengthReader())
    assert default.run.model_threshold == alignment.load_alignment_model(WordEncoder.name).threshold(read=True)
    assert default.considered != compare().considered
    for threshold in (0.1, 0.25, 0.5, 0.9):
        result = compare_articles(ARTICLES, WordEncoder(), reader=LengthReader(), threshold=threshold)
        assert pairs(result) == at(default, threshold)


def test_a_denied_cause_is_one_claim_at_any_threshold():
    result = compare(HIGHEST)
    text = {s.id: s.text for s in result.sentences}
    (sure,) = [c for c in result.considered or () if c.is_sure]
    assert sure.probability < HIGHEST
    assert (sure.a, sure.b) in pairs(result)
    assert text[sure.b].startswith("Officials have not linked")


def test_sentences_whose_figures_clash_are_one_claim_at_no_threshold_although_they_are_alike():
    clashing = [
        SourceArticle("0", "A", "The storm left 14 people dead at Lindholm on Monday and closed the old harbour road."),
        SourceArticle("1", "B", "The storm left 90 people dead in the two counties around Lindholm, officials said."),
    ]
    (near, _) = compare_articles(clashing, WordEncoder(), threshold=LOWEST).nearest
    assert near.probability > LOWEST
    assert compare_articles(clashing, WordEncoder(), threshold=LOWEST).alignments == ()
    assert compare_articles(clashing, WordEncoder()).considered == ()


@pytest.mark.parametrize("threshold", [0.0999, 0.951, -1, float("nan"), float("inf")])
def test_a_threshold_that_cannot_be_chosen_is_refused_with_the_ones_that_can(threshold):
    with pytest.raises(UnusableInput, match=r"lies between 0\.1 and 0\.95"):
        compare(threshold)


def test_a_calibration_moves_probabilities_and_shows_the_same_pairs():
    plain, moved = compare(), compare(calibration=calibrated(0.6, 0.4))
    assert pairs(moved) == pairs(plain)
    assert moved.rows == plain.rows
    before, after = ({(x.a, x.b): x.probability for x in r.alignments} for r in (plain, moved))
    scale = Scale(0.6, 0.4)
    assert all(after[p] == pytest.approx(scale.tell(before[p]), abs=2e-4) for p in before)
    assert before != after
    assert moved.run.model_threshold == pytest.approx(scale.tell(THRESHOLD), abs=1e-4)
    assert moved.run.calibration == {
        "slope": 0.6,
        "intercept": 0.4,
        "n": 120,
        "made_at": "2026-11-26T08:00:00+00:00",
    }


def test_a_threshold_is_held_against_the_probabilities_that_are_told():
    moved = compare(0.5, calibrated(0.6, 0.4))
    assert all(x.probability >= 0.5 for x in moved.alignments if not is_sure(moved, x))
    assert pairs(moved) == at(compare(calibration=calibrated(0.6, 0.4)), 0.5)


def is_sure(result: ComparisonResult, link) -> bool:
    return any(c.is_sure for c in result.considered or () if (c.a, c.b) == (link.a, link.b))


def test_a_calibration_for_other_models_is_not_used_and_that_is_said():
    other = Models(WordEncoder.sha256, "2" * 64, MODELS.alignment_sha256)
    result = compare(calibration=calibrated(0.6, 0.4, other))
    assert result.alignments == compare().alignments
    assert result.run.calibration is None
    assert VOID in result.notices
    assert VOID not in compare(calibration=calibrated(0.6, 0.4)).notices


def test_a_scale_has_a_way_back_and_keeps_the_order():
    scale = Scale(0.7, -0.3)
    probabilities = np.linspace(0.01, 0.99, 50)
    assert scale.own(scale.tell(probabilities)) == pytest.approx(probabilities)
    assert (np.diff(scale.tell(probabilities)) > 0).all()
    assert OWN.tell(0.3) == 0.3
    for slope in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="keeps the order"):
            Scale(slope, 0)
