"""Dates: what a day, month or time of day means, and whether two of them tell when one thing happened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.pipeline.relations import find_divergences
from claims.pipeline.relations.facts import Facts, read_facts
from claims.pipeline.types import Sentence, SourceArticle
from tests.pipeline.relations.support import TUESDAY, divergences, facts, kinds

TRUE = [
    ("The mayor resigned on Fri. evening.", "The mayor resigned on Sunday evening."),
    ("The ferry sank on Sunday.", "The ferry sank on Monday."),
    ("The minister resigned on 4 March.", "The minister resigned on 6 March."),
    ("The rules were proposed in May.", "The rules were first proposed in August."),
    ("The fire broke out at 8.49pm.", "The fire broke out shortly after 6.15pm."),
    ("The mill in Larn will close at the end of June.", "The mill in Larn will close by the end of August."),
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
    ("The mill in Larn will close at the end of June.", "The mill in Larn will close on 30 June."),
    ("The mill in Larn will close at the beginning of June.", "The mill in Larn will close in June."),
    ("The bill passed on March 4, 2019.", "The bill passed on 2019-03-04."),
]
OTHER_EVENTS = [
    ("The ferry sank on Sunday.", "The owners apologised on Monday."),
    ("He was convicted in 1997.", "He confessed in 2003 to the fraud."),
    ("Oil prices rose on Friday.", "The minister flew to Larn on Saturday."),
    ("Votes are counted on Sunday and Monday.", "Votes are counted on Tuesday."),
    ("Holm was born in Ost in 1950.", "Holm, elected in 1990, was born in Ost."),
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

ZONES = [
    ("The probe landed at 14:10 GMT.", "The probe landed at 16:40 GMT."),
    ("The probe landed at 1410 GMT.", "The probe landed at 11:40 a.m. EST."),
    ("The blast struck at 6 p.m. local time.", "The blast struck at 8 p.m. local time."),
    ("The summit begins at 9 a.m. ET.", "The summit begins at 11:30 a.m. ET."),
    ("The summit begins at 0900 GMT.", "The summit begins at 1 p.m. BST."),
]
ONE_HOUR = [
    ("The probe landed at 14:10 GMT.", "The probe landed at 9:10 a.m. EST."),
    ("The probe landed at 14:10 GMT.", "The probe landed at 9.10 a.m."),
    ("The blast struck at 6 p.m. local time.", "The blast struck at 1600 GMT."),
    ("The summit begins at 9 a.m. ET.", "The summit begins at 1300 GMT."),
    ("The summit begins at 9 a.m. ET.", "The summit begins at 2 p.m. GMT."),
    ("The probe landed at 1410 GMT.", "The probe landed at 3:10 p.m. CET."),
    ("The probe landed at 11:50 p.m. GMT.", "The probe landed at 12:50 a.m. CET."),
    ("10.45am: Police were called to the mill.", "11.20am: Police were called to the mill."),
    ("14:05 Police were called to the mill.", "15:40 Police were called to the mill."),
    ("Updated 14:05 Police were called to the mill.", "The mill: police were called at 15:40."),
]
DAYS_APART = [
    ("The dam broke on Sunday. Two days later the mayor of Ost resigned.", "The mayor of Ost resigned on Monday."),
    ("The dam broke on 1 March. The mayor resigned the next day.", "The mayor resigned on 4 March."),
    ("The mayor of Ost resigned overnight.", "The mayor of Ost resigned on 20 February."),
    ("The mayor of Ost resigned at the weekend.", "The mayor of Ost resigned on 27 February."),
    ("The mayor of Ost resigned last Friday.", "The mayor of Ost resigned on Wednesday."),
]
ONE_DAY = [
    ("The dam broke on Sunday. Two days later the mayor of Ost resigned.", "The mayor of Ost resigned on Tuesday."),
    ("The dam broke on 1 March. The mayor resigned the next day.", "The mayor resigned on 2 March."),
    ("The dam broke on Friday. A week later the mayor of Ost resigned.", "The mayor of Ost resigned on Friday."),
    ("The mayor of Ost resigned overnight.", "The mayor of Ost resigned on Monday."),
    ("The mayor of Ost resigned overnight on Monday.", "The mayor of Ost resigned on Monday."),
    ("The mayor of Ost resigned at the weekend.", "The mayor of Ost resigned on Saturday."),
    ("The mayor of Ost resigned last Friday.", "The mayor of Ost resigned on 1 March."),
    ("The mayor of Ost resigned last Friday.", "The mayor of Ost resigned on Friday."),
    ("Two days later the mayor of Ost resigned.", "The mayor of Ost resigned on Monday."),
]


@pytest.mark.parametrize(("a", "b"), ZONES)
def test_hours_are_compared_on_one_clock(a: str, b: str) -> None:
    assert "date.clock" in {d.rule for d in divergences(a, b)}
    assert "date.clock" in {d.rule for d in divergences(b, a)}


@pytest.mark.parametrize(("a", "b"), ONE_HOUR)
def test_one_hour_in_two_zones_an_hour_of_unknown_zone_and_a_time_stamp_are_no_difference(a: str, b: str) -> None:
    assert kinds(a, b).isdisjoint({"date", "number"})
    assert kinds(b, a).isdisjoint({"date", "number"})


def last_sentence(text: str, outlet: str) -> Facts:
    before, _, sentence = text.rpartition(". ")
    article = SourceArticle("0", outlet, text, published_at=TUESDAY)
    start = len(before) + 2 if before else 0
    return read_facts(Sentence("0.0", 0, start, len(text), sentence, "claim"), article)


@pytest.mark.parametrize(("a", "b"), DAYS_APART)
def test_a_day_told_by_its_distance_from_another_is_compared(a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        found = find_divergences(last_sentence(one, "Harbour Post"), last_sentence(other, "Daily Courier"))
        assert "date" in {d.kind for d in found}


@pytest.mark.parametrize(("a", "b"), ONE_DAY)
def test_a_day_told_by_its_distance_from_another_may_be_the_same(a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        found = find_divergences(last_sentence(one, "Harbour Post"), last_sentence(other, "Daily Courier"))
        assert "date" not in {d.kind for d in found}


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
    found = find_divergences(*(last_sentence(text, "Post") for text in DAYS_APART[0]))[0]
    assert found.explanation == "Post gives “two days later” (Tuesday); Post “Monday”."
    (found,) = divergences("The pier will reopen on 16 March.", "The pier will reopen on 13 March.")
    assert found.explanation == "Harbour Post gives 16 March 2019; Daily Courier 13 March 2019."


def test_what_is_to_come_is_not_set_against_what_was() -> None:
    to_come = "Holm is expected to begin a three-year prison sentence in May."
    assert "date" not in kinds(to_come, "In February Holm was sentenced to three years in prison.")
    assert "date" in kinds(to_come, "Holm will begin a three-year prison sentence in June.")
    assert "date" in kinds("The pier is to reopen on 16 March.", "The pier, once a ruin, will reopen on 13 March.")


def test_the_day_of_a_dateline_is_not_that_of_the_event() -> None:
    told = "An explosion wrecked a mill at Larn on Tuesday, killing four."
    other = "An explosion wrecked a mill at Larn on Monday, killing four."
    for dateline in ("LARN, 6 March (Reuters) - ", "LARN, Mar 6 (AP) — ", "PORT LARN, Holm — "):
        assert [d.rule for d in divergences(dateline + told, other)] == ["date.calendar"]
        assert not divergences(dateline + told, told)
