"""Every version of an article is kept: what made it, who brought it in, and when there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from claims.comparison import save_result
from claims.comparison.load import load_result
from claims.ingest import fetch
from claims.ingest.extracted import Extracted
from claims.ingest.feeds import Feed, IsFeed
from claims.models import Article, ArticleVersion, Comparison, Membership, ReviewSession, SentenceCorrection, Story
from claims.models.article import text_sha256
from claims.models.article_version import read_by
from claims.newsroom_end import delete_newsroom, rows_of
from claims.pipeline.types import Correction, UnusableInput
from claims.review.opening import Plan, open_session
from claims.review.touched import touched
from tests.factories import (
    make_article,
    make_compared_story,
    make_member,
    make_newsroom,
    make_person,
    make_result,
    make_story,
)

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
    later = compare_nothing(article.story)
    versions = list(article.versions.all())
    earlier = Comparison(created_at=versions[1].created_at)
    assert read_by(versions, earlier, text_sha256(FIRST)) == versions[0]
    assert read_by(versions, later, text_sha256(FIRST)) == versions[2]
    assert read_by(versions, later, text_sha256("Another text.")) is None


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


# The page, and how another version comes in

PAGE = "https://harbour.example/ferry"


@pytest.fixture
def web(monkeypatch):
    """What the web holds: addresses to articles, or to the error that fetching them raises."""
    held: dict[str, Extracted | Exception] = {}

    def fetch_article(url):
        if isinstance(answer := held[url], Exception):
            raise answer
        return answer

    monkeypatch.setattr(fetch, "fetch_article", fetch_article)
    return held


def page(client, article: Article, **asked) -> str:
    return client.get(reverse("article_versions", args=[article.pk]), asked).content.decode()


def act(client, name: str, *args) -> str:
    return client.post(reverse(name, args=args), follow=True).content.decode()


def add_page(client, story: Story, url: str = PAGE) -> str:
    asked = {"way": "urls", "urls": url}
    return client.post(reverse("story_articles", args=[story.pk]), asked, follow=True).content.decode()


def fetched_article(client, web) -> Article:
    story = make_story()
    web[PAGE] = Extracted(FIRST, title="Fire", outlet="Harbour Post", url=PAGE)
    add_page(client, story)
    return story.articles.get()


def test_the_page_shows_what_changed_with_words_for_those_who_do_not_see_the_marks(client):
    article = make_article(text=FIRST, title="Fire")
    edit(article, text=SECOND, title="Blaze")
    shown = page(client, article)
    assert 'burned for <del><span class="visually-hidden">[removed: </span>two<' in shown
    assert '<ins><span class="visually-hidden">[added: </span>three<' in shown
    assert "1 sentence changed." in shown
    assert "Blaze</ins>" not in shown.partition("<dl")[0]
    assert ">Blaze<" in shown


def test_any_two_versions_can_be_compared_and_the_last_two_are_at_first(client):
    article = make_article(text=FIRST)
    edit(article, text=SECOND)
    edit(article, text=SECOND + " The line said sorry.")
    assert "from version 2 to version 3" in page(client, article)
    assert "1 sentence added." in page(client, article)
    both = page(client, article, before=1, after=3)
    assert "1 sentence changed and 1 sentence added." in both
    assert "1 sentence removed." in page(client, article, before=3, after=2)
    for odd in ({"before": 9}, {"after": "x"}, {"since": "1" * 30}, {"before": ""}):
        assert "from version 2 to version 3" in page(client, article, **odd)


def test_unchanged_sentences_are_shown_where_wanted_and_tiny_edits_can_be_hidden(client):
    text = " ".join(f"Sentence number {n} stays." for n in range(20)) + " “So,” he said."
    article = make_article(text=text)
    edit(article, text=text.replace("“So,”", '"So,"'))
    assert "19 sentences not changed" in page(client, article)
    assert "Tiny edit" in page(client, article)
    assert "number 3 stays" not in page(client, article)
    assert "number 3 stays" in page(client, article, whole=1)
    assert "diff-tiny" not in page(client, article, hide_tiny=1)


def test_hostile_texts_are_shown_as_text(client):
    article = make_article(text=FIRST, title="<b>x")
    edit(article, text=FIRST + " <script>alert(1)</script>", title="<i>y")
    shown = page(client, article)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<i>y" not in shown


def test_fetching_again_keeps_what_the_page_says_by_now_as_a_new_version(client, web):
    article = fetched_article(client, web)
    web[PAGE] = Extracted(SECOND, title="Fire", url=PAGE, notices=("Cut.",))
    assert "This is version 2" in act(client, "article_fetch", article.pk)
    assert told(article) == [(1, "url", FIRST), (2, "fetch", SECOND)]
    assert Article.objects.get(pk=article.pk).notices == ["Cut."]
    assert Article.objects.get(pk=article.pk).title == "Fire"


def test_saving_a_fetched_article_unchanged_makes_no_version(client, web):
    story = make_story()
    web[PAGE] = Extracted(FIRST, outlet="Harbour Post", url=PAGE, published_at=LATER.replace(microsecond=123_000))
    add_page(client, story)
    article = story.articles.get()
    form = client.get(reverse("article", args=[article.pk])).context["form"]
    saved = {name: form[name].value() or "" for name in form.fields} | {"published_at": "2026-04-30T09:00:00"}
    assert "was saved" in client.post(reverse("article", args=[article.pk]), saved, follow=True).content.decode()
    assert article.versions.count() == 1


def test_a_page_that_stayed_as_it_was_undoes_no_edit_made_here(client, web):
    article = fetched_article(client, web)
    edit(article, text=SECOND)
    assert "Nothing changed: the page says" in act(client, "article_fetch", article.pk)
    assert Article.objects.get(pk=article.pk).text == SECOND
    web[PAGE] = Extracted(FIRST + " More to come.", title="Fire", url=PAGE)
    shown = act(client, "article_fetch", article.pk)
    assert "What was edited here by hand is kept in version 2" in shown
    assert told(article)[2] == (3, "fetch", FIRST + " More to come.")


@pytest.mark.parametrize(
    "failure", [UnusableInput("There is no page at this address."), RuntimeError("odd"), IsFeed(Feed("F", PAGE, ()))]
)
def test_a_page_that_cannot_be_fetched_leaves_the_article_as_it_was(client, web, failure):
    article = fetched_article(client, web)
    web[PAGE] = failure
    assert "The article is as it was." in act(client, "article_fetch", article.pk)
    assert told(article) == [(1, "url", FIRST)]


def test_a_page_that_shows_something_else_altogether_is_told(client, web):
    article = fetched_article(client, web)
    web[PAGE] = Extracted("Log in to read on. This costs two crowns a week. Thank you.", url=PAGE)
    assert "Less than half of the text" in act(client, "article_fetch", article.pk)


def test_an_article_without_an_address_is_not_fetched(client, web):
    assert "no address to fetch" in act(client, "article_fetch", make_article().pk)


def test_an_earlier_version_is_restored_as_the_latest(client):
    article = make_article(text=FIRST, title="Fire")
    edit(article, text=SECOND, title="Blaze")
    assert "Version 1 is restored, as version 3." in act(client, "article_restore", article.pk, 1)
    article = Article.objects.get(pk=article.pk)
    assert (article.title, article.text) == ("Fire", FIRST)
    assert told(article)[2] == (3, "restore", FIRST)
    assert "says what it said in version 1" in act(client, "article_restore", article.pk, 1)
    assert client.post(reverse("article_restore", args=[article.pk, 9])).status_code == 404


def test_an_address_that_the_story_has_with_another_text_is_offered_as_a_new_version(client, web):
    article = fetched_article(client, web)
    web[f"{PAGE}?utm_source=x"] = Extracted(SECOND, title="Fire", url=f"{PAGE}?utm_source=x", outlet="Harbour Post")
    assert "Keep it as a new version" in add_page(client, article.story, f"{PAGE}?utm_source=x")
    aside = article.story.articles.removed().get()
    assert Article.objects.get(pk=article.pk).text == FIRST, "nothing happens unasked"
    assert "This is version 2" in act(client, "article_as_version", article.pk, aside.pk)
    assert told(article) == [(1, "url", FIRST), (2, "url", SECOND)]
    assert Article.objects.get(pk=article.pk).url == PAGE
    assert list(article.story.articles.all()) == [article]


def test_what_was_set_aside_can_still_be_put_back_as_an_article_of_its_own(client, web):
    article = fetched_article(client, web)
    web[f"{PAGE}#2"] = Extracted(SECOND, url=PAGE, outlet="Harbour Post")
    add_page(client, article.story, f"{PAGE}#2")
    aside = article.story.articles.removed().get()
    article.remove()
    assert "no longer in the story" in act(client, "article_as_version", article.pk, aside.pk)
    act(client, "article_put_back", aside.pk)
    assert "no longer in the story" in act(client, "article_as_version", article.pk, aside.pk)
    assert list(article.story.articles.kept()) == [aside]


def set_aside(client, web) -> tuple[Article, Article]:
    """An article, and what its page said later."""
    article = fetched_article(client, web)
    web[f"{PAGE}#2"] = Extracted(SECOND, url=PAGE, outlet="Harbour Post")
    add_page(client, article.story, f"{PAGE}#2")
    return article, article.story.articles.removed().get()


def test_keeping_a_new_version_twice_keeps_it_once_and_leads_to_it(client, web):
    article, aside = set_aside(client, web)
    form = f'action="{reverse("article_as_version", args=[article.pk, aside.pk])}"'
    assert form in client.get(reverse("story_articles", args=[article.story_id])).content.decode()
    act(client, "article_as_version", article.pk, aside.pk)
    again = act(client, "article_as_version", article.pk, aside.pk)
    assert "This was kept already" in again
    assert "from version 1 to version 2" in again
    assert told(article) == [(1, "url", FIRST), (2, "url", SECOND)]


def test_two_who_keep_a_new_version_at_once_keep_it_once_with_its_sentences(client, web):
    article, aside = set_aside(client, web)
    SentenceCorrection.of(aside, Correction("split", 30, 30), SentenceCorrection.Maker.EXTRACTION).save()
    both = [(Article.objects.get(pk=article.pk), Article.objects.get(pk=aside.pk)) for _ in range(2)]
    assert [bool(mine.take_in(other, None)) for mine, other in both] == [True, False]
    assert told(article) == [(1, "url", FIRST), (2, "url", SECOND)]
    assert [(c.action, c.start) for c in article.corrections.all()] == [("split", 30)]


def test_what_was_put_back_is_no_longer_kept_as_a_version(client, web):
    article, aside = set_aside(client, web)
    act(client, "article_put_back", aside.pk)
    assert "put back as an article of its own" in act(client, "article_as_version", article.pk, aside.pk)
    assert article.versions.count() == 1
    assert aside in article.story.articles.kept()


def test_the_very_same_text_is_no_new_version(client, web):
    article = fetched_article(client, web)
    assert "Keep it as a new version" not in add_page(client, article.story)


# What a change touches


@pytest.fixture
def compared() -> Story:
    return make_compared_story(outlets=2, sentences=8, shared=4)


def change_number(story: Story) -> Article:
    """The first outlet changes the sentence of one claim after it was compared."""
    article = story.articles.all()[0]
    edit(article, text=article.text.replace("12 passengers", "16 passengers"))
    return article


def test_the_claims_that_rest_on_changed_sentences_are_named_and_no_others(client, compared):
    article = change_number(compared)
    comparison = compared.comparisons.get()
    [number] = [
        row.number for row in comparison.rows.all() if any("12 passengers" in str(s) for s in row.sentences.all())
    ]
    found = touched(article, article.versions.get(number=1), comparison)
    assert found
    assert [row.number for row in found.rows] == [number]
    assert found.is_old
    shown = page(client, article)
    assert f'href="{reverse("claim", args=[compared.pk, number])}"' in shown
    assert "made with version 1, and the article says something else by now" in shown
    assert f"{reverse('article_versions', args=[article.pk])}?since={comparison.pk}" in shown


def test_after_a_new_comparison_the_claims_with_the_new_words_are_named(compared):
    article = change_number(compared)
    result = load_result(compared.comparisons.get())
    texts = tuple(replace(a, text=article.text) if a.id == str(article.pk) else a for a in result.articles)
    words = tuple(replace(s, text=s.text.replace("12 p", "16 p")) for s in result.sentences)
    later = save_result(compared, replace(result, articles=texts, sentences=words))
    found = touched(article, article.versions.get(number=1), later)
    assert found
    assert not found.is_old
    assert found.version == article.versions.get(number=2)
    assert [row.is_gone for row in found.rows] == [False]


def test_items_of_open_sessions_are_named_by_number_and_sealed_ones_are_left_alone(client, compared):
    newsroom = compared.newsroom
    judges = [make_member(newsroom) for _ in range(2)]
    session = open_session(compared.comparisons.get(), judges[0], Plan("Before we print", judges))
    article = change_number(compared)
    about = [i.number for i in session.items.all() if "12 passengers" in i.a_text + i.b_text]
    lone = [i for i in session.items.all() if i.is_lone and i.a_article_id != article.pk]
    assert judges[0].person
    client.force_login(judges[0].person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    shown = page(client, article)
    assert about
    assert all(reverse("review_item", args=[session.pk, number]) in shown for number in about)
    assert f"{len(lone)} more “only here” items were sought" in shown
    assert judges[1].label not in shown
    now = timezone.now()
    ReviewSession.objects.update(state="sealed", sealed_at=now, revealed_at=now)
    assert "Before we print" not in page(client, article)


def test_an_article_that_was_not_compared_touches_nothing_yet(client, compared):
    article = make_article(compared, text=FIRST)
    edit(article, text=SECOND)
    assert "not in the latest comparison" in page(client, article)
