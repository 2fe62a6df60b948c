"""Dates: what a day, month or time of day means, and whether two of them tell when one thing happened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.pipeline.relations import find_divergences
from tests.pipeline.relations.support import TUESDAY, divergences, facts, kinds

TRUE = [
    ("The ferry sank on Sunday.", "The ferry sank on Monday."),
    ("The minister resigned on 4 March.", "The minister resigned on 6 March."),
    ("The rules were proposed in May.", "The rules were first proposed in August."),
    ("The fire broke out at 8.49pm.", "The fire broke out shortly after 6.15pm."),
    ("The court ruled in June that the law stands.", "In July the court ruled that the law stands."),
    ("The bank was founded in 1909.", "The bank was founded in the city of Larn in 1919."),
    ("The president spoke about the flood earlier this week.", "The president spoke about the flood on February 20."),
]
BOTH = [
    ("The ferry sank on Monday.", "The ferry sank on 4 March."),
    ("The ferry sank yesterday.", "The ferry sank on Monday."),
    ("The ferry sank on Friday.", "The ferry sank last week."),
    ("The bank was founded in 1909.", "The bank was founded in May 1909."),
    ("The fire broke out at about 8.40pm.", "The fire broke out at 8.43pm."),
    ("The fire broke out at noon.", "The fire broke out at 12:00."),
    ("The ferry sank two days ago.", "The ferry sank on Sunday."),
    ("The trial opens on Monday.", "The trial opens on 11 March."),
    ("The bill passed on March 4, 2019.", "The bill passed on 2019-03-04."),
]
OTHER_EVENTS = [
    ("The ferry sank on Sunday.", "The owners apologised on Monday."),
    ("He was convicted in 1997.", "He confessed in 2003 to the fraud."),
    ("Oil prices rose on Friday.", "The minister flew to Larn on Saturday."),
    ("Votes are counted on Sunday and Monday.", "Votes are counted on Tuesday."),
    ("It may rain in the north.", "The march begins in March."),
]
CLOCKS = [
    ("The barge left the quay at 6.10 p.m. on its last trip.", "The barge departed from the quay at 7.25 p.m."),
    ("A lorry hit the viaduct at 9.05 a.m.", "The viaduct was struck by a lorry at about 11.30 a.m."),
    ("The alarm was raised at 2.15 p.m. at the mill.", "At the mill the alarm was raised at 4.40 p.m."),
    ("The concert will start at 7 p.m. in the square.", "The concert in the square begins at 9 p.m."),
]
OTHER_CLOCKS = [
    (
        "The barge left the quay at 6.10 p.m. and ran into the lock 40 minutes later.",
        "The barge ran into the lock at about 6.50 p.m., less than an hour after leaving the quay.",
    ),
    ("The barge left the quay at 6.10 p.m. and struck the lock.", "The barge struck the lock at 6.50 p.m."),
    ("The concert in the square began at 7 p.m.", "The concert in the square ended at 11 p.m."),
    ("The lorry had departed from Larn at 8.10 a.m.", "The lorry crashed near Larn at 9.40 a.m."),
    ("Police were called to the mill at 3 p.m.", "Police sealed off the mill at 5 p.m."),
    ("The mill burned for two hours from 3 p.m.", "The mill burned from 5 p.m."),
]


@pytest.mark.parametrize(("a", "b"), CLOCKS)
def test_two_times_of_day_by_one_verb_diverge(a: str, b: str) -> None:
    assert [d.rule for d in divergences(a, b)] == ["date.clock"]
    assert [d.rule for d in divergences(b, a)] == ["date.clock"]


@pytest.mark.parametrize(("a", "b"), OTHER_CLOCKS)
def test_a_time_by_another_verb_or_beside_a_duration_is_not_compared(a: str, b: str) -> None:
    assert "date" not in kinds(a, b)
    assert "date" not in kinds(b, a)


@pytest.mark.parametrize(("a", "b"), TRUE)
def test_two_times_of_one_event_diverge(a: str, b: str) -> None:
    assert kinds(a, b) == {"date"}


@pytest.mark.parametrize(("a", "b"), BOTH)
def test_two_ways_to_name_one_time_agree(a: str, b: str) -> None:
    assert "date" not in kinds(a, b)
    assert "date" not in kinds(b, a)


@pytest.mark.parametrize(("a", "b"), OTHER_EVENTS)
def test_times_of_other_events_are_not_compared(a: str, b: str) -> None:
    assert "date" not in kinds(a, b)


def test_a_weekday_is_read_against_the_day_of_its_own_article() -> None:
    a = facts("The ferry sank on Monday.", "Harbour Post", datetime(2019, 3, 5, tzinfo=UTC))
    b = facts("The ferry sank on Monday.", "Daily Courier", datetime(2019, 3, 12, tzinfo=UTC))
    c = facts("The ferry sank on 4 March.", "Daily Courier", datetime(2019, 3, 12, tzinfo=UTC))
    assert find_divergences(a, b) == ()
    assert find_divergences(a, c) == ()


def test_without_a_date_of_the_article_only_weekdays_are_set_against_weekdays() -> None:
    assert kinds("The ferry sank on Sunday.", "The ferry sank on Monday.", None) == {"date"}
    assert kinds("The ferry sank yesterday.", "The ferry sank on Monday.", None) == set()
    assert kinds("The ferry sank today.", "The ferry sank on 4 March.", None) == set()


def test_a_time_that_the_other_article_also_tells_needs_closer_wording() -> None:
    a = facts(
        "Police searched the house on Sunday.", "Harbour Post", TUESDAY, before="On Monday they searched the yard."
    )
    b = facts("Officers searched it on Monday.", "Daily Courier", TUESDAY)
    assert find_divergences(a, b) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left on Monday.", "2019-03-04 or 2019-03-11"),
        ("He left on 31 December 2018.", "2018-12-31"),
        ("He left on Dec. 31.", "2018-12-31"),
        ("He left at 2 p.m. sharp.", "14:00"),
        ("He left in 2016.", "2016-01-01/2016-12-31"),
        ("He left on 20-11-2016.", "2016-11-20"),
    ],
)
def test_a_time_is_normalised(text: str, value: str) -> None:
    assert [w.value for w in facts(text).dates] == [value]


@pytest.mark.parametrize("text", ["He left on 31 April.", "Mondays are dull.", "At 99:99 it ended.", "She may march."])
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert facts(text).dates == ()


def test_a_day_at_the_edge_of_the_calendar_is_survived() -> None:
    edge = datetime(1, 1, 1, tzinfo=UTC)
    facts("It fell yesterday, last week, last month, last year, in May, on Monday, 3 weeks ago.", "Post", edge)
    facts("Tomorrow, next week, next month, next year, in May.", "Post", datetime(9999, 12, 31, tzinfo=UTC))


def test_the_reader_is_told_both_days() -> None:
    (found,) = divergences("The ferry sank on Sunday.", "The ferry sank on Monday.")
    assert found.explanation == "Harbour Post gives “Sunday”; Daily Courier “Monday”."
    (found,) = divergences("The pier will reopen on 16 March.", "The pier will reopen on 13 March.")
    assert found.explanation == "Harbour Post gives 16 March 2019; Daily Courier 13 March 2019."


def test_what_is_to_come_is_not_set_against_what_was() -> None:
    to_come = "Holm is expected to begin a three-year prison sentence in May."
    assert "date" not in kinds(to_come, "In February Holm was sentenced to three years in prison.")
    assert "date" in kinds(to_come, "Holm will begin a three-year prison sentence in June.")
    assert "date" in kinds("The pier is to reopen on 16 March.", "The pier, once a ruin, will reopen on 13 March.")
