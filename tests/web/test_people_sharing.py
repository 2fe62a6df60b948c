"""Links to a story for people outside the newsroom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import Newsroom, ShareComment, ShareLink, Story
from claims.policies import Role
from tests.factories import make_compared_story, make_newsroom, make_story

from .pages import found
from .people import member_of

pytestmark = pytest.mark.django_db
PAGES = ("story", "story_side_by_side", "story_matrix", "story_quotations")


@pytest.fixture(autouse=True)
def _rooms(settings):
    settings.ON_A_LAPTOP = False


@pytest.fixture
def newsroom() -> Newsroom:
    return make_newsroom("Harbour Post")


@pytest.fixture
def story(newsroom) -> Story:
    story = make_compared_story(outlets=2, sentences=8, shared=4)
    story.newsroom = newsroom
    story.save()
    return story


@pytest.fixture
def editor(newsroom) -> Client:
    return member_of(newsroom, Role.EDITOR)[1]


def share(editor: Client, story: Story, **given: object) -> str:
    """The path of a new link."""
    page = editor.post(reverse("story_share", args=[story.pk]), {"days": 7, **given}).content.decode()
    return found(r'value="http://testserver(/shared/[^"]+)"', page)[1]


def test_a_link_opens_the_comparison_of_one_story_and_nothing_else(editor, story, newsroom):
    other = make_story("The other story", newsroom=newsroom)
    reader = Client()
    assert reader.get(share(editor, story), follow=True).status_code == 200
    for name in PAGES:
        assert reader.get(reverse(name, args=[story.pk])).status_code == 200
        assert reader.get(reverse(name, args=[other.pk])).status_code == 302
    assert reader.get(reverse("claim", args=[story.pk, 1]), headers={"HX-Request": "true"}).status_code == 200
    for name in ("story_articles", "story_reviews", "story_share", "story_threshold"):
        assert reader.get(reverse(name, args=[story.pk])).status_code == 302
    assert reader.get("/").status_code == 302
    assert reader.post(reverse("story_rename", args=[story.pk]), {"title": "Mine"}).status_code == 403
    assert reader.post(reverse("compare", args=[story.pk])).status_code == 403


def test_someone_of_another_newsroom_reads_through_a_link_and_changes_nothing(editor, story):
    outsider = member_of(make_newsroom(), Role.ADMIN)[1]
    assert outsider.get(f"/stories/{story.pk}/").status_code == 404
    outsider.get(share(editor, story))
    assert outsider.get(f"/stories/{story.pk}/").status_code == 200
    assert outsider.post(reverse("story_rename", args=[story.pk]), {"title": "Mine"}).status_code == 404
    assert story.title not in outsider.get("/").content.decode()


def test_what_is_read_through_a_link_says_so_and_offers_nothing_that_is_closed(editor, story):
    reader = Client()
    reader.get(share(editor, story))
    for name in PAGES:
        page = reader.get(reverse(name, args=[story.pk])).content.decode()
        assert "through a link from Harbour Post" in page
        for closed in ("/articles/", "/sessions/", "/share/", "/compare/"):
            assert closed not in page, (name, closed)


@pytest.mark.parametrize("how", ["expired", "taken back", "never was", "story deleted"])
def test_a_link_that_is_over_closes_what_it_opened(editor, story, how):
    address = share(editor, story)
    reader = Client()
    reader.get(address)
    link = ShareLink.objects.get()
    if how == "expired":
        ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "taken back":
        editor.post(reverse("share_revoke", args=[link.pk]))
    elif how == "story deleted":
        story.delete_softly()
    else:
        address, reader = address[:-5] + "AAAA/", Client()
    answer = reader.get(address)
    assert answer.status_code == 404
    assert "This link leads nowhere" in answer.content.decode()
    assert story.title not in answer.content.decode()
    assert reader.get(f"/stories/{story.pk}/").status_code == 302


def test_only_the_hash_of_a_link_is_kept(editor, story):
    token = share(editor, story).split("/")[-2]
    assert token not in str(ShareLink.objects.values())
    assert token not in editor.get(reverse("story_share", args=[story.pk])).content.decode()


def test_a_reviewer_sees_the_links_and_makes_none(newsroom, story):
    reviewer = member_of(newsroom, Role.REVIEWER)[1]
    address = reverse("story_share", args=[story.pk])
    assert "Make a link" not in reviewer.get(address).content.decode()
    assert reviewer.post(address, {"days": 7}).status_code == 403


@pytest.mark.parametrize("days", ["0", "9999", "x", ""])
def test_a_link_works_for_one_of_the_times_that_are_offered(editor, story, days):
    assert editor.post(reverse("story_share", args=[story.pk]), {"days": days}).status_code == 422
    assert not ShareLink.objects.exists()


def test_comments_come_only_through_a_link_that_allows_them(editor, story):
    silent, talking = Client(), Client()
    silent.get(share(editor, story))
    talking.get(share(editor, story, allows_comments="on"))
    given = {"name": "Eve Holt", "text": "The harbour master says <b>14</b>."}
    closed, address = (reverse("shared_comments", args=[link.pk]) for link in ShareLink.objects.order_by("pk"))
    assert [client.post(address, given).status_code for client in (Client(), silent, talking)] == [404, 404, 302]
    assert silent.post(closed, given).status_code == 404
    page = editor.get(reverse("story_share", args=[story.pk])).content.decode()
    assert "The harbour master says &lt;b&gt;14&lt;/b&gt;." in page
    assert "Eve Holt" in talking.get(address).content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"name": "", "text": "Words."},
        {"name": "Eve", "text": " \n "},
        {"name": "Eve", "text": "a " * 50_000},
        {"name": "www.evil.example", "text": "Words."},
    ],
)
def test_a_comment_that_cannot_be_kept_stays_in_its_form(editor, story, given):
    reader = Client()
    reader.get(share(editor, story, allows_comments="on"))
    answer = reader.post(reverse("shared_comments", args=[ShareLink.objects.get().pk]), given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not ShareComment.objects.exists()


def test_a_comment_sent_twice_is_one_comment(editor, story):
    reader = Client()
    reader.get(share(editor, story, allows_comments="on"))
    for _ in range(2):
        reader.post(
            reverse("shared_comments", args=[ShareLink.objects.get().pk]), {"name": "Eve", "text": "It was 14."}
        )
    assert ShareComment.objects.count() == 1
