"""A sentence falls into the clauses, quotations and credits that can state a claim; what is not sure stays whole."""

from __future__ import annotations

import random
import re
import time

import pytest

from claims.pipeline.clauses import split_parts

#: Sentences with a "/" at each cut, and the kinds of their parts.
CUT = [
    # Clauses with a subject and a verb of their own.
    ("The dam broke at noon /and the lower town was flooded within an hour.", "clause clause"),
    ("The dam broke at noon, /but nobody in the lower town was hurt.", "clause clause"),
    ("The sluice was opened late; /the harbour office denies any mistake.", "clause clause"),
    ("Seven of the pumps had failed – /the eighth was never switched on.", "clause clause"),
    ("The committee met on Friday: /it wants the bridge closed for a year.", "clause clause"),
    # Clauses that hang on another.
    ("The mayor resigned on Monday /after inspectors found cracks in the dam.", "clause clause"),
    ("The ferry turned back /because the captain had lost his radio.", "clause clause"),
    ("The bridge was closed to lorries, /although the firm had called it safe.", "clause clause"),
    ("While divers searched the harbour, /a second body was washed ashore in Larn.", "clause clause"),
    ("The council backed Ada Holm, /who had led the inquiry into the flood.", "clause clause"),
    ("The council voted for the new dam, /which will cost the town nine million.", "clause clause"),
    ("A wave swept over the pier in Larn, /killing two anglers from Brackenford.", "clause clause"),
    # Credits, before and behind.
    ("Police said on Tuesday that /the driver had fallen asleep at the wheel.", "attribution clause"),
    ("The harbour office said /the ferry had left without its second engine.", "attribution clause"),
    ("The ferry had left without its second engine, /the harbour office said on Monday.", "clause attribution"),
    ("The ferry had left without its second engine, /according to the harbour office.", "clause attribution"),
    ("According to the harbour office, /the ferry had left without its second engine.", "attribution clause"),
    # Quotations.
    ("“We opened the sluice an hour too late,” /said Ada Holm of the harbour office.", "quotation attribution"),
    ("Ada Holm told the paper: /“We opened the sluice an hour too late.”", "attribution quotation"),
    ("“We opened it too late,” /Holm said. /“Nobody had told us of the rain.”", "quotation attribution quotation"),
    ("We opened the sluice an hour too late,” /Holm told reporters on Monday.", "quotation attribution"),
    # Lists of parts in headlines and tickers.
    ("Dam breaks above Larn; /two anglers dead; /mayor refuses to resign", "clause clause clause"),
    ("Larn votes for the new dam | /Brackenford counts the cost of the flood", "clause clause"),
    ("POLICE SAID THAT /THE DRIVER HAD FALLEN ASLEEP AT THE WHEEL.", "attribution clause"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "kinds"), CUT)
def test_a_sentence_is_cut_where_a_part_of_it_states_something_of_its_own(marked: str, kinds: str) -> None:
    pieces = [piece.strip(" ,;:.–|“”") for piece in marked.split("/")]
    text = marked.replace("/", "")

    parts = split_parts(text)

    assert [text[part.start : part.end].strip(" ,;:.–|“”") for part in parts] == pieces
    assert " ".join(part.kind for part in parts) == kinds


