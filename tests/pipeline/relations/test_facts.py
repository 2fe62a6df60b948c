"""Facts: their places in the article, whatever the text."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.pipeline.relations import find_divergences
from claims.pipeline.relations.evidence import RULES
from claims.pipeline.relations.facts import Facts
from tests.pipeline.relations import test_attribution, test_contradiction, test_dates, test_names, test_numbers
from tests.pipeline.relations import test_quotations as quotes
from tests.pipeline.relations.support import facts

PAIRS = [
    *test_numbers.TRUE, *test_dates.TRUE, *test_names.TRUE, *quotes.TRUE, *test_attribution.TRUE,
    *test_contradiction.DENIED, *test_contradiction.HEDGED,
]  # fmt: skip
LEAD = "Ein Café 🚢 in Larn.\nAnother paragraph of 12 words stands before it."
_SCRAPS = """$ £ % 12 1,000 1.2.3 9/11 24/7 10-12 -- “ ” " ' ’ ‘ [ ] … ... not n't never said according to Monday 4
    March 2019 8.49pm 99:99 million dozen half a bn Mr. Holm McX al- K. police Reuters no-one 0 00 1e9 ²³ ٣ ½ Ⅷ the
    killed"""
SCRAPS = st.sampled_from([*_SCRAPS.split(), "\n"])


def spans(found: Facts) -> list[tuple[int, int, str]]:
    kinds = (found.numbers, found.dates, found.names, found.quotations, found.sources, found.denials, found.hedges)
    return [(span.start, span.end, span.text) for kind in kinds for span in kind]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_every_span_is_the_text_at_its_place_in_the_article(a: str, b: str) -> None:
    mine, theirs = facts(a, "Harbour Post", before=LEAD), facts(b, "Daily Courier", before=LEAD + LEAD)
    for found in (mine, theirs):
        assert all(found.article.text[start:end] == text for start, end, text in spans(found))
        assert all(found.sentence.start <= start < end <= found.sentence.end for start, end, _ in spans(found))
    for divergence in find_divergences(mine, theirs):
        for side, found in ((divergence.a, mine), (divergence.b, theirs)):
            assert found.article.text[side.start : side.end] == side.text != ""
            assert found.sentence.start <= side.start < side.end <= found.sentence.end


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_sentence_never_diverges_from_itself_and_both_orders_say_the_same(a: str, b: str) -> None:
    assert find_divergences(facts(a, "Harbour Post"), facts(a, "Daily Courier")) == ()
    one = find_divergences(facts(a, "Harbour Post"), facts(b, "Daily Courier"))
    other = find_divergences(facts(b, "Daily Courier"), facts(a, "Harbour Post"))
    assert {(d.rule, d.a, d.b) for d in one} == {(d.rule, d.b, d.a) for d in other}
    assert all("Harbour Post" in d.explanation and "Daily Courier" in d.explanation for d in one)


def test_every_rule_has_a_probability_and_its_kind_in_its_name() -> None:
    assert all(0.5 <= probability < 1 for rule, probability in RULES.items() if rule != "quote.damaged")
    assert RULES["quote.damaged"] < 0.5  # what scraping did is not shown
    assert {rule.split(".")[0] for rule in RULES} == {
        "number", "date", "name", "quote", "attribution", "contradiction", "certainty", "place"
    }  # fmt: skip


def test_no_number_is_read_out_of_a_date_and_no_doubles_are_reported() -> None:
    found = find_divergences(
        facts("The ferry sank on 4 March 2019.", "Harbour Post"),
        facts("The ferry sank on 6 March 2019.", "Daily Courier"),
    )
    assert [d.kind for d in found] == ["date"]


def read_all(a: str, b: str) -> None:
    """Reads and compares two texts, and holds every span against its text."""
    now = datetime(2024, 2, 29, tzinfo=UTC)
    mine, theirs = facts(a, "A", now, before="12 “x"), facts(b, "B", None)
    for found in (mine, theirs):
        assert all(found.article.text[start:end] == text for start, end, text in spans(found))
    for divergence in find_divergences(mine, theirs):
        assert mine.article.text[divergence.a.start : divergence.a.end] == divergence.a.text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_no_text_whatever_raises(a: str, b: str) -> None:
    read_all(a, b)


@settings(max_examples=250, deadline=None)
@given(st.lists(SCRAPS, max_size=25), st.lists(SCRAPS, max_size=25), st.sampled_from(["", " "]))
def test_no_jumble_of_news_scraps_raises(a: list[str], b: list[str], joiner: str) -> None:
    read_all(joiner.join(a), joiner.join(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            " ".join(f"{n} people killed" for n in range(1200)),
            " ".join(f"{n} people killed" for n in range(5000, 6200)),
        ),
        (", ".join(f"Anna Holm{n:04}x" for n in range(1200)), ", ".join(f"Anna Berg{n:04}x" for n in range(1200))),
        ('"we will go home now." ' * 800, '"we shall go home now." ' * 800),
        ("reportedly not fled on 4 March " * 600, "last " + " " * 19_000 + "x"),
    ],
)
def test_a_sentence_of_twenty_thousand_characters_costs_no_more_than_its_length(a: str, b: str) -> None:
    started = process_time()
    find_divergences(facts(a[:20_000], "Harbour Post"), facts(b[:20_000], "Daily Courier"))
    assert process_time() - started < 5


def test_a_list_of_figures_is_not_set_against_another() -> None:
    table = " ".join(f"{n} boats," for n in range(100, 150))
    assert facts(table).numbers == ()
    assert len(facts("100 boats, 101 boats.").numbers) == 2
