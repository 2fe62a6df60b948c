"""Attribution: who is credited, and when two credits differ."""

from __future__ import annotations

import pytest

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
    ("The raid left the shop in ruins, police said.", "The raid left the shop in ruins, officials said."),
    ("The raid left the shop in ruins, police said.", "The raid has allegedly left the shop in ruins."),
    ("The raid left the shop in ruins, police said.", "Raid leaves shop in ruins"),
    ("The mayor said the pier would close.", "The pier will close in the autumn for good."),
    ("Police said they had no leads.", "Snow fell in the north of the country overnight."),
]


@pytest.mark.parametrize(("a", "b"), TRUE)
def test_two_credits_for_one_statement_diverge(a: str, b: str) -> None:
    assert kinds(a, b) == {"attribution"}
    assert kinds(b, a) == {"attribution"}


@pytest.mark.parametrize(("a", "b"), FALSE)
def test_one_speaker_in_two_wordings_does_not(a: str, b: str) -> None:
    assert "attribution" not in kinds(a, b)
    assert "attribution" not in kinds(b, a)


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
        ("Anna Holm, head of the port, said it was safe.", "Anna Holm", "person"),
        ("“It is safe,” said Dr. Anna Holm.", "Dr. Anna Holm", "person"),
        ("Police have said it is safe.", "Police", "police"),
        ("“It is safe,” he said.", "he", "pronoun"),
        ("Two people familiar with the matter say it is safe.", "Two people familiar with the matter", "unnamed"),
    ],
)
def test_a_source_is_read(text: str, source: str, sort: str) -> None:
    assert [(s.text, s.sort) for s in facts(text).sources] == [(source, sort)]
