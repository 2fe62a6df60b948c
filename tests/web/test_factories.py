"""The factories make what a comparison makes, so that tests of views can stand on them."""

import pytest

from claims.models import Alignment, ClaimRow, Comparison, Divergence, Origin, Sentence
from tests.factories import make_compared_story

pytestmark = pytest.mark.django_db


def test_a_compared_story_has_every_kind_of_row_and_exact_evidence():
    comparison = Comparison.objects.get(story=make_compared_story(outlets=3))
    assert {row.relation for row in comparison.rows.all()} == {"agree", "diverge", "unique"}
    assert [row.number for row in comparison.rows.all()] == list(range(1, comparison.rows.count() + 1))
    assert comparison.rows.get(number=1).relation == "diverge"
    kinds = {"number", "date", "name", "quote", "attribution", "contradiction", "place", "certainty"}
    assert {d.kind for d in Divergence.objects.all()} == kinds
    for divergence in Divergence.objects.select_related("alignment__a__article", "alignment__b__article"):
        text = divergence.alignment.a.article.text
        assert text[divergence.a_start : divergence.a_end] == divergence.a_text
        text = divergence.alignment.b.article.text
        assert text[divergence.b_start : divergence.b_end] == divergence.b_text
    origin = Origin.objects.get()
    assert origin.agency == "Northwire"
    assert origin.articles.count() == 2
    assert {s.text for s in origin.sentences.all()} == {"The coastguard sent three lifeboats."}


def test_every_claim_sentence_stands_in_a_row_and_boilerplate_in_none():
    make_compared_story(outlets=4)
    for sentence in Sentence.objects.prefetch_related("rows"):
        assert bool(sentence.rows.all()) == (sentence.role == "claim"), sentence.text


def test_a_story_of_twenty_outlets_and_sixty_sentences_is_made_in_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(400):
        make_compared_story(outlets=20, sentences=60, shared=30)
    assert Sentence.objects.count() == 20 * 60
    assert Alignment.objects.count() > 2000
    assert ClaimRow.objects.filter(relation="unique").exists()
