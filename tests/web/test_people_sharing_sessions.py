"""Links to a review session for people outside the newsroom: what they show, what they hide, when they end."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import ReviewSession, ShareLink
from claims.policies import Role
from claims.review import settling, voting
from tests.factories import make_compared_story, make_member, make_newsroom, make_person
from tests.review.makers import AGREE, APART, UNSURE, first, judge_of, make_session, reveal, vote

from .pages import found
from .people import client_of, member_of

pytestmark = pytest.mark.django_db
NAMES = ("Bea Lund", "Carl Moe", "Edda Vik")
NOTE, REASON = "Ask the desk on Monday.", "The desk confirmed it."


@pytest.fixture(autouse=True)
def _rooms(settings):
    settings.ON_A_LAPTOP = False


@pytest.fixture
def session() -> ReviewSession:
    """Blind, with a disputed item, a note on it, and a pair that a judge added. Edda Vik leads and does not judge."""
    story = make_compared_story(outlets=2, sentences=8, shared=4)
    story.newsroom = make_newsroom("Harbour Post")
    story.save()
    roles = (Role.REVIEWER, Role.REVIEWER, Role.EDITOR)
    bea, carl, edda = (make_member(story.newsroom, r, make_person(name=n)) for r, n in zip(roles, NAMES, strict=True))
    session = make_session(story, [bea, carl], edda, title="Before we print", question="Is it one claim?")
    item = disputed(session)
    vote(item, judge_of(session, bea), AGREE)
    vote(item, judge_of(session, carl), APART)
    voting.write_note(session.pk, item.number, bea.pk, bea.number, NOTE, uuid.uuid4())
    a, b = (next(i.a_id for i in session.items.filter(sort="lone") if i.a_id.startswith(f"{n}.")) for n in (0, 1))
    voting.add_pair(session.pk, judge_of(session, carl), a, b, session.comparison_id)
    return session


def disputed(session: ReviewSession) -> Any:
    return first(session, relation="agree")


@pytest.fixture
def settled(session) -> ReviewSession:
    reveal(session)
    item = disputed(session)
    settling.adjudicate(session.pk, item.number, session.created_by, AGREE, REASON, item.fingerprint)
    settling.seal(session.pk, session.created_by)
    settling.reopen(session.pk, session.created_by, "A reader wrote in.", to_judge=False)
    session.refresh_from_db()
    return session


def editor(session: ReviewSession) -> Client:
    return client_of(session.created_by.person)


def share(session: ReviewSession, **given: Any) -> str:
    """The path of a new link, as the page tells it to an editor."""
    page = editor(session).post(reverse("review_share", args=[session.pk]), {"days": 7, **given}).content.decode()
    return found(r'value="http://testserver(/shared/[^"]+)"', page)[1]


def reader_of(session: ReviewSession, **given: Any) -> Client:
    reader = Client()
    assert reader.get(share(session, **given), follow=True).status_code == 200
    return reader


def addresses(session: ReviewSession) -> list[str]:
    """Everything that a link to the session opens."""
    pk = session.pk
    items = [reverse("review_item", args=[pk, number]) for number in session.items.values_list("number", flat=True)]
    shows = [reverse("review_items", args=[pk]) + f"?show={show}" for show in ("all", "disputed", "gone", "waiting")]
    return [reverse("review", args=[pk]), *shows, *items, reverse("review_export", args=[pk, "html"])]


def read_all(reader: Client, session: ReviewSession) -> str:
    pages = []
    for address in addresses(session):
        for headers in ({}, {"HX-Request": "true"}):
            answer = reader.get(address, headers=headers)
            assert answer.status_code == 200, address
            assert "no-store" in answer["Cache-Control"], address
            pages.append(answer.content.decode())
    return "\n".join(pages)


def test_readers_see_votes_decisions_and_agreement_but_no_names_notes_or_trail(settled):
    words = read_all(reader_of(settled), settled)
    for shown in ("judge 1", "judge 2", "an editor", REASON, "not the same claim", "How far the judges agree", "0%"):
        assert shown in words, shown
    for hidden in (*NAMES, NOTE, "wrote a note", "judged item", "/trail/", "Entries"):
        assert hidden not in words, hidden
    assert "Put together by judge 2" in words
    assert "Reopened by an editor" in words


def test_the_names_of_judges_are_shown_where_the_newsroom_says_so(settled):
    words = read_all(reader_of(settled, shows_names="on"), settled)
    for shown in NAMES:
        assert shown in words, shown
    assert "judge 1" not in words
    assert NOTE not in words


def test_before_the_reveal_of_a_blind_session_readers_see_what_is_judged_and_nothing_of_the_answers(session):
    words = read_all(reader_of(session, shows_names="on"), session)
    assert disputed(session).a_text in words
    for hidden in (*NAMES, NOTE, "judge 1", "not the same claim.", "answers are given", "How far the judges agree"):
        assert hidden not in words, hidden
    assert "is not shown before the reveal" in words
    assert "until then nobody outside sees what was answered" in words
    assert "Put together by one of the judges" in words


def test_an_open_session_shows_its_votes_while_it_is_judged_and_not_who_looks_at_what(session):
    ReviewSession.objects.filter(pk=session.pk).update(is_blind=False)
    bea = session.participants.all()[0]
    client_of(bea.membership.person).get(disputed(session).get_absolute_url())
    words = read_all(reader_of(session), session)
    assert "judge 2</b>: not the same claim" in words
    assert "Being looked at" not in words


def test_pages_read_through_a_link_say_so_and_offer_nothing_that_is_closed(settled):
    reader = reader_of(settled)
    for address in addresses(settled)[:-1]:
        page = reader.get(address).content.decode()
        assert "through a link from Harbour Post" in page, address
        assert "<form" not in page.split("<main", 1)[1].split("</main")[0], address
        for closed in ("/stories/", "/trail/", "/share/", "/judge/", "/edit/", f'/sessions/{settled.pk}/export/"'):
            assert closed not in page.replace('href="/"', ""), (address, closed)


def test_only_the_page_for_reading_is_downloaded_through_a_link(settled):
    reader = reader_of(settled)
    for name in ("docx", "xlsx", "csv", "json", "annotations", "pdf", "questions", "no-such"):
        assert reader.get(reverse("review_export", args=[settled.pk, name])).status_code == 404, name


def test_a_link_to_a_session_opens_neither_its_story_nor_another_session_nor_the_other_way_round(settled):
    reader, story = reader_of(settled), settled.story
    other = make_session(story, title="Another")
    for address in (story.get_absolute_url(), other.get_absolute_url(), reverse("story_reviews", args=[story.pk])):
        assert reader.get(address).status_code == 302, address
    _, token = ShareLink.objects.share(story, settled.created_by, 7)
    of_story = Client()
    of_story.get(reverse("shared", args=[token]))
    assert of_story.get(story.get_absolute_url()).status_code == 200
    assert of_story.get(settled.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("how", ["expired", "taken back", "story deleted", "never was"])
def test_a_link_that_is_over_closes_what_it_opened(settled, how):
    address = share(settled)
    reader = Client()
    reader.get(address)
    if how == "expired":
        ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "taken back":
        answer = editor(settled).post(reverse("share_revoke", args=[ShareLink.objects.get().pk]), follow=True)
        assert "taken back" in answer.content.decode()
    elif how == "story deleted":
        settled.story.delete_softly()
    else:
        address, reader = f"{address[:-5]}AAAA/", Client()
    answer = reader.get(address)
    assert answer.status_code == 404
    assert "This link leads nowhere" in answer.content.decode()
    for closed in addresses(settled):
        assert reader.get(closed).status_code == 302, closed
        assert reader.get(closed, headers={"HX-Request": "true"}).status_code == 403, closed


def test_a_link_stays_good_when_the_session_is_sealed_and_shows_that_it_is(settled):
    reader = reader_of(settled)
    settling.seal(settled.pk, settled.created_by)
    assert "Nothing in it can be changed" in reader.get(settled.get_absolute_url()).content.decode()


def test_a_reader_with_a_link_changes_nothing_whatever_form_they_send(settled):
    reader, outsider = reader_of(settled), member_of(make_newsroom(), Role.ADMIN)[1]
    outsider.get(share(settled))
    number = disputed(settled).number
    for name, *rest in (["review_vote", number], ["review_note", number], ["review_decide", number], ["review_seal"]):
        address = reverse(name, args=[settled.pk, *rest])
        assert reader.post(address, {"text": "Mine.", "token": uuid.uuid4()}).status_code == 403, name
        assert outsider.post(address, {"text": "Mine.", "token": uuid.uuid4()}).status_code == 404, name


def test_a_member_who_follows_a_link_keeps_what_their_role_shows(settled):
    viewer = member_of(settled.story.newsroom, Role.VIEWER)[1]
    viewer.get(share(settled))
    page = viewer.get(disputed(settled).get_absolute_url()).content.decode()
    assert "Bea Lund" in page
    assert NOTE in page


def test_comments_through_a_link_to_a_session_come_only_where_it_allows_them_and_once(settled):
    silent, talking = reader_of(settled), reader_of(settled, allows_comments="on")
    closed, address = (reverse("shared_comments", args=[link.pk]) for link in ShareLink.objects.order_by("pk"))
    given = {"name": "Eve Holt", "text": "The harbour master says <b>14</b>."}
    assert [silent.post(closed, given).status_code, silent.post(address, given).status_code] == [404, 404]
    for _ in range(2):
        assert "Eve Holt" in talking.post(address, given, follow=True).content.decode()
    page = editor(settled).get(reverse("review_share", args=[settled.pk])).content.decode()
    assert page.count("The harbour master says &lt;b&gt;14&lt;/b&gt;.") == 1
    assert talking.post(address, {"name": "", "text": " "}).status_code == 422
    assert settled.title in talking.get(address).content.decode()


def test_a_viewer_sees_the_links_and_makes_and_ends_none(settled):
    share(settled)
    viewer = member_of(settled.story.newsroom, Role.VIEWER)[1]
    address = reverse("review_share", args=[settled.pk])
    assert "Make a link" not in viewer.get(address).content.decode()
    assert viewer.post(address, {"days": 7}).status_code == 403
    assert viewer.post(reverse("share_revoke", args=[ShareLink.objects.get().pk])).status_code == 403


def test_a_link_leads_to_a_story_or_to_a_session_and_never_to_both_or_none(settled):
    both = {"story": settled.story, "session": settled}
    for to in (both, {}, {"story": settled.story, "shows_names": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ShareLink.objects.create(
                created_by=settled.created_by, token_sha256=str(len(to)), expires_at=timezone.now(), **to
            )


def test_unsure_judges_are_no_secret_after_the_reveal(session):
    carl = judge_of(session, session.participants.all()[1].membership)
    vote(first(session, sort="lone"), carl, UNSURE)
    reveal(session)
    assert "judge 2: unsure" in read_all(reader_of(session), session)
