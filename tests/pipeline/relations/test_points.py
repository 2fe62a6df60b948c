"""Percent against points: a change told with one figure in two measures, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.pipeline.relations.support import divergences, facts, kinds

TRUE = [
    ("Unemployment in Larn rose 3.5 percent in May.", "Unemployment in Larn rose 3.5 percentage points in May."),
    ("The jobless rate fell by 2 per cent last year.", "Last year the jobless rate dropped by two percentage points."),
    ("Support for the mayor is up 4%.", "Support for the mayor is up four percentage points."),
    ("The bank raised its main rate by 0.25 percent.", "The bank raised its main rate by 25 basis points."),
    ("The bank cut its key rate by half a percentage point.", "The bank cut its key rate by 0.5 percent."),
    ("A 3.5-percent rise in the tax was voted through.", "A 3.5-percentage-point rise in the tax was voted through."),
    ("Turnout in Ost rose 6pp on the last vote.", "Turnout in Ost rose 6% on the last vote."),
    ("Turnout rose by 1.5 percent to 62 percent.", "Turnout rose by 1.5 percentage points to 62 percent."),
]
FALSE = [
    ("Prices in Larn rose 3.5 % in May.", "Prices in Larn rose 3.5 percent in May."),
    ("Support is up 2 points to 45 percent.", "Support is at 45 percent."),
    ("Support is up 2 percentage points to 45 percent.", "Support rose to 45 percent."),
    ("The Dow fell 300 points on Monday.", "The Dow fell 300 percent less than on Monday last."),
    ("The Larn index fell 3 points on Monday.", "The Larn index fell 3 percent on Monday."),
    ("Holm leads Moe by 3 percent in the poll.", "Holm leads Moe by three percentage points in the poll."),
    ("Holm's lead in the poll rose by 2 percent.", "Holm's lead in the poll rose by 2 percentage points."),
    ("The margin of error is up to 3 percent.", "The margin of error is up to 3 percentage points."),
    ("Holm scored 30 points for Larn.", "Holm hit 30 percent of his shots for Larn."),
    ("The bank cut its rate by 25 basis points.", "The bank cut its rate by 0.25 percentage points."),
    ("The bank cut its rate by 25 basis points.", "The bank cut its rate by a quarter of a point."),
    ("The rate rose by 2 percentage points, or 2 percent.", "The rate rose by 2 percent."),
    ("The share of women is 40 percent.", "The share of women rose by 40 percentage points in a century."),
    ("The rate rose to 3.5 percent.", "The rate rose 3.5 percentage points."),
    ("Wages rose 2 percent.", "Exports fell 2 percentage points."),
]  # fmt: skip
OTHER_STEPS = [
    ("The bank cut its key rate by 25 basis points.", "The bank cut its key rate by half a percentage point."),
    ("The bank cut its key rate by 50bps.", "The bank cut its key rate by 25bps."),
    ("Turnout in Ost rose two percentage points.", "Turnout in Ost rose four percentage points."),
]


@pytest.mark.parametrize(("a", "b"), TRUE)
def test_one_change_in_percent_and_in_percentage_points_diverges(a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        (found,) = [d for d in divergences(one, other) if d.kind == "number"]
        assert found.rule == "number.unit"
        assert one[found.a.start : found.a.end] == found.a.text
        assert other[found.b.start : found.b.end] == found.b.text


@pytest.mark.parametrize(("a", "b"), FALSE)
def test_percent_and_points_that_can_both_be_right_do_not(a: str, b: str) -> None:
    assert "number" not in kinds(a, b)
    assert "number" not in kinds(b, a)


@pytest.mark.parametrize(("a", "b"), OTHER_STEPS)
def test_two_steps_in_points_diverge_whatever_they_are_told_in(a: str, b: str) -> None:
    assert [d.rule for d in divergences(a, b)] == ["number.measure"]
    assert [d.rule for d in divergences(b, a)] == ["number.measure"]


def test_the_reader_sees_both_measures() -> None:
    (found,) = divergences(*TRUE[0])
    assert found.explanation == (
        "Harbour Post says 3.5 percent; Daily Courier says 3.5 percentage points, which is another measure."
    )
    assert (found.a.value, found.b.value) == ("3.5 %", "3.5 percentage points")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The rate rose 75 basis points.", ["0.75 percentage points"]),
        ("The rate rose 1.2 % points.", ["1.2 percentage points"]),
        ("The rate rose a quarter of a percentage point.", ["0.25 percentage points"]),
        ("The rate rose a quarter-point.", ["0.25 points"]),
        ("It owns 20 BP stations.", ["20 BP stations"]),
        ("A three-quarters of an hour walk.", []),
    ],
)
def test_points_are_read_however_they_are_written(text: str, values: list[str]) -> None:
    assert [n.value for n in facts(text).numbers] == values
