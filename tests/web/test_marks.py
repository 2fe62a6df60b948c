"""The small marks of a divergence."""

from dataclasses import replace

import pytest

from claims.comparison import save_result
from claims.pipeline import types
from claims.pipeline.types import Alignment, ClaimRow, Divergence, Evidence
from claims.presentation.columns import make_columns
from claims.presentation.marks import Mark, row_marks, short_pair
from claims.presentation.snapshot import load_snapshot
from claims.presentation.words import counted, listed, probability
from tests.factories import make_article, make_compared_story, make_story


@pytest.mark.parametrize(
    ("kind", "a", "b", "pair"),
    [
        ("number", "About 2,400 people", "Roughly 1,900 people", ("2,400", "1,900")),
        ("number", "twelve people", "14 people", ("twelve people", "14 people")),
        ("number", "4 km", "4 miles", ("4 km", "4 miles")),
        ("name", "Marit Oskarsen", "Marit Oscarsen", ("Oskarsen", "Oscarsen")),
        ("name", "Tom Arkle", "Tim Arkle", ("Tom", "Tim")),
        ("date", "16 March", "13 March", ("16 March", "13 March")),
        ("date", "at 7.40 p.m.", "on Friday.", ("at 7.40 p.m.", "on Friday")),
        ("quote", "“every one of them,”", "“every second”", ("every one of them", "every second")),
    ],
)
def test_a_mark_shows_the_shortest_telling_words(kind, a, b, pair):
    assert short_pair(kind, a, b) == pair


@pytest.mark.django_db
def test_each_kind_of_a_row_has_its_mark():
    snapshot = load_snapshot(make_compared_story(outlets=3).comparisons.get())
    marks = {mark.text: mark.kind for row in snapshot.result.rows for mark in row_marks(snapshot, row)}
    assert marks["12≠14"] == "number"
    assert marks["Solheim≠Solhem"] == "name"
    assert marks["≠ quotation"] == "quote"  # too long to be a mark
    assert all(len(text) <= 30 for text in marks)


@pytest.mark.django_db
def test_of_a_row_only_the_sentences_that_differ_are_marked():
    story, texts = make_story(), ["Twelve people died.", "Fourteen people died.", "People died, the mayor said."]
    articles = tuple(make_article(story, outlet=text[:6], text=text).as_source() for text in texts)
    sentences = tuple(types.Sentence(f"{k}.0", k, 0, len(text), text, "claim") for k, text in enumerate(texts))
    sides = types.Evidence(0, 6, "Twelve", "12"), types.Evidence(0, 8, "Fourteen", "14")
    differ = types.Divergence("number", 0.9, "number.people", "They differ.", *sides)
    result = types.ComparisonResult(
        articles=articles,
        sentences=sentences,
        statuses={"0.0": "diverge", "1.0": "diverge", "2.0": "agree"},
        rows=(
            types.ClaimRow("c1", "diverge", ("0.0", "1.0", "2.0"), tuple(t[:6] for t in texts), 3, ("number",), 5.0),
        ),
        alignments=(
            types.Alignment("0.0", "1.0", 0.8, 0.9, "diverge", 0.9, (differ,)),
            types.Alignment("0.0", "2.0", 0.8, 0.9),
            types.Alignment("1.0", "2.0", 0.8, 0.9),
        ),
        origins=(),
        run=types.Run("encoder", "0" * 64, {}, "0.1.0", {}),
    )
    columns = make_columns(load_snapshot(save_result(story, result)), story.pk, [0, 1, 2])
    assert [column.body.count('class="mark"') for column in columns] == [1, 1, 0]


def date(a: tuple[str, str], b: tuple[str, str]) -> Divergence:
    return Divergence("date", 0.7, "date.clock", "", Evidence(0, 9, *a), Evidence(0, 9, *b))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("second", "mark"),
    [
        (date(("7:40 pm", "19:40"), ("8.30 p.m.", "20:30")), "7.40 p.m.≠8.30 p.m."),  # means the same
        (date(("9 p.m.", "21:00"), ("8.30 p.m.", "20:30")), "7.40 p.m.≠8.30 p.m.≠9 p.m."),
        (date(("1998", "1998"), ("1989", "1989")), "7.40 p.m.≠8.30 p.m."),  # another matter
    ],
)
def test_a_mark_sets_only_what_differs_side_by_side(second: Divergence, mark: str):
    snapshot = load_snapshot(make_compared_story(outlets=3).comparisons.get())
    row = next(row for row in snapshot.result.rows if row.kinds == ("number",))
    first = date(("7.40 p.m.", "19:40"), ("8.30 p.m.", "20:30"))
    link = replace(snapshot.links_of[row.id][0], divergences=(first, second))
    vars(snapshot)["links_of"] = {row.id: [link]}
    assert row_marks(snapshot, replace(row, kinds=("date",))) == (Mark("date", mark),)


@pytest.mark.django_db
def test_a_row_without_links_still_names_its_kind():
    snapshot = load_snapshot(make_compared_story(outlets=2, alignments=()).comparisons.get())
    row: ClaimRow = snapshot.result.rows[0]
    links: tuple[Alignment, ...] = snapshot.result.alignments
    assert links == ()
    assert row_marks(snapshot, row)[0].text.startswith("≠ ")


def test_a_mark_can_be_heard():
    assert Mark("number", "12≠14").says == "Number: 12 against 14"
    assert Mark("quote", "≠ quotation").says == "Quotation"


def test_words_for_numbers_lists_and_probabilities():
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert counted(1, "outlet") == "1 outlet"
    assert counted(1200, "outlet") == "1,200 outlets"
    assert probability(0.97) == "almost certain (0.97)"
    assert probability(0.3) == "uncertain (0.30)"
