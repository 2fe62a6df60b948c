"""Numbers: what is read from a text, which amounts can both be true, and what counts the same thing."""

from __future__ import annotations

import pytest

from tests.pipeline.relations.support import divergences, facts, kinds

TRUE = [
    ("At least 12 people died when the ferry sank off Larn.", "The sinking of the ferry off Larn killed 27 people."),
    ("A blast at the mill killed 12 workers.", "A blast at the mill left 14 dead."),
    ("The storm left 31 people injured on the coast.", "On the coast 18 people were injured by the storm."),
    ("Police arrested more than 400 people at the march.", "More than 200 protesters were arrested at the march."),
    ("The council will spend $1.2bn on the new bridge.", "The new bridge will cost the council $2.1 billion to build."),
    ("Prices in Larn rose 3.9 percent last quarter.", "Prices in Larn rose by 5.4 per cent last quarter."),
    ("The company will close seven factories in the north.", "The company is to close nine factories in the north."),
    ("A magnitude 5.9 earthquake shook the island.", "The island was shaken by a 6.4-magnitude quake."),
    ("On the island of Mell 221 houses were burned down.", "The fire burned down 212 houses on the island of Mell."),
    ("The two mayors met in Ost for three hours.", "The two mayors met in Ost; the talks took five hours."),
    ("Some 36 percent of the judges are women, compared to 19 percent before.", "Of the judges 43 percent are women."),
    ("Two dozen ships joined the search for the crew.", "The search for the crew was joined by 40 ships."),
    ("Anna Holm, 48, was found in the cellar.", "Anna Holm, 52, was found in the cellar."),
    ("The pipeline burst 40 miles from the village of Ost.", "The pipeline burst 12 miles from the village of Ost."),
    ("The fund received nearly 300,000 letters.", "The fund received nearly 235,000 letters."),
]
AGREEING = [
    ("About 300 soldiers crossed the river.", "In all 312 soldiers crossed the river."),
    ("More than 10 people were killed in the crash.", "The crash killed 12 people."),
    ("The bridge will cost $1.2bn to build.", "The bridge will cost $1.19 billion to build."),
    ("Nearly 5,000 homes lost power.", "Some 4,950 homes lost power."),
    ("The dam holds 12.5 million litres of water.", "The dam holds 12,500,000 litres of water."),
    ("Half a million people fled the city.", "Some 500,000 people fled the city."),
    ("Twelve miners were killed in the collapse.", "The collapse killed 12 miners."),
    ("Between 10 and 12 shops were looted.", "Rioters looted 11 shops."),
    ("A dozen boats were lost.", "Twelve boats were lost."),
    ("Up to 300 troops were sent to the border.", "The army sent 250 troops to the border."),
]
DIFFERENT_THINGS = [
    ("The crash killed 12 people.", "The crash injured 30 people."),
    ("The attack killed 12 people and wounded 40.", "The attack wounded 40 people and killed 12."),
    ("Support rose two percentage points.", "Support rose 12 percent."),
    ("The jury sat for 12 days.", "The jury of seven women left after lunch."),
    ("Two other men were arrested in Larn.", "Five men were arrested in Larn."),
    ("The mother of 12 was killed in the crossfire.", "Two people were killed in the crossfire."),
    ("None of the offers ran for more than eight years.", "The rivals offered seven years."),
    ("The owners of iPhone 12 models can claim.", "Owners of 14 models can claim."),
    ("Three men and two women met.", "Five people met in the hall of the club."),
    ("Of the judges 36 percent are women, compared to 19 percent before.", "Some 19 percent of the judges were women."),
    ("The team won 3-2 at home.", "The team won two matches at home."),
    ("Two women and a man were killed by the bomb.", "The bomb killed three people."),
    ("They hold 12 Norwegian and 11 Danish sailors.", "They hold 23 sailors."),
    ("The party needs to win six seats.", "The party needs a 60-seat majority to win."),
    ("In the raid the guards seized six rifles.", "The guards have so far seized 14 rifles."),
    ("The jury sat in Larn for two weeks.", "The jury of the two-week trial sat in Larn for ten days."),
    ("Holm told Larn 12 years ago that the mill was lost.", "Holm said eight years of work at the mill were lost."),
    ("The firm raised $5m from lenders.", "The firm raised £4m from lenders."),
]
COUNT_NOTHING = [
    "Version 1.2.3 of the program came out.",
    "The clinic is open 24/7.",
    "Two F-16 jets flew over the S-400 battery.",
    "The COVID-19 wave passed.",
    "He played in the 2016–17 season.",
    "It was the worst day since 9/11.",
    "Call 0845 125 2222 or 555-1234.",
    "The vote was 54-46 and the match ended 3:1.",
    "It began at 8.49pm on 4 March 2019.",
    "In 2018 it was two-thirds empty.",
]


@pytest.mark.parametrize(("a", "b"), TRUE)
def test_numbers_of_one_thing_that_cannot_both_be_true_diverge(a: str, b: str) -> None:
    found = [d for d in divergences(a, b) if d.kind == "number"]
    assert len(found) == 1
    assert found[0].a.text in a
    assert found[0].b.text in b


@pytest.mark.parametrize(("a", "b"), AGREEING)
def test_numbers_that_can_both_be_true_agree(a: str, b: str) -> None:
    assert "number" not in kinds(a, b)
    assert "number" not in kinds(b, a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT_THINGS)
def test_numbers_of_different_things_are_not_compared(a: str, b: str) -> None:
    assert "number" not in kinds(a, b)


@pytest.mark.parametrize("text", [t for t in COUNT_NOTHING if "Two F-16" not in t])
def test_what_only_looks_like_a_number_is_not_read(text: str) -> None:
    assert facts(text).numbers == ()


def test_a_type_number_is_not_a_count_but_the_count_before_it_is() -> None:
    assert [n.value for n in facts("Two F-16 jets flew over the S-400 battery.").numbers] == ["2 F-16 jets"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It cost $855 billion.", "855000000000 USD"),
        ("At least 300 troops left.", "≥ 300 troops"),
        ("Some 10-12 people came.", "≈ 10–12 people"),
        ("Two hundred and fifty thousand voters stayed away.", "250000 voters"),
        ("Tens of thousands of marchers came.", "≈ 20000–100000 marchers"),
        ("It hit 120, 000 homes.", "120000 homes"),
        ("Shares lost 5. 4 per cent.", "5.4 %"),
        ("He owes 3 crore rupees.", "30000000 INR"),
        ("They found two and a half million coins.", "2500000 coins"),
        ("Half a dozen goats fled.", "6 goats"),
    ],
)
def test_a_number_is_normalised(text: str, value: str) -> None:
    assert [n.value for n in facts(text).numbers] == [value]


def test_a_reader_is_told_both_outlets_and_both_figures() -> None:
    found = divergences("A blast at the mill killed 12 workers.", "A blast at the mill left 14 dead.")
    assert [d.explanation for d in found] == ["Harbour Post says 12 workers were killed; Daily Courier says 14 dead."]


def test_a_figure_that_both_sides_give_is_no_divergence_whatever_else_they_count() -> None:
    a = "The fire destroyed 12 houses and killed three people."
    b = "Three people died and 12 houses and four barns burned."
    assert "number" not in kinds(a, b)
