"""Medians of repeated runs, taken side by side, so that what else the machine does hits all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def side_by_side(repeats: int, *runs: Callable[[], object]) -> list[float]:
    """The median seconds of each of ``runs``, which take turns ``repeats`` times after one unmeasured turn each."""
    for run in runs:
        run()
    spent: list[list[float]] = [[] for _ in runs]
    for _ in range(repeats):
        for run, seconds in zip(runs, spent, strict=True):
            start = time.perf_counter()
            run()
            seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds) for seconds in spent]


def table(heads: tuple[str, ...], rows: list[tuple]) -> str:
    """A Markdown table."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
