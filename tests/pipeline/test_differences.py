"""Differences are counted by fact and sorted by how much they matter to an editor."""

from __future__ import annotations

from claims.pipeline.differences import gravest_first, group_by_fact, weight
from claims.pipeline.types import Alignment, Divergence, Evidence, Kind


def found(
    a: str, b: str, kind: Kind = "number", values=("12 people", "14 people"), at: int = 0, surely=0.8, update=False
) -> tuple[Alignment, Divergence]:
    """A divergence of two sentences, told by words that stand at ``at`` in both."""
    one, other = (Evidence(at, at + 2, value[:2], value) for value in values)
    divergence = Divergence(kind, surely, "test", "They differ.", one, other, update)
    return Alignment(a, b, 0.7, 0.8, "diverge", surely), divergence


def count(*pairs) -> int:
    return len(group_by_fact(pairs))


def test_one_toll_that_two_rows_share_is_one_difference():
    assert count(found("0.1", "1.1"), found("0.1", "1.7")) == 1


def test_a_headline_that_repeats_the_two_figures_adds_no_difference():
    assert count(found("0.0", "1.0"), found("0.4", "1.5", at=30)) == 1


def test_three_outlets_with_three_figures_differ_in_one_thing():
    three = (
        found("0.1", "1.1"),
        found("0.1", "2.1", values=("12 people", "15 people")),
        found("1.1", "2.1", values=("14 people", "15 people")),
    )
    assert count(*three) == 1
    assert count(three[1], three[2]) == 1


def test_what_comes_together_through_a_later_one_is_one_difference():
    apart = (found("0.1", "1.1", at=3), found("2.1", "3.1", values=("15 people", "16 people"), at=7))
    between = found("1.1", "2.1", values=("14 people", "15 people"), at=3)
    assert count(*apart) == 2
    assert count(*apart, (between[0], found("1.1", "2.1", at=3, values=("14 people", "16 people"))[1])) == 2
    joined = Divergence("number", 0.8, "test", "", Evidence(3, 5, "14", "14"), Evidence(7, 9, "15", "15"))
    assert count(*apart, (between[0], joined)) == 1


def test_two_figures_and_two_kinds_are_two_differences():
    assert count(found("0.1", "1.1"), found("0.1", "1.1", values=("3 houses", "5 houses"), at=40)) == 2
    assert count(found("0.1", "1.1"), found("0.1", "1.1", kind="date", values=("monday", "tuesday"))) == 2


def test_two_statements_credited_to_police_are_two_differences():
    credited = ("police", "no source named")
    one = found("0.1", "1.1", kind="attribution", values=credited)
    other = found("0.4", "1.6", kind="attribution", values=credited, at=50)
    assert count(one, other) == 2


def test_the_event_comes_before_its_telling_and_updates_in_between():
    source = found("0.1", "1.1", kind="attribution", surely=0.9)
    hedge = found("0.2", "1.2", kind="certainty", surely=0.8)
    toll = found("0.3", "1.3", surely=0.6)
    update = found("0.4", "1.4", surely=0.95, update=True)
    name = found("0.5", "1.5", kind="name", surely=0.7)
    assert gravest_first([source, hedge, toll, update, name]) == [name, toll, update, source, hedge]
    assert [weight(d) for _, d in (toll, update, source)] == [2, 1, 0]


def test_thousands_of_differences_are_counted_in_no_time():
    many = [found(f"0.{n}", f"1.{n}", kind="quote", at=n) for n in range(5000)]
    assert count(*many, *many) == 5000
