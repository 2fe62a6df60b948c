"""Copies of one text are one voice."""

from __future__ import annotations

import pytest

from claims.pipeline.origins import agency, find_origins
from claims.pipeline.types import Sentence, SourceArticle

WIRE = (
    "Engineers closed two of the three sluices shortly before dawn after instruments recorded movement in the wall.",
    "Some four hundred households along the lower road were told to leave by a siren and by text message.",
)
OWN = (
    "The council meets this evening to decide whether schools open again on Thursday or stay closed for the week.",
    "Shopkeepers in the square had stacked sandbags against their doors since the weekend without being asked.",
)


def story(*texts: tuple[str, ...]) -> tuple[list[SourceArticle], list[Sentence]]:
    articles, sentences = [], []
    for k, parts in enumerate(texts):
        articles.append(SourceArticle(id=f"id{k}", outlet=f"Outlet {k}", text="\n".join(parts)))
        at = 0
        for n, part in enumerate(parts):
            sentences.append(Sentence(f"{k}.{n}", k, at, at + len(part), part, "claim"))
            at += len(part) + 1
    return articles, sentences


def test_two_articles_with_the_same_paragraph_share_an_origin():
    origins = find_origins(*story((OWN[0], *WIRE), (*WIRE,), OWN))
    assert [origin.articles for origin in origins] == [("id0", "id1")]
    assert set(origins[0].sentences) == {"0.1", "0.2", "1.0", "1.1"}
    assert 0.5 < origins[0].shared_ratio < 0.8


def test_three_articles_with_the_same_copy_share_one_origin():
    origins = find_origins(*story(WIRE, WIRE, WIRE))
    assert [origin.articles for origin in origins] == [("id0", "id1", "id2")]
    assert origins[0].shared_ratio == 1


def test_a_slightly_edited_copy_is_still_a_copy():
    edited = (WIRE[0].replace("shortly before dawn", "early today"), WIRE[1] + " Nobody was hurt.")
    assert find_origins(*story(WIRE, edited))


@pytest.mark.parametrize(("open_", "close"), [('"', '"'), ("“", "”"), ("«", "»")])
def test_the_same_quotation_is_no_shared_copy(open_, close):
    said = open_ + " ".join(WIRE) + close
    assert not find_origins(*story((f"{said} she said.",), (f"The mayor: {said}",)))


def test_one_stock_sentence_is_no_shared_copy():
    stock = "The ministry did not immediately respond to a request for comment."
    assert not find_origins(*story((stock, OWN[0]), (stock, OWN[1])))


def test_different_texts_share_nothing():
    assert not find_origins(*story(WIRE, OWN))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LINDHOLM (Reuters) - A dam was closed.", "Reuters"),
        ("A dam was closed.\nAdditional reporting by the Associated Press", "Associated Press"),
        ("A dam was closed. — AFP", "AFP"),
        ("Source: Northern News Agency\nA dam was closed.", "Northern News Agency"),
        ("A spokesman told Reuters that the dam was closed.", ""),
        ("AP physics is hard.", ""),
    ],
)
def test_an_agency_is_read_from_a_credit_only(text, name):
    assert agency(SourceArticle(id="0", outlet="Outlet", text=text)) == name
