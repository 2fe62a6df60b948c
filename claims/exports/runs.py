"""How the items of a record were proposed: the runs of its comparisons, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def run_facts(run: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        ("Program", f"Claims {run.get('version', '')}"),
        ("Encoder", run.get("encoder", "")),
        ("Encoder, SHA-256", run.get("encoder_sha256", "")),
        ("Relation model", run.get("relation_model", "") or "rules only"),
        ("Relation model, SHA-256", run.get("relation_model_sha256", "")),
        ("Alignment weights, SHA-256", run.get("alignment_sha256", "")),
        ("Thresholds", thresholds(run)),
        ("Calibration", calibration(run)),
    ]


def thresholds(run: Mapping[str, Any]) -> str:
    """ "alignment 0.4 (chosen; the model’s own: 0.3), candidates 10"."""
    used, own = run.get("thresholds", {}), run.get("model_threshold")
    told = {name: f"{name} {value:g}" for name, value in used.items()}
    if own is not None and used.get("alignment") != own:
        told["alignment"] += f" (chosen; the model’s own: {own:g})"
    return ", ".join(told.values())


def calibration(run: Mapping[str, Any]) -> str:
    """The scale on which probabilities are told, if it is not the models' own."""
    used = run.get("calibration")
    if not used:
        return ""
    return (
        f"by {used['n']} verdicts, {used['made_at'][:10]}: slope {used['slope']:.4g}, intercept {used['intercept']:.4g}"
    )


def unlike(runs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The runs that differ in more than how long they took."""
    found: list[dict[str, Any]] = []
    for run in map(untimed, runs):
        if run not in found:
            found.append(run)
    return found


def untimed(run: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in run.items() if name != "seconds"}
