"""Every version of an article is kept: what made it, who brought it in, and when there is none."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from claims.comparison import save_result
from claims.models import Article, ArticleVersion, Membership, Story
from claims.models.article import text_sha256
from claims.newsroom_end import delete_newsroom, rows_of
from claims.pipeline.types import Correction
from tests.factories import make_article, make_member, make_newsroom, make_person, make_result, make_story

pytestmark = pytest.mark.django_db

FIRST = "Fire on the ferry\nThe ferry burned for two hours. Nobody was hurt."
SECOND = "Fire on the ferry\nThe ferry burned for three hours. Nobody was hurt."
LATER = datetime(2026, 4, 30, 9, tzinfo=UTC)


def edit(article: Article, by: Membership | None = None, **fields) -> ArticleVersion | None:
    return article.edit(article.revision, by=by, **{"text": article.text, **fields})


def told(article: Article) -> list[tuple[int, str, str]]:
    return [(version.number, version.came, version.text) for version in article.versions.all()]


def test_a_new_article_has_its_first_version():
    article = make_article(text=FIRST, title="Fire", source=Article.Source.FILE)
    [version] = article.versions.all()
    assert (version.number, version.came, version.by) == (1, "file", None)
    assert (version.title, version.text, version.text_sha256) == ("Fire", FIRST, text_sha256(FIRST))


def test_an_edit_keeps_what_was_there_and_says_who_made_it():
    article = make_article(text=FIRST)
    member = make_member(article.story.newsroom)
    edit(article, member, text=SECOND)
    assert told(article) == [(1, "paste", FIRST), (2, "edit", SECOND)]
    assert [version.by for version in article.versions.all()] == [None, member]


@pytest.mark.parametrize("fields", [{"title": "Ferry burns"}, {"byline": "A. Reporter"}, {"published_at": LATER}])
def test_another_headline_byline_or_time_is_another_version(fields):
    article = make_article(text=FIRST)
    edit(article, **fields)
    assert [{name: getattr(version, name) for name in fields} for version in article.versions.all()][1:] == [fields]


@pytest.mark.parametrize("fields", [{}, {"url": "https://a.example/"}, {"language": "en"}])
def test_what_leaves_the_article_as_it_reads_makes_no_version(fields):
    article = make_article(text=FIRST)
    assert edit(article, **fields) is None
    article.correct(Correction("split", 30, 30), article.text_sha256)
    article.name_outlet(make_article().outlet)
    article.remove()
    article.put_back()
    assert article.versions.count() == 1


def test_what_an_article_said_before_counts_as_new_when_it_comes_back():
    article = make_article(text=FIRST)
    edit(article, text=SECOND)
    edit(article, text=FIRST)
    assert told(article)[2] == (3, "edit", FIRST)


def test_a_version_keeps_who_made_it_when_that_person_leaves():
    article = make_article(text=FIRST)
    person = make_person()
    member = make_member(article.story.newsroom, person=person)
    edit(article, member, text=SECOND)
    member.end()
    person.delete()
    version = article.versions.select_related("by__person").get(number=2)
    assert str(version.by) == f"former member {member.number}"


def test_versions_go_into_a_newsrooms_export_and_away_with_it():
    newsroom = make_newsroom()
    article = make_article(make_story(newsroom=newsroom), text=FIRST)
    edit(article, text=SECOND)
    rows = rows_of(newsroom)[ArticleVersion]
    assert {row.pk for row in rows} == set(article.versions.values_list("pk", flat=True))
    delete_newsroom(newsroom)
    assert not ArticleVersion.objects.filter(text=FIRST).exists()


def keep_old_versions():
    """What the migration does in a database from before there were versions."""
    ArticleVersion.objects.all().delete()
    with connection.cursor() as cursor:
        migration = import_module("claims.migrations.0009_article_versions")
        migration.keep_versions(apps, SimpleNamespace(connection=connection, execute=cursor.execute))


def compare_nothing(story: Story):
    return save_result(story, make_result(tuple(article.as_source() for article in story.articles.all()), []))


def test_articles_from_before_there_were_versions_get_those_that_comparisons_hold():
    article = make_article(text=FIRST)
    compare_nothing(article.story)
    edit(article, text=SECOND)
    seen = compare_nothing(article.story).created_at
    compare_nothing(article.story)
    edit(article, text=FIRST)
    keep_old_versions()
    assert told(article) == [(1, "paste", FIRST), (2, "edit", SECOND), (3, "edit", FIRST)]
    assert [v.created_at for v in article.versions.all()] == [article.created_at, seen, article.updated_at]


def test_an_old_article_that_was_never_compared_gets_the_version_that_it_has():
    article = make_article(text=FIRST, title="Fire")
    keep_old_versions()
    [version] = article.versions.all()
    assert (version.number, version.came, version.title, version.text) == (1, "paste", "Fire", FIRST)
    assert version.text_sha256 == article.text_sha256
    edit(article, text=SECOND)
    assert told(article)[1:] == [(2, "edit", SECOND)]


def test_a_comparison_is_told_which_version_it_read():
    article = make_article(text=FIRST)
    edit(article, text=SECOND)
    edit(article, text=FIRST)
    first, second, third = article.versions.all()
    assert article.versions.compared(first.text_sha256, second.created_at) == first
    assert article.versions.compared(first.text_sha256, third.created_at) == third
    assert article.versions.compared(text_sha256("Another text."), third.created_at) is None


def test_whoever_adds_or_saves_an_article_on_the_page_stands_in_its_versions(client):
    story = make_story()
    member = Membership.objects.get(newsroom=story.newsroom)
    paste = {"way": "paste", "text": FIRST, "outlet": "Harbour Post"}
    client.post(reverse("story_articles", args=[story.pk]), paste)
    article = story.articles.get()
    form = {"outlet": "Harbour Post", "text": SECOND, "revision": article.revision}
    client.post(reverse("article", args=[article.pk]), form)
    assert told(article) == [(1, "paste", FIRST), (2, "edit", SECOND)]
    assert {version.by for version in article.versions.all()} == {member}