WHOLE = [
    # One claim, however long.
    "The council voted on Friday to close the bridge over the Larn for nine months.",
    "The mayor, the harbour master and the head of the fire brigade were at the meeting.",
    "He met the mayor and the head of the fire brigade in the old town hall on Monday.",
    "The bridge and the road that leads to the dam were closed for most of the day.",
    "She is as well known in Larn as the mayor was before the flood.",
    "The man who was driving the lorry was taken to hospital in Brackenford.",
    "Lorries, buses, cars and bicycles have been kept off the bridge since Monday.",
    # Verbs of saying that credit nobody with what follows.
    "Ada Holm wrote the report that led to the closing of the old bridge.",
    "The council announced the names of the three engineers on Monday evening.",
    # Terms in quotation marks are no quotations.
    "The mayor called the plan for the new dam “a bad joke” on Monday in Larn.",
    "Councillors spoke of a “state of emergency” in the lower town of Larn.",
    # Times, scores and figures with marks in them.
    "The ferry left Larn at 9: 25 on Monday with sixty people and two lorries on board.",
    "Larn beat Brackenford 3-1, 2-0 and 4-2 in the three games of the spring cup.",
    "Dam breaks",
    "",
    "…",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_sentence_that_states_one_thing_stays_whole(text: str) -> None:
    assert [(part.start, part.end) for part in split_parts(text)] == [(0, len(text))]


def test_a_clause_within_another_is_a_part_inside_a_part() -> None:
    text = "The dam above Larn, which was built in 1951, broke on Monday after days of rain."

    outer, inner = split_parts(text)

    assert text[outer.start : outer.end] == text.removesuffix(".")
    assert text[inner.start : inner.end] == "which was built in 1951"


def test_a_credit_in_the_middle_stands_inside_what_it_credits() -> None:
    text = "The dam above Larn, police said on Monday, broke after days of heavy rain."

    outer, inner = split_parts(text)

    assert (text[outer.start : outer.end], outer.kind) == (text.removesuffix("."), "clause")
    assert (text[inner.start : inner.end], inner.kind) == ("police said on Monday", "attribution")


def test_words_that_run_on_into_a_quotation_keep_it() -> None:
    text = "The mayor said the new dam was “a long overdue gift to our town”."

    credit, clause, quotation = split_parts(text)

    assert text[credit.start : credit.end] == "The mayor said"
    assert text[clause.start : clause.end] == "the new dam was “a long overdue gift to our town”"
    assert (text[quotation.start : quotation.end], quotation.kind) == ("a long overdue gift to our town", "quotation")


ODD = [
    "• The dam broke at noon • Two anglers died • The mayor has refused to resign over the flood",
    "1. Close the bridge 2. Move the lorries 3. Rebuild the dam, which was built in 1951, by 2030",
    "“We opened the sluice an hour too late, Holm said, and nobody had told us of the rain.",
    "We opened the sluice” an hour “too late, Holm said,” and nobody “ had told us of the rain.",
    "\"\"\" '' “” «» ( ( ) — – -- ; : , . , , and and but after who which said said said said",
    "THE DAM BROKE AT NOON, AND THE LOWER TOWN WAS FLOODED, THE MAYOR SAID, AFTER POLICE HAD WARNED HIM.",
    "Ada Holm said that Bo Brandt said that Cy Dorn said that the mayor had said that the dam was safe.",
    "Larn\nvotes\n\nfor the new dam, and\tthe mayor was glad, he told the paper on Monday\u00a0night.",
    "ダムが壊れた。町は洪水に見舞われた、と警察は述べた、そして橋は閉鎖された。",
    "Holm, 34, of 12 Mill Lane, Larn, tel. 0555 010 200, 9/11, 24/7, 3–1, COVID-19, was, police said, hurt.",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_every_word_of_an_odd_sentence_stands_in_a_part_and_no_word_is_cut(text: str) -> None:
    assert_parts_cover(text)


def test_every_word_stands_in_a_part_whatever_the_order_of_words_and_marks() -> None:
    order = random.Random(5)
    pieces = """the dam broke and but who which after because said says according to police Holm , , ; : – — | “ ” " '
    ( ) that was had flooded killing two 1951 . ’s as if mayor told reporters""".split()
    for _ in range(400):
        assert_parts_cover(" ".join(order.choices(pieces, k=order.randint(1, 60))))


def assert_parts_cover(text: str) -> None:
    parts = split_parts(text)
    assert parts
    for part in parts:
        assert 0 <= part.start < part.end <= len(text)
        assert not re.search(r"\w$", text[: part.start]) or not re.match(r"\w", text[part.start :])
        assert not re.match(r"\w", text[part.end :]) or not re.search(r"\w$", text[: part.end])
        assert all(
            other.end <= part.start
            or part.end <= other.start
            or (other.start - part.start) * (other.end - part.end) <= 0
            for other in parts
        )
    for word in re.finditer(r"\w+", text):
        assert any(part.start <= word.start() and word.end() <= part.end for part in parts), word


def test_a_sentence_of_two_hundred_words_is_cut_and_a_table_is_not() -> None:
    clause = "the harbour office closed the bridge over the Larn on Monday"
    long = ", and ".join([clause] * 18) + "."
    assert len(long.split()) > 200
    assert len(split_parts(long)) == 18

    table = "; ".join([clause] * 2000)
    assert [(part.start, part.end) for part in split_parts(table)] == [(0, len(table))]


@pytest.mark.parametrize(
    "piece",
    ["the mayor said that ", "the dam, which was built, broke, and ", "“we opened it too late,” he said, ", "a; b; "],
)  # fmt: skip
def test_the_work_grows_with_the_length_of_a_sentence(piece: str) -> None:
    def seconds(words: int) -> float:
        text = (piece * words)[: words * 6]
        begin = time.perf_counter()
        split_parts(text)
        return time.perf_counter() - begin

    short = min(seconds(100) for _ in range(3))
    assert seconds(6400) < max(200 * short, 2)
