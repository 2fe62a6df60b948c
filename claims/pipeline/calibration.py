"""How the alignment model's probabilities are told: as they are, or on a scale fitted to a newsroom's verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

VOID = (
    "The newsroom’s calibration was fitted to verdicts on what other models proposed, so it is not used here. "
    "“manage.py calibrate” fits it again."
)
_SURE = 1e-6


def log_odds(probability: Any) -> Any:
    """Of one probability, or of each of an array; the certain ones are taken for almost certain."""
    inside = np.clip(probability, _SURE, 1 - _SURE)
    return np.log(inside / (1 - inside))


@dataclass(frozen=True, slots=True)
class Scale:
    """Moves probabilities along their log-odds by two numbers (Platt 1999). Their order stays, so the slope is > 0."""

    slope: float = 1.0
    intercept: float = 0.0

    def __post_init__(self) -> None:
        if not (np.isfinite(self.slope) and np.isfinite(self.intercept) and self.slope > 0):
            raise ValueError("A calibration keeps the order of probabilities: its slope must be above zero.")

    def tell(self, probability: Any) -> Any:
        """What is told for the model's own probability, or for each of an array of them."""
        if self == OWN:
            return probability
        return 1 / (1 + np.exp(-(self.slope * log_odds(probability) + self.intercept)))

    def own(self, told: Any) -> Any:
        """The way back of ``tell``."""
        if self == OWN:
            return told
        return 1 / (1 + np.exp(-(log_odds(told) - self.intercept) / self.slope))


#: As the model itself says it.
OWN = Scale()


@dataclass(frozen=True, slots=True)
class Models:
    """The weights on which a probability of one claim depends, each by its SHA-256."""

    encoder_sha256: str
    relation_model_sha256: str
    alignment_sha256: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """A scale that was fitted at ``made_at`` to ``n`` verdicts on what ``models`` proposed. It fits no others."""

    scale: Scale
    models: Models
    n: int
    made_at: str

    def as_record(self) -> dict[str, Any]:
        """What a run keeps of it."""
        return {**asdict(self.scale), "n": self.n, "made_at": self.made_at}


def models_of(run: Mapping[str, Any]) -> Models:
    """What made a stored run."""
    return Models(*(run.get(name, "") for name in Models.__dataclass_fields__))


def scale_of(run: Mapping[str, Any]) -> Scale:
    """On which scale the probabilities of a stored run are told."""
    used = run.get("calibration")
    return Scale(used["slope"], used["intercept"]) if used else OWN
