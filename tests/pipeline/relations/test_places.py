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
    ("Medics took the driver to St Bride's Hospital.", "Medics took the driver to the Royal Infirmary in Ost."),
    ("The ship was bound for Norway when it caught fire.", "The ship was on its way to Denmark when it caught fire."),
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
    ("The injured were flown to St Orrin's Hospital.", "The injured were flown to Orrin Infirmary."),
    ("The injured were flown to St Orrin's Hospital.", "The injured were flown to hospital."),
    ("The ship was bound for Norway when it caught fire.", "The ship was bound for Bergen when it caught fire."),
    ("Snow fell in northern Ost.", "Rain fell in eastern Larn."),
]
PARTS = [
    ("Orlov calls it an answer to a radar chain in Europe.", "It answers the planned radar chain in eastern Europe."),
    ("The firm is to close its glass works in Asia.", "The firm's glass works in Southeast Asia will close."),
    ("The ban hits European grain buyers first.", "Hit first by the ban are eastern European grain buyers."),
    ("The bank lends to small farms across Africa.", "It is a bank that lends to small farms across West Africa."),
    ("The fleet lost its fishing rights in the Atlantic.", "The fleet has no fishing rights in the north Atlantic."),
]  # fmt: skip
WHOLES = [
    ("A fire closed the main station in London.", "A fire closed the main station in north London."),
    ("The army lost a supply depot in Spain.", "The army lost a supply depot in northern Spain."),
    ("He praised the radar chain in Europe.", "Holm praised allies in eastern Europe for the radar."),
    ("The radar chain in eastern Europe guards all of Europe.", "The radar chain in Europe guards the coast."),
    ("The radar chain in eastern Europe is new.", "The radar chain in Eastern Europe is new."),
    ("The radar chain across Europe is new.", "The radar chain in eastern Europe is new."),
    ("European grain buyers were hit.", "European Union grain buyers were hit."),
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


@pytest.mark.parametrize(("a", "b"), PARTS)
def test_a_region_and_a_part_of_it_in_one_phrase_diverge(a: str, b: str) -> None:
    assert [d.rule for d in divergences(a, b) if d.kind == "place"] == ["place.part"]
    assert [d.rule for d in divergences(b, a) if d.kind == "place"] == ["place.part"]


@pytest.mark.parametrize(("a", "b"), WHOLES)
def test_a_place_told_more_exactly_or_in_another_phrase_does_not(a: str, b: str) -> None:
    assert "place" not in kinds(a, b)
    assert "place" not in kinds(b, a)


def test_a_part_that_the_other_article_names_elsewhere_is_known_to_it() -> None:
    whole = facts("It answers the radar chain in Europe.", before="Orlov spoke of bases in eastern Europe.")
    part = facts("It answers the radar chain in eastern Europe.", "Daily Courier")
    assert not [d for d in find_divergences(whole, part) if d.kind == "place"]


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
