"""Attribution: who is credited, and when two credits differ."""

from __future__ import annotations

import pytest

from claims.pipeline.relations import find_divergences
from tests.pipeline.relations.support import divergences, facts, kinds

TRUE = [
    (
        "“We will rebuild the old harbour by winter,” said Anna Holm.",
        "“We will rebuild the old harbour by winter,” Lars Moe said.",
    ),
    (
        "The tunnel will open in the spring, according to two people familiar with the plan.",
        "The tunnel will open in the spring, the newspaper reported.",
    ),
    ("The raid left the shop in ruins on Sunday, police said.", "The raid left the old shop in ruins on Sunday."),
    (
        "According to the Larn Times, the mayor wants the whole sum paid at once.",
        "The mayor wants the whole sum to be paid at once.",
    ),
    ("Police said the man had hidden in the attic for days.", "The man had been hidden in the attic for days."),
    (
        "The boiler had been leaking for a week, the firm said.",
        "The boiler had been leaking for a week, residents said.",
    ),
    ("Four children were treated for burns, according to paramedics.", "Four children had burns, the hospital said."),
    ("The lorry had no working brakes, prosecutors said.", "The lorry had no working brakes, a witness said."),
    ("The strike will cost 200 flights a day, the airline said.", "The strike will cost 200 flights, the union said."),
    (
        "The bridge was unsafe for years, according to campaigners.",
        "The bridge was unsafe for years, a newspaper reported.",
    ),
    (
        "“We will rebuild the old harbour by winter,” said the mayor, Anna Holm.",
        "“We will rebuild the old harbour by winter,” Lars Moe, the port's owner, said.",
    ),
    ("Two crew members were hurt, the fire brigade said.", "Two crew members were hurt, the ambulance service said."),
    ("According to police, the driver was drunk.", "The driver was drunk, his lawyer said."),
    ("The girl drowned in the lock, police said.", "The girl drowned in the lock, according to the coroner."),
    (
        "The slope had been slipping for years, residents said.",
        "Scientists said the slope had been slipping for years.",
    ),
]
FALSE = [
    (
        "“We will rebuild the old harbour by winter,” said Anna Holm.",
        "“We will rebuild the old harbour by winter,” Holm said.",
    ),
    (
        "“We will rebuild the old harbour by winter,” said Anna Holm.",
        "“We will rebuild the old harbour by winter,” she said.",
    ),
    (
        "“We will rebuild the old harbour by winter,” said the mayor, Anna Brandt.",
        "“We will rebuild the old harbour by winter,” Anna Brand, the mayor, said.",
    ),
    ("The raid left the shop in ruins, police said.", "The raid left the shop in ruins, officials said."),
    ("The raid left the shop in ruins, police said.", "The raid has allegedly left the shop in ruins."),
    ("The raid left the shop in ruins, police said.", "Raid leaves shop in ruins"),
    ("The mayor said the pier would close.", "The pier will close in the autumn for good."),
    ("Four children were treated for burns, officials said.", "Four children were treated, the hospital said."),
    ("Four children were treated for burns, the fire service said.", "Four children were treated, firefighters said."),
    ("The boiler had been leaking for a week, the ministry said.", "The boiler had been leaking, the minister said."),
    ("The lorry had no brakes, police said.", "The lorry had no brakes, according to a police report."),
    ("The bridge was unsafe, the council said.", "The bridge was unsafe, according to a report by the council."),
    (
        "Anna Holm, a spokeswoman for the hospital, said four children were treated for burns.",
        "Four children were treated for burns, the hospital said.",
    ),
    ("Residents said the siren failed to sound in Larn.", "The fire brigade said it had freed two people in Larn."),
    ("Police said they thanked the residents for their patience.", "Police have thanked residents for their patience."),
    ("The driver was drunk, his family said.", "The driver was drunk, the lawyer for his family said."),
    ("The girl drowned, officials said.", "The girl drowned, according to the coroner."),
    ("The clerk lied, according to court documents.", "The clerk lied, lawyers said."),
    ("According to police, the driver was drunk.", "The van had been stolen in Holm, the owner's lawyer said."),
    (
        "“We will rebuild the old harbour by winter,” Lars Moe and Anna Holm said.",
        "“We will rebuild the old harbour by winter,” Lars Moe said.",
    ),
    ("The lorry had no brakes, police and the hospital said.", "The lorry had no brakes, police said."),
    ("Police said they had no leads.", "Snow fell in the north of the country overnight."),
    ("The raid left the shop in ruins on Sunday, police said.", "7News is reporting that the raid left it in ruins."),
]


@pytest.mark.parametrize(("a", "b"), TRUE)
def test_two_credits_for_one_statement_diverge(a: str, b: str) -> None:
    assert kinds(a, b) == {"attribution"}
    assert kinds(b, a) == {"attribution"}


@pytest.mark.parametrize(("a", "b"), FALSE)
def test_one_speaker_in_two_wordings_does_not(a: str, b: str) -> None:
    assert "attribution" not in kinds(a, b)
    assert "attribution" not in kinds(b, a)


def test_a_line_inside_a_running_quotation_is_not_the_outlets_own_voice() -> None:
    told = facts("The raid left the shop in ruins on Sunday, police said.", "Harbour Post")
    line = "The raid left the old shop in ruins on Sunday."
    assert find_divergences(told, facts(line, "Daily Courier", before="“It was loud.”"))
    assert not find_divergences(told, facts(line, "Daily Courier", before="“It was loud.", after="It was awful.”"))


@pytest.mark.parametrize(
    "text",
    [
        "The alleged arsonist, a man from Larn, ran off.",
        "Two guards and alleged arsonist Lars Moe ran off.",
        "The claims were old.",
        "An estimated 90 boats sank.",
    ],
)
def test_a_noun_with_its_article_is_no_source(text: str) -> None:
    assert facts(text).sources == ()


def test_the_reader_is_told_who_credits_whom_in_either_order() -> None:
    credited = "The raid left the shop in ruins on Sunday, police said."
    flat = "The raid left the old shop in ruins on Sunday."
    (found,) = divergences(credited, flat)
    assert found.explanation == "Harbour Post credits this to police; Daily Courier states it in its own voice."
    assert (found.a.text, found.b.value) == ("police", "no source named")
    (turned,) = divergences(flat, credited)
    assert turned.explanation == "Daily Courier credits this to police; Harbour Post states it in its own voice."
    assert (turned.a.value, turned.b.text) == ("no source named", "police")


@pytest.mark.parametrize(
    ("text", "source", "sort"),
    [
        ("The dam is safe, according to a report.", "a report", "document"),
        ("The dam is safe, according to many reports.", "many reports", ""),
        ("The dam is safe, the inspectors alleged.", "the inspectors", ""),
        ("7News in Anna Holm reports it is safe.", "7News in Anna Holm", "paper"),
        ("Anna Holm, head of the port, said it was safe.", "Anna Holm", "person"),
        ("“It is safe,” said Dr. Anna Holm.", "Dr. Anna Holm", "person"),
        ("“It is safe,” said the head of the port, Anna Holm.", "the head of the port, Anna Holm", "person"),
        ("“It is safe,” said the engineer, to the surprise of Anna Holm.", "the engineer", ""),
        ("Police have said it is safe.", "Police", "police"),
        ("“It is safe,” he said.", "he", "pronoun"),
        ("Two people familiar with the matter say it is safe.", "Two people familiar with the matter", "unnamed"),
    ],
)
def test_a_source_is_read(text: str, source: str, sort: str) -> None:
    assert [(s.text, s.sort) for s in facts(text).sources] == [(source, sort)]
