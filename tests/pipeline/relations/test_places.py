"""Places, and words that exclude each other before the same word."""

from __future__ import annotations

import pytest

from claims.pipeline.relations import find_divergences
from tests.pipeline.relations.support import divergences, facts, kinds

TRUE = [
    ("Floods cut off villages north of Larn on Monday.", "Floods cut off villages south of Larn on Monday."),
    ("The suspects were arrested in France on Monday.", "The suspects were arrested in Spain on Monday."),
    ("The lorry struck a cyclist in Mill Lane at dawn.", "The lorry struck a cyclist in Church Lane at dawn."),
    (
        "The injured were flown to Orrin Hospital by helicopter.",
        "The injured were flown to Marsh Hospital by helicopter.",
    ),
    (
        "The crash closed the northbound carriageway near Ost.",
        "The crash closed the southbound carriageway near Ost.",
    ),
]
FALSE = [
    ("Floods cut off villages north of Larn.", "Floods cut off villages near Larn."),
    ("The suspects were arrested in Lyon.", "The suspects were arrested in France."),
    ("The lorry struck a cyclist in Mill Lane.", "The lorry struck a cyclist in Larn."),
    ("The suspects fled from France to Spain on Monday.", "The suspects were arrested in Spain on Monday."),
    ("The injured were flown to Orrin Hospital.", "The injured were flown to Orin Hospital."),
    ("The injured were flown to Orrin General Hospital.", "The injured were flown to Orrin Hospital."),
    ("Snow fell in northern Ost.", "Rain fell in eastern Larn."),
]
ORDINALS = [
    ("It was the second fire at the depot this year.", "It was the third fire at the depot this year."),
    (
        "The singer fell from a fifth floor window of the hotel.",
        "The singer fell from a third floor window of the hotel.",
    ),
]
OTHER_ORDINALS = [
    ("It was the second fire at the depot this year.", "It was the second blaze at the depot this year."),
    (
        "The second fire broke out at noon, the first fire at dawn.",
        "The first fire broke out at dawn.",
    ),
    ("Holm won the first round in Larn.", "Moe lost the second round in Ost."),
    ("The third man was jailed for six years.", "The second man to speak was the mayor of Larn."),
    ("The first minister spoke in Larn on Monday.", "The minister spoke in Larn for the second time on Monday."),
]


@pytest.mark.parametrize(("a", "b"), TRUE)
def test_two_places_of_which_neither_lies_in_the_other_diverge(a: str, b: str) -> None:
    assert kinds(a, b) == {"place"}
    assert kinds(b, a) == {"place"}


@pytest.mark.parametrize(("a", "b"), FALSE)
def test_a_place_within_another_or_spelt_otherwise_does_not(a: str, b: str) -> None:
    assert "place" not in kinds(a, b)
    assert "place" not in kinds(b, a)


def test_a_place_that_the_other_article_names_too_is_another_stage_of_the_story() -> None:
    here = facts("The suspects were arrested in France on Monday.", "Harbour Post")
    there = facts("The suspects were arrested in Spain on Monday.", "Daily Courier", before="They were held in France.")
    assert not find_divergences(here, there)


@pytest.mark.parametrize(("a", "b"), ORDINALS)
def test_two_ordinals_of_one_thing_diverge(a: str, b: str) -> None:
    assert [d.rule for d in divergences(a, b)] == ["number.ordinal"]
    assert [d.rule for d in divergences(b, a)] == ["number.ordinal"]


@pytest.mark.parametrize(("a", "b"), OTHER_ORDINALS)
def test_ordinals_of_two_things_do_not(a: str, b: str) -> None:
    assert "number" not in kinds(a, b)
    assert "number" not in kinds(b, a)
