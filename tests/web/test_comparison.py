"""Articles to comparison and back: what is saved, and when it no longer shows the articles as they are."""

from dataclasses import replace

import numpy as np
import pytest
from django.db import IntegrityError

from claims import comparison
from claims.comparison import compare_story, save_result, status_of
from claims.comparison import run as running
from claims.models import Comparison, Job, Sentence
from claims.pipeline.encoder import CachedEncoder
from claims.pipeline.types import Correction, UnusableInput
from claims.vectors import DatabaseVectors
from tests.factories import RUN, make_article, make_compared_story, make_story

pytestmark = pytest.mark.django_db


def article_of(story, outlet):
    return story.articles.get(outlet__name=outlet)


class WordEncoder:
    """Counts words into 64 buckets: alike texts get alike vectors, without a model."""

    name, sha256 = "words", "1" * 64

    def __init__(self):
        self.encoded = []

    def load(self):
        pass

    def encode(self, texts, progress=None):
        self.encoded += texts
        vectors = np.full((len(texts), 64), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, sum(map(ord, word)) % 64] += 1
        if progress:
            progress(len(texts), len(texts))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def words(monkeypatch):
    encoder = WordEncoder()
    monkeypatch.setattr(running, "encoder", lambda: CachedEncoder(encoder, DatabaseVectors()))
    return encoder


def test_a_story_is_compared_and_saved_with_the_run_that_made_it(words):
    story = make_story()
    make_article(story, "Harbour Post", "The ferry burned for two hours on Monday. Nobody was hurt in the fire.")
    make_article(story, "Daily Courier", "The ferry burned for two hours on Monday. A dog was saved by the crew.")
    stages = []
    compared = compare_story(story, lambda stage, done, total: stages.append(stage))
    assert compared.run["encoder"] == "words"
    assert compared.run["encoder_sha256"] == "1" * 64
    assert {"thresholds", "version", "seconds"} <= compared.run.keys()
    assert [a.outlet for a in compared.articles.all()] == ["Harbour Post", "Daily Courier"]
    assert Sentence.objects.filter(article__comparison=compared).count() == 4
    assert {"split", "embed"} <= set(stages)
    assert status_of(story).name == "fresh"


def test_a_correction_reaches_the_comparison(words):
    story = make_story()
    joined = "The crew left the ship. It sank."
    make_article(story, "Harbour Post", joined, corrections=[Correction("join", 0, len(joined))])
    make_article(story, "Daily Courier", "The crew of the ship was saved by a passing trawler.")
    compare_story(story)
    assert Sentence.objects.get(article__outlet="Harbour Post").text == joined


def test_comparing_again_embeds_only_what_is_new(words):
    story = make_story()
    make_article(story, text="The ferry burned for two hours. Nobody was hurt in the fire.")
    make_article(story, text="The ferry burned for most of the night. A dog was saved by the crew.")
    compare_story(story)
    assert len(words.encoded) == 4
    make_article(story, text="An inquiry into the blaze was opened by the minister.")
    compare_story(story)
    assert words.encoded[4:] == ["An inquiry into the blaze was opened by the minister."]


def test_one_article_alone_is_refused_with_what_to_do(words):
    story = make_story()
    make_article(story)
    make_article(story).remove()
    with pytest.raises(UnusableInput, match="at least two articles"):
        compare_story(story)


def test_saving_is_all_or_nothing(monkeypatch):
    story = make_compared_story()
    before = Sentence.objects.count()

    def fail(*args):
        raise IntegrityError

    monkeypatch.setattr("claims.comparison.save._save_origins", fail)
    with pytest.raises(IntegrityError):
        make_compared_story()
    assert Comparison.objects.count() == 1
    assert Sentence.objects.count() == before
    assert story.comparisons.count() == 1


