"""Rows join what belongs together, and nothing through a third."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from claims.pipeline.rows import draw_rows, statuses
from claims.pipeline.types import Alignment, Divergence, Evidence, Part, Sentence, SourceArticle

ARTICLES = [SourceArticle(id=str(k), outlet=f"Outlet {k}", text="x" * 1000) for k in range(4)]


def sentence(id_: str, role="claim", text: str = "") -> Sentence:
    article, number = map(int, id_.split("."))
    return Sentence(id_, article, number * 100, number * 100 + 90, text or "x" * 90, role)


def link(a: str, b: str, probability: float = 0.8, kinds=(), surely: float = 0.9, update: bool = False) -> Alignment:
    side = Evidence(0, 1, "x", "x")
    found = tuple(Divergence(kind, surely, "test", "They differ.", side, side, update) for kind in kinds)
    return Alignment(a, b, 0.7, probability, "diverge" if found else "agree", 0.9, found)


def rows(ids: str, *links: Alignment, origins_of=None):
    return draw_rows([sentence(i) for i in ids.split()], links, ARTICLES, origins_of or {})


def members(found) -> set[tuple[str, ...]]:
    return {row.sentences for row in found}


def test_sentences_that_are_all_linked_are_one_row():
    found = rows("0.0 1.0 2.0", link("0.0", "1.0"), link("1.0", "2.0"), link("0.0", "2.0"))
    assert members(found) == {("0.0", "1.0", "2.0")}
    assert found[0].outlets == ("Outlet 0", "Outlet 1", "Outlet 2")


def test_a_chain_through_a_third_is_no_row():
    chain = [link("0.0", "1.0", 0.9), link("1.0", "2.0", 0.8), link("2.0", "3.0", 0.7)]
    assert ("0.0", "1.0", "2.0", "3.0") not in members(rows("0.0 1.0 2.0 3.0", *chain))


def test_every_alignment_lies_within_a_row():
    links = [link("0.0", "1.0", 0.9), link("1.0", "2.0", 0.8), link("2.0", "3.0", 0.7), link("0.1", "1.0", 0.6)]
    found = rows("0.0 0.1 1.0 2.0 3.0", *links)
    for x in links:
        assert any({x.a, x.b} <= set(row.sentences) for row in found)


def test_no_row_lies_within_another():
    four = ("0.1", "1.1", "2.0", "3.0")
    links = [link(a, b, 0.9) for a, b in combinations(four, 2)]
    links += [link("0.0", "1.0", 0.8), link("0.0", "2.0", 0.5), link("1.0", "2.0", 0.5)]
    assert members(rows("0.0 0.1 1.0 1.1 2.0 3.0", *links)) == {four, ("0.0", "1.0", "2.0")}


def test_one_sentence_may_answer_two_of_another_outlet():
    found = rows("0.0 0.1 1.0", link("0.0", "1.0"), link("0.1", "1.0"))
    assert members(found) == {("0.0", "0.1", "1.0")}


def test_a_long_sentence_stands_in_two_rows_by_two_of_its_parts():
    first, second = Part(0, 40, "clause"), Part(45, 90, "clause")
    one, other = (replace(link("0.0", b), part_a=part) for b, part in (("1.0", first), ("1.1", second)))
    assert members(rows("0.0 1.0 1.1", one, other)) == {("0.0", "1.0"), ("0.0", "1.1")}


def test_sentences_that_are_aligned_with_each_other_stay_in_one_row_whatever_parts_were_found():
    first, second = Part(0, 40, "clause"), Part(45, 90, "clause")
    links = [replace(link("0.0", b), part_a=part) for b, part in (("1.0", first), ("2.0", second))]
    assert members(rows("0.0 1.0 2.0", *links, link("1.0", "2.0"))) == {("0.0", "1.0", "2.0")}


def test_a_sentence_whose_parts_overlap_or_that_is_needed_whole_stands_in_one_row():
    parts = [Part(0, 40, "clause"), Part(30, 90, "clause"), None]
    for second in parts[1:]:
        links = [replace(link("0.0", b), part_a=part) for b, part in (("1.0", parts[0]), ("1.1", second))]
        assert members(rows("0.0 1.0 1.1", *links)) == {("0.0", "1.0", "1.1")}


@pytest.mark.parametrize("role", ["heading", "aside"])
def test_a_lone_claim_is_unique_and_a_lone_heading_or_aside_is_no_row(role):
    sentences = [sentence("0.0"), sentence("0.1", role=role)]
    found = draw_rows(sentences, [], ARTICLES, {})
    assert [(row.relation, row.sentences) for row in found] == [("unique", ("0.0",))]
    assert statuses(sentences, found, []) == {"0.0": "unique", "0.1": "none"}


def test_an_aside_that_another_outlet_prints_too_stands_in_its_row():
    sentences = [sentence("0.0", role="aside"), sentence("1.0")]
    found = draw_rows(sentences, [link("0.0", "1.0")], ARTICLES, {})
    assert [row.sentences for row in found] == [("0.0", "1.0")]


def test_a_diverging_row_comes_first():
    found = rows("0.0 1.0 0.5 1.5", link("0.0", "1.0"), link("0.5", "1.5", kinds=["number"]))
    assert [row.relation for row in found] == ["diverge", "agree"]
    assert found[0].kinds == ("number",)
    assert found[0].id == "c1"


def test_a_sentence_diverges_by_a_difference_of_its_own():
    links = [link("0.0", "1.0", kinds=["number"]), link("1.0", "2.0"), link("0.0", "2.0")]
    found = rows("0.0 1.0 2.0", *links)
    assert [row.relation for row in found] == ["diverge"]
    sentences = [sentence(i) for i in ("0.0", "1.0", "2.0")]
    assert statuses(sentences, found, links) == {"0.0": "diverge", "1.0": "diverge", "2.0": "agree"}


def test_shared_copy_counts_as_one_origin():
    links = [link("0.0", "1.0"), link("1.0", "2.0"), link("0.0", "2.0")]
    found = rows("0.0 1.0 2.0", *links, origins_of={"0.0": {"o1"}, "2.0": {"o1"}})
    assert found[0].origins == 2


def test_copies_that_meet_in_a_third_article_are_one_origin():
    links = [link("0.0", "1.0"), link("1.0", "2.0"), link("0.0", "2.0")]
    found = rows("0.0 1.0 2.0", *links, origins_of={"0.0": {"o1"}, "1.0": {"o1", "o2"}, "2.0": {"o2"}})
    assert found[0].origins == 1


def test_an_article_that_prints_copy_and_says_it_again_itself_adds_no_origin():
    links = [link("0.0", "1.0"), link("0.1", "1.0")]
    found = rows("0.0 0.1 1.0", *links, origins_of={"0.0": {"o1"}, "1.0": {"o1"}})
    assert found[0].origins == 1


def test_what_an_article_with_copy_elsewhere_says_itself_is_an_origin_of_its_own():
    found = rows("0.0 0.5 1.0 1.5", link("0.5", "1.5"), origins_of={"0.0": {"o1"}, "1.0": {"o1"}})
    assert found[0].origins == 2


def test_rows_do_not_depend_on_the_order_of_alignments():
    links = [link("0.0", "1.0", 0.9), link("1.0", "2.0", 0.8), link("0.0", "2.0", 0.5), link("2.0", "3.0", 0.7)]
    assert rows("0.0 1.0 2.0 3.0", *links) == rows("0.0 1.0 2.0 3.0", *reversed(links))


def first(one: dict, other: dict, one_links=(), other_links=(), origins_of=None) -> str:
    """Which of two rows, of sentences "0.4 1.4" and "0.5 1.5", comes first; ``one`` and ``other`` give roles, texts."""
    sentences = [sentence(i, **one) for i in ("0.4", "1.4")] + [sentence(i, **other) for i in ("0.5", "1.5")]
    sentences.append(sentence("0.9"))
    links = [*(one_links or [link("0.4", "1.4")]), *(other_links or [link("0.5", "1.5")])]
    found = draw_rows(sentences, links, ARTICLES, origins_of or {})
    return "one" if found[0].sentences[0] == "0.4" else "other"


FIGURE, ACTOR = "Two of the gates failed.", "The gate was shut by Marta Field."


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"one": {}, "other": {"text": FIGURE}}, id="a figure"),
        pytest.param({"one": {}, "other": {"text": ACTOR}}, id="a named actor"),
        pytest.param({"one": {"text": ACTOR}, "other": {"text": FIGURE}}, id="a figure before an actor"),
        pytest.param(
            {"one": {"text": FIGURE}, "other": {}, "other_links": [link("0.5", "1.5", kinds=["date"])]}, id="contested"
        ),
        pytest.param(
            {
                "one": {},
                "other": {},
                "one_links": [link("0.4", "1.4", kinds=["number"], surely=0.6)],
                "other_links": [link("0.5", "1.5", kinds=["number"], surely=0.9)],
            },
            id="contested more surely",
        ),
        pytest.param(
            {
                "one": {},
                "other": {},
                "one_links": [link("0.4", "1.4", kinds=["number"], update=True)],
                "other_links": [link("0.5", "1.5", kinds=["number"])],
            },
            id="a difference before a possible update",
        ),
        pytest.param(
            {
                "one": {},
                "other": {},
                "one_links": [link("0.4", "1.4", kinds=["attribution"], surely=0.9)],
                "other_links": [link("0.5", "1.5", kinds=["number"], surely=0.8, update=True)],
            },
            id="a possible update of a figure before a source",
        ),
        pytest.param({"one": {}, "other": {}, "origins_of": {"0.4": {"o1"}, "1.4": {"o1"}}}, id="more origins"),
        pytest.param({"one": {"role": "aside", "text": FIGURE}, "other": {}}, id="a claim before an aside"),
    ],
)
def test_what_is_worth_checking_comes_first(told):
    assert first(**told) == "other"


def test_of_two_alike_the_earlier_comes_first():
    assert first({}, {}) == "one"


def test_what_is_agreed_on_comes_before_what_one_outlet_says_whatever_it_names_and_asides_last():
    sentences = [
        sentence("0.0", text="Marta Field shut two gates."),
        *(sentence(i) for i in ("0.7", "1.7")),
        *(sentence(i, role="aside") for i in ("0.1", "1.1")),
        sentence("1.9"),
    ]
    found = draw_rows(sentences, [link("0.7", "1.7"), link("0.1", "1.1")], ARTICLES, {})
    assert [row.sentences[0] for row in found] == ["0.7", "0.0", "1.9", "0.1"]
    assert found[-1].importance == 0
