"""Fitting a scale to verdicts: it finds the scale that made them, and says honestly what it is worth."""

from __future__ import annotations

import numpy as np
import pytest

from claims.evaluation import refitting
from claims.evaluation.refitting import CannotRefit, fit, fold_of, refit
from claims.pipeline.calibration import Scale


def verdicts(n: int, truth: Scale, stories: int = 8, seed: int = 3):
    """``n`` verdicts, right as often as ``truth`` says."""
    rng = np.random.default_rng(seed)
    own = rng.uniform(0.05, 0.99, n)
    right = rng.uniform(size=n) < truth.tell(own)
    return own, right, [f"story {k}" for k in rng.integers(stories, size=n)]


def test_the_scale_that_made_the_verdicts_is_found():
    own, right, _ = verdicts(20_000, Scale(0.6, -0.8))
    slope, intercept = fit(own, right)
    assert (slope, intercept) == pytest.approx((0.6, -0.8), abs=0.06)


def test_the_fit_is_where_platt_s_loss_is_least():
    own, right, _ = verdicts(300, Scale(1.4, 0.3))
    best = fit(own, right)
    x, wrong = refitting._design(own), len(right) - right.sum()
    target = np.where(right, (right.sum() + 1) / (right.sum() + 2), 1 / (wrong + 2))
    least = refitting._loss(x, best, target)
    for step in ((1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)):
        assert refitting._loss(x, best + np.array(step), target) > least


def test_verdicts_that_a_probability_divides_cleanly_still_give_a_finite_scale():
    own = np.array([0.2] * 30 + [0.8] * 30)
    assert np.isfinite(fit(own, own > 0.5)).all()


def test_overconfident_probabilities_get_better_on_verdicts_held_back():
    found = refit(*verdicts(400, Scale(0.4, -0.5)))
    assert found.is_better
    assert found.after.log_loss < found.before.log_loss
    assert found.after.error < found.before.error
    assert found.change[1] < 0
    assert (found.n, found.groups, found.folds) == (400, 8, 5)


def test_probabilities_that_are_right_already_do_not_get_much_better():
    gains = [
        (found := refit(*verdicts(200, Scale(), seed=seed))).before.log_loss - found.after.log_loss
        for seed in range(12)
    ]
    assert min(gains) < 0, "where nothing is to be gained, chance makes some worse, and that is said"
    assert abs(np.mean(gains)) < 0.02


def test_the_same_verdicts_give_the_same_figures():
    assert refit(*verdicts(120, Scale(0.7, 0.2))) == refit(*verdicts(120, Scale(0.7, 0.2)))


def test_no_story_is_in_two_folds_and_folds_are_of_a_size():
    groups = ["a"] * 30 + ["b"] * 20 + ["c"] * 20 + list("defghij") * 4
    folds = fold_of(groups)
    for name in set(groups):
        assert len({fold for fold, group in zip(folds, groups, strict=True) if group == name}) == 1
    counts = np.bincount(folds)
    assert len(counts) == 5
    assert counts.max() <= 30
    assert set(fold_of(["x", "y", "x"])) == {0, 1}


@pytest.mark.parametrize(
    ("own", "right", "groups", "says"),
    [
        ([0.5] * 49, [True, False] * 24 + [True], list("ab") * 24 + ["a"], "There are 49 verdicts, and it takes 50"),
        ([0.5] * 60, [True] * 60, list("ab") * 30, "60 were confirmed and 0 were not"),
        ([0.5] * 60, [True] * 51 + [False] * 9, list("ab") * 30, "51 were confirmed and 9 were not"),
        ([0.5] * 60, [True, False] * 30, ["a"] * 60, "All verdicts are of one session"),
        ([0.5] * 60, [True] * 30 + [False] * 30, ["a"] * 30 + ["b"] * 30, "all others say the same"),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_a_line(own, right, groups, says):
    with pytest.raises(CannotRefit, match=says):
        refit(own, right, groups)


def test_a_scale_that_would_turn_the_order_round_is_refused():
    own, right, groups = verdicts(300, Scale(1.5, 0.0))
    with pytest.raises(CannotRefit, match="confirmed more often"):
        refit(own, ~right, groups)