def test_vectors_round_trip_and_unknown_ones_are_left_out(django_assert_num_queries):
    store = DatabaseVectors()
    vectors = {f"{n:064x}": np.full(4, n, "<f4").tobytes() for n in range(1200)}
    store.put_many("e" * 64, vectors)
    store.put_many("e" * 64, dict(list(vectors.items())[:3]))
    with django_assert_num_queries(3):
        found = store.get_many("e" * 64, [*vectors, "f" * 64])
    assert found == vectors
    assert store.get_many("d" * 64, vectors) == {}


# What a reader is told of a comparison


def test_a_fresh_comparison_has_nothing_to_say_and_costs_four_queries(django_assert_num_queries):
    story = make_compared_story(outlets=12)
    with django_assert_num_queries(4):
        status = status_of(story)
        assert status.name == "fresh"
    assert status.stale == ()
    assert status.article_count == 12


def test_a_story_without_enough_articles_says_so():
    story = make_story()
    assert status_of(story).name == "few"
    make_article(story)
    assert status_of(story).name == "few"
    make_article(story)
    assert status_of(story).name == "ready"


def rename_outlet(story):
    article = article_of(story, "Harbour Post")
    article.edit(article.revision, text=article.text, outlet=make_article(outlet="Port Gazette").outlet)


def edit(**fields):
    def change(story):
        article = article_of(story, "Harbour Post")
        article.edit(article.revision, **{"text": article.text, **fields})

    return change


def correct(action, start, end, role=None):
    def change(story):
        article = article_of(story, "Harbour Post")
        article.correct(Correction(action, start, end, role), article.text_sha256)

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (edit(title="Another title"), "The title of Harbour Post was changed."),
        (edit(published_at=None), "The publication time of Harbour Post was changed."),
        (edit(url=""), "The address of Harbour Post was changed."),
        (rename_outlet, "Harbour Post was renamed Port Gazette."),
        (correct("split", 5, 5), "A sentence of Harbour Post was split."),
        (correct("join", 0, 60), "Two sentences of Harbour Post were joined."),
        (correct("role", 0, 9, "boilerplate"), "A sentence of Harbour Post was marked as boilerplate."),
        (lambda story: make_article(story, "Ferry Times"), "Ferry Times was added."),
        (lambda story: article_of(story, "Harbour Post").remove(), "Harbour Post was removed."),
        (lambda story: article_of(story, "Harbour Post").move(1), "The order of the articles was changed."),
    ],
)
def test_every_change_that_makes_a_comparison_stale_says_so(change, reason):
    story = make_compared_story()
    change(story)
    status = status_of(story)
    assert status.stale == (reason,)
    assert status.name == "stale"


def test_a_corrected_text_is_told_once(monkeypatch):
    monkeypatch.setattr("claims.models.Article._move_corrections", lambda self, old, read_anew: None)
    story = make_compared_story()
    edit(text="Something else altogether was written.")(story)
    assert status_of(story).stale == ("The text of Harbour Post was changed.",)


def test_an_undone_change_makes_the_comparison_fresh_again():
    story = make_compared_story()
    article = article_of(story, "Harbour Post")
    article.remove()
    article.put_back()
    article.correct(Correction("split", 5, 5), article.text_sha256)
    article.undo_correction()
    assert status_of(story).name == "fresh"


def test_a_correction_undone_since_the_comparison_is_told():
    story = make_story()
    articles = [make_article(story, text="One. Two.", corrections=[Correction("split", 3, 3)]) for _ in range(2)]
    sources = tuple(a.as_source() for a in articles)
    save_result(story, replace(comparison_of(sources), articles=sources))
    articles[0].undo_correction()
    outlet = articles[0].outlet.name
    assert status_of(story).stale == (f"A correction of the sentences of {outlet} was undone.",)


def comparison_of(sources):
    return comparison.run.ComparisonResult(sources, (), {}, (), (), (), RUN)


def test_a_failed_job_is_shown_until_something_was_compared_since():
    story = make_compared_story()
    job = Job.objects.create(story=story)
    assert status_of(story).running == job
    job.fail("It went wrong.")
    assert status_of(story).name == "failed"
    save_result(story, comparison_of(tuple(a.as_source() for a in story.articles.all())))
    assert status_of(story).failed is None
