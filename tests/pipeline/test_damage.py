"""Texts that were damaged on their way here, and texts that only look odd."""

import pytest

from claims.pipeline.compare import compare_articles
from claims.pipeline.damage import NOTICE, is_damaged
from claims.pipeline.types import SourceArticle

GOOD = (
    "The ferry struck the pier at Lindholm on Monday, the harbour master said.  Fourteen people were hurt, two badly. "
    "Divers will look at the hull on Tuesday, and the pier stays shut until then."
)


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace(",", " ,").replace(".", " ."),
        GOOD.replace(" on ", "   ").replace(" the ", "  ").replace(" at ", "  "),
        GOOD.replace(" the ", " the the "),
    ],
)
def test_spaces_before_stops_gaps_and_doubled_words_are_damage(text):
    assert is_damaged(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD,
        "Two spaces end a sentence.  They always did.  No one minds.  It is a habit.",
        "Il a dit : « Le quai est fermé ! » Pourquoi ? Personne ne le sait ; il attend. Et après ? Rien : on attend !",
        "We waited . . . and waited . . . and then . . . it came. The toll was .5 and .7 and .9 of a crown.",
        "He had had enough, and that that was so is clear. Duran Duran played in Bora Bora. No, no, never, never.",
        "One slip , here. " + GOOD,
    ],
)
def test_ordinary_text_is_not_damage(text):
    assert not is_damaged(text)


def test_the_comparison_says_which_text_looks_damaged(encoder):
    bad = GOOD.replace(",", " ,").replace(".", " .")
    articles = [
        SourceArticle(id=outlet, outlet=outlet, text=text) for outlet, text in [("Post", GOOD), ("Courier", bad)]
    ]
    notices = compare_articles(articles, encoder).notices
    assert [notice for notice in notices if NOTICE in notice] == [f"Courier: {NOTICE}"]
