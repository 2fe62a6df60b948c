"""Explanations: whole sentences that close once."""

from __future__ import annotations

import pytest

from tests.pipeline.relations.support import divergences


@pytest.mark.parametrize(
    ("a", "b", "ending"),
    [
        ("The fire broke out at 6.15 p.m. on the quay.", "The fire broke out at 8.30 p.m. on the quay.", "8.30 p.m."),
        ("The storm hit eight piers.", "The storm hit nine piers.", "says nine piers."),
        ("The quake hit at 5 a.m. in Larn.", "The quake hit Larn at 7 a.m.", "7 a.m."),
    ],
)
def test_an_explanation_ends_in_one_full_stop(a: str, b: str, ending: str) -> None:
    (found,) = divergences(a, b)
    assert found.explanation.endswith(ending)
    assert not found.explanation.endswith("..")
