"""Numbers told in other shapes: people on board, ages of the unnamed, two currencies, one against several."""

from __future__ import annotations

import pytest

from tests.pipeline.relations.support import divergences, kinds

ON_BOARD = [
    ("The ferry sank off Larn with 312 people on board.", "The ferry was carrying 321 people when it sank off Larn."),
    ("The train had 88 people aboard when it left the rails.", "The train, with 97 people on board, left the rails."),
    ("The plane was carrying 140 passengers to Holm.", "The airliner had 126 people on board."),
    ("The ferry had 312 passengers and crew on board.", "The ferry was carrying 321 passengers and crew."),
    ("There were 312 passengers on board the ferry.", "The ferry had 321 passengers."),
    ("There were 44 people aboard the coach.", "The bus carrying 39 people hit a wall."),
]
OTHER_LOADS = [
    ("The ferry sank with 312 people on board.", "The barge that it hit was carrying 14 people."),
    ("The ferry sank with 312 people on board.", "The ferry was carrying 290 passengers."),
    ("The ferry sank with 312 people on board.", "The ferry was carrying about 310 people."),
    ("The ferry sank with 312 people on board.", "The ferry sank and 295 people were rescued."),
    ("The ferry sank with 312 people on board, killing 40.", "The ferry sank, killing 40 people."),
    ("The ferry was carrying 312 people.", "The ferry was carrying 60 cars."),
    ("Two of the 312 people on board died.", "The ferry was carrying 312 people, of whom two died."),
    ("The ferry had 312 passengers on board.", "Among those on the ferry 290 passengers were rescued."),
]
AGES = [
    ("The victim, 34, was found in the lane.", "The 43-year-old victim was found in the lane."),
    ("The driver, aged 61, died at the scene.", "The 16-year-old driver died at the scene."),
    ("The pilot, 29, radioed for help.", "The pilot, 39, had radioed for help."),
]
OTHER_AGES = [
    ("The driver, 34, was arrested in the lane.", "The driver, 43, was killed in the lane."),
    ("The victim, 34, was found in the lane.", "The 43-year-old suspect was found in the lane."),
    ("The driver, 34, Anna Holm, lives in the lane.", "The driver, 43, Lars Moe, lives in the lane."),
    ("The victim, 34, was found in the lane.", "The 34-year-old victim was found in the lane."),
    ("The pilot, 29, radioed for help.", "The pilot, 39, has two sons."),
]
CURRENCIES = [
    ("The port is worth £2.5bn.", "The port is worth $2.5bn."),
    ("The owners paid €40m for the mill.", "The owners paid $40 million for the mill."),
    ("The fine of 900 euros was paid.", "The fine of £900 was paid."),
]
SAME_MONEY = [
    ("The port is worth £2.5bn ($3.1bn).", "The port is worth $3.1bn."),
    ("The port is worth A$2.5bn.", "The port is worth $2.5bn."),
    ("The port is worth £2.5bn.", "The port is worth $3.1bn."),
    ("A bomb of 500 pounds was found in Larn.", "A bomb worth $500 was found in Larn."),
    ("The port is worth £2.5bn.", "Lenders wrote off $2.5bn."),
]
SEVERAL = [
    ("Police arrested three men in Larn.", "Police in Larn arrested a man."),
    ("Two women were charged over the fire.", "A woman has been charged over the fire."),
    ("The crew rescued four sailors from the reef.", "The crew rescued a young sailor from the reef."),
]
PERHAPS_SEVERAL = [
    ("Police arrested three men in Larn.", "Police in Larn arrested another man."),
    ("Police arrested three men in Larn.", "Police in Larn charged a man."),
    ("Police arrested three people in Larn.", "Police in Larn arrested a man and two women."),
    ("Police arrested three men in Larn on Sunday.", "Police in Larn arrested a man on Monday."),
    ("Police arrested three men in Larn.", "Police in Larn arrested a woman."),
    ("Police arrested two men in Larn.", "Police in Larn arrested a man of 20 and later a woman."),
    ("Police arrested two men in Larn.", "Police in Larn arrested a man in his 20s and a younger suspect."),
    ("Police arrested two men and a woman in Larn.", "Police in Larn arrested a woman and two men."),
    ("Police have arrested three men in Larn so far.", "Police in Larn arrested a man."),
]
TRUE = [*ON_BOARD, *AGES, *CURRENCIES, *SEVERAL]
FALSE = [*OTHER_LOADS, *OTHER_AGES, *SAME_MONEY, *PERHAPS_SEVERAL]


@pytest.mark.parametrize(("a", "b"), TRUE)
def test_a_plain_difference_is_told_with_the_exact_words(a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        (found,) = [d for d in divergences(one, other) if d.kind == "number"]
        assert one[found.a.start : found.a.end] == found.a.text
        assert other[found.b.start : found.b.end] == found.b.text


@pytest.mark.parametrize(("a", "b"), FALSE)
def test_what_can_both_be_true_is_no_difference(a: str, b: str) -> None:
    assert "number" not in kinds(a, b)
    assert "number" not in kinds(b, a)


def test_the_reader_is_told_that_an_age_is_one() -> None:
    (found,) = divergences(*AGES[0])
    assert found.explanation == "Harbour Post gives the age as 34; Daily Courier as 43."


def test_the_reader_is_told_of_one_and_of_several() -> None:
    (found,) = divergences(*SEVERAL[0])
    assert found.explanation == "Harbour Post says three men; Daily Courier says “a man”."
    assert (found.a.text, found.b.text) == ("three", "a man")
