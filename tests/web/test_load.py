"""A saved comparison comes back as it was found."""

import dataclasses

import pytest

from claims.comparison import save_result
from claims.comparison.load import load_result
from claims.models import Comparison
from claims.pipeline import types
from tests.factories import make_compared_story

pytestmark = pytest.mark.django_db


def test_what_was_saved_is_loaded_in_seven_queries(django_assert_num_queries):
    story = make_compared_story(outlets=4, notices=("One of the articles is short.",))
    comparison = story.comparisons.get()
    with django_assert_num_queries(7):
        found = load_result(comparison)
    assert [article.outlet for article in found.articles] == [a.outlet.name for a in story.articles.all()]
    assert found.notices == ("One of the articles is short.",)
    assert found.run.thresholds["alignment"] == 0.5
    for sentence in found.sentences:
        assert found.articles[sentence.article].text[sentence.start : sentence.end] == sentence.text


def test_rows_alignments_and_evidence_keep_their_ties():
    found = load_result(make_compared_story(outlets=3).comparisons.get())
    sentences = {s.id: s for s in found.sentences}
    assert [row.id for row in found.rows] == [f"c{n}" for n in range(1, len(found.rows) + 1)]
    assert [row.importance for row in found.rows] == sorted((row.importance for row in found.rows), reverse=True)
    for row in found.rows:
        assert row.outlets == tuple(dict.fromkeys(found.articles[sentences[i].article].outlet for i in row.sentences))
    divergences = [(a, d) for a in found.alignments for d in a.divergences]
    assert {d.kind for _, d in divergences} >= {"number", "date", "name"}
    for alignment, divergence in divergences:
        for id_, evidence in ((alignment.a, divergence.a), (alignment.b, divergence.b)):
            text = found.articles[sentences[id_].article].text
            assert text[evidence.start : evidence.end] == evidence.text


def test_an_alignment_with_two_divergences_is_one_alignment():
    story = make_compared_story(outlets=2)
    comparison = story.comparisons.get()
    before = load_result(comparison)
    alignment = comparison.alignments.filter(relation="diverge")[0]
    first = alignment.divergences.get()
    fields = {f.name: getattr(first, f.name) for f in first._meta.fields if f.name != "id"}
    alignment.divergences.create(**fields | {"kind": "certainty"})
    after = load_result(comparison)
    assert len(after.alignments) == len(before.alignments)
    assert [d.kind for a in after.alignments for d in a.divergences].count("certainty") == 2


def test_the_parts_that_state_a_claim_come_back():
    found = load_result(make_compared_story(outlets=2).comparisons.get())
    first = dataclasses.replace(found.alignments[0], part_b=types.Part(3, 40, "quotation"))
    again = dataclasses.replace(found, alignments=(first, *found.alignments[1:]))
    saved = load_result(save_result(Comparison.objects.get().story, again))
    assert saved.alignments[0].part_a is None
    assert saved.alignments[0].part_b == types.Part(3, 40, "quotation")


def test_the_nearest_sentences_come_back_in_their_order():
    nearest = (types.Nearest("1.11", "0.11", 0.41, 0.12), types.Nearest("0.11", "1.11", 0.41, 0.12))
    assert load_result(make_compared_story(outlets=2, nearest=nearest).comparisons.get()).nearest == nearest


def test_utterances_come_back_with_every_wording_in_its_order():
    captain = types.Utterance(
        "u1",
        "Captain Solheim",
        (
            types.Wording("1.5", 200, 230, "“We heard two bangs”", "verbatim", "Captain Solheim"),
            types.Wording("0.5", 190, 210, "“We heard a bang”", "altered"),
            types.Wording("0.6", 240, 250, "the captain heard it", "credited elsewhere", "a passenger"),
        ),
    )
    nameless = types.Utterance("u2", "", (types.Wording("0.2", 40, 60, "“All hands”", "verbatim"),))
    story = make_compared_story(outlets=2, utterances=(captain, nameless))
    assert load_result(story.comparisons.get()).utterances == (captain, nameless)


def test_a_possible_update_stays_one():
    story = make_compared_story(outlets=2)
    comparison = story.comparisons.get()
    found = load_result(comparison)
    assert not any(d.possible_update for x in found.alignments for d in x.divergences)
    articles = tuple(article.as_source() for article in story.articles.all())
    alignments = tuple(
        dataclasses.replace(
            x, divergences=tuple(dataclasses.replace(d, possible_update=d.kind == "number") for d in x.divergences)
        )
        for x in found.alignments
    )
    again = load_result(save_result(story, dataclasses.replace(found, articles=articles, alignments=alignments)))
    assert again.alignments == alignments
    assert [d.kind for x in again.alignments for d in x.divergences if d.possible_update] == ["number"]


def test_an_article_that_is_gone_leaves_its_text():
    story = make_compared_story(outlets=2)
    story.articles.all()[0].delete()
    found = load_result(story.comparisons.get())
    assert [article.id.isdigit() for article in found.articles] == [False, True]
    assert found.articles[0].text


def test_origins_come_back_with_their_articles_and_sentences():
    found = load_result(make_compared_story(outlets=3).comparisons.get())
    (origin,) = found.origins
    assert origin.agency == "Northwire"
    assert set(origin.articles) == {found.articles[0].id, found.articles[2].id}
    assert {s.text for s in found.sentences if s.id in origin.sentences} == {"The coastguard sent three lifeboats."}


def test_nothing_found_is_loaded_as_nothing():
    story = make_compared_story(outlets=2, rows=(), alignments=(), origins=())
    found = load_result(Comparison.objects.get(story=story))
    assert (found.rows, found.alignments, found.origins) == ((), (), ())
    assert dataclasses.is_dataclass(found)
    assert isinstance(found, types.ComparisonResult)
