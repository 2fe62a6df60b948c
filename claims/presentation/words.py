"""How the comparison's words are said to a reader."""

from __future__ import annotations

from claims.pipeline.types import Kind, RowRelation, Status

RELATIONS: dict[RowRelation, str] = {"agree": "Agree", "diverge": "Diverge", "unique": "Only one outlet"}
STATUSES: dict[Status, str] = {"agree": "agrees", "diverge": "diverges", "unique": "only here", "none": "not compared"}
KINDS: dict[Kind, str] = {
    "number": "Number",
    "date": "Date or time",
    "name": "Name",
    "place": "Place",
    "attribution": "Source",
    "quote": "Quotation",
    "contradiction": "Contradiction",
    "certainty": "Certainty",
}
_LIKELY = ((0.95, "almost certain"), (0.8, "very likely"), (0.65, "likely"), (0.5, "rather likely"))


def probability(value: float) -> str:
    """In words and as a number: "very likely (0.86)"."""
    words = next((words for least, words in _LIKELY if value >= least), "uncertain")
    return f"{words} ({value:.2f})"


def threshold(value: float) -> str:
    """ "35%", "42.73%"."""
    return f"{value * 100:.4g}%"


def listed(names: list[str]) -> str:
    """``["A", "B", "C"]`` → "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 outlet", "3 outlets"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
