"""A scale for probabilities from people's verdicts: two numbers, and what they are worth on verdicts held back.

Platt, "Probabilistic Outputs for Support Vector Machines" (1999), with his targets that keep the fit finite; of the
ways to calibrate a network, about the plainest does best when data are few (Guo et al., ICML 2017).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from claims.pipeline.calibration import Scale, log_odds

from .calibration import calibration_error
from .intervals import intervals, share_measure

#: With fewer verdicts, or fewer of the rarer answer, chance moves the two numbers more than the models are off. A rule
#: of thumb asks for ten of the rarer answer for each thing that is weighed: here, the probability alone.
LEAST, LEAST_OF_EACH = 50, 10
FOLDS = 5
SEED = 0
_STEPS = 100
_SURE = 1e-6


class CannotRefit(ValueError):
    """Why these verdicts say nothing about the scale, for whoever asked."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them are the better the lower. ``error``: expected calibration error in ten steps."""

    brier: float
    log_loss: float
    error: float


@dataclass(frozen=True, slots=True)
class Refit:
    """``before`` and ``after`` are of the same ``n`` verdicts; after, each was held back from the fit that judged it.

    ``change``: the 95 % interval of the change in log loss, drawn again by groups.
    """

    scale: Scale
    n: int
    confirmed: int
    groups: int
    folds: int
    before: Figures
    after: Figures
    change: tuple[float, float]

    @property
    def is_better(self) -> bool:
        return self.after.log_loss < self.before.log_loss and self.after.brier <= self.before.brier

    def as_record(self) -> dict[str, object]:
        return {**asdict(self), "scale": asdict(self.scale), "change": list(self.change)}


def refit(own: Sequence[float], right: Sequence[bool], groups: Sequence[Hashable]) -> Refit:
    """``own``: the models' own probabilities, ``right``: whether people confirmed; ``groups`` are held back whole.

    Raises CannotRefit.
    """
    p, y = np.asarray(own, np.float64), np.asarray(right, bool)
    check(y, groups)
    folds = fold_of(groups)
    told = np.zeros(len(p))
    for fold in range(folds.max() + 1):
        back = folds == fold
        if len(set(y[~back].tolist())) < 2:
            raise CannotRefit("Without the verdicts of one story all others say the same. Judge one more story first.")
        told[back] = _sigmoid(_design(p[back]) @ fit(p[~back], y[~back]))
    slope, intercept = fit(p, y)
    if slope <= 0:
        raise CannotRefit("What was proposed as less probable was confirmed more often: no scale can mend that.")
    measure = share_measure("change", _losses(told, y) - _losses(p, y), [1.0] * len(p))
    low, high = intervals(measure, list(groups))["change"]
    return Refit(
        scale=Scale(float(slope), float(intercept)),
        n=len(p),
        confirmed=int(y.sum()),
        groups=len(set(groups)),
        folds=int(folds.max()) + 1,
        before=figures(p, y),
        after=figures(told, y),
        change=(low, high),
    )


def check(right: np.ndarray, groups: Sequence[Hashable]) -> None:
    n, confirmed = len(right), int(right.sum())
    if n < LEAST:
        raise CannotRefit(f"There are {n} verdicts, and it takes {LEAST} to fit two numbers.")
    if min(confirmed, n - confirmed) < LEAST_OF_EACH:
        raise CannotRefit(
            f"{confirmed} were confirmed and {n - confirmed} were not, and it takes {LEAST_OF_EACH} of each."
        )
    if len(set(groups)) < 2:
        raise CannotRefit("All verdicts are of one session, so none that is unlike can be held back. Judge one more.")


def fit(own: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Slope and intercept of least log loss against Platt's targets, by Newton's method with halved steps."""
    x = _design(own)
    wrong = len(right) - right.sum()
    target = np.where(right, (right.sum() + 1) / (right.sum() + 2), 1 / (wrong + 2))
    weights = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        told = _sigmoid(x @ weights)
        gradient = x.T @ (told - target)
        curvature = (x * (told * (1 - told))[:, None]).T @ x + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        while _loss(x, weights - step, target) > _loss(x, weights, target) and np.abs(step).max() > 1e-12:
            step = step / 2
        weights = weights - step
        if np.abs(step).max() < 1e-10:
            break
    return weights


def fold_of(groups: Sequence[Hashable]) -> np.ndarray:
    """The fold of each verdict: groups stay whole, the largest are dealt first, equal ones in an order of ``SEED``."""
    names = list(dict.fromkeys(groups))
    sizes = {name: sum(group == name for group in groups) for name in names}
    order = np.random.default_rng(SEED).permutation(len(names))
    loads = [0] * min(FOLDS, len(names))
    home = {}
    for at in sorted(order, key=lambda at: -sizes[names[at]]):
        fold = loads.index(min(loads))
        home[names[at]] = fold
        loads[fold] += sizes[names[at]]
    return np.array([home[group] for group in groups])


def figures(told: np.ndarray, right: np.ndarray) -> Figures:
    brier = float(((told - right) ** 2).mean())
    return Figures(
        round(brier, 4), round(float(_losses(told, right).mean()), 4), round(calibration_error(told, right), 4)
    )


def _losses(told: np.ndarray, right: np.ndarray) -> np.ndarray:
    inside = np.clip(told, _SURE, 1 - _SURE)
    return -np.log(np.where(right, inside, 1 - inside))


def _loss(x: np.ndarray, weights: np.ndarray, target: np.ndarray) -> float:
    scores = x @ weights
    return float((np.logaddexp(0, scores) - target * scores).sum())


def _design(own: np.ndarray) -> np.ndarray:
    return np.column_stack((log_odds(own), np.ones(len(own))))


def _sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-scores))
