"""Review sessions through their pages: open, judge, settle, seal, and who may see what."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Note, Participant, ReviewItem, ReviewSession, Verdict
from claims.policies import Role
from claims.review import settling, voting
from tests.factories import make_compared_story, make_member, make_newsroom, make_story
from tests.review.makers import (
    AGREE,
    APART,
    UNSURE,
    compare_again,
    first,
    judge_all,
    judge_of,
    judges_of,
    make_people,
    make_session,
    reveal,
    reworded,
    vote,
)
from tests.web.pages import found

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def story():
    return make_compared_story()


@pytest.fixture
def session(story):
    return make_session(story, question="Would you print this?")


def client_of(member: Any) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def judges(session: ReviewSession) -> list[Client]:
    return [client_of(p.membership) for p in session.participants.select_related("membership__person").order_by("pk")]


def editor(session: ReviewSession) -> Client:
    return client_of(session.created_by)


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(url(name, *args), query)
    assert response.status_code == 200
    return response.content.decode()


def ballot(item: ReviewItem, answer: str, **fields: Any) -> dict[str, Any]:
    return {"answer": answer, "token": uuid.uuid4(), "fingerprint": item.fingerprint, **fields}


def cast(client: Client, item: ReviewItem, answer: str, **fields: Any) -> Any:
    return client.post(url("review_vote", item.session_id, item.number), ballot(item, answer, **fields), follow=True)


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# Opening


def test_an_editor_opens_a_session_and_sees_it_in_the_storys_list(story):
    people = make_people(story, 2)
    client = client_of(make_member(story.newsroom, Role.EDITOR))
    form = {
        "title": "Before we print",
        "question": "One claim?",
        "due_on": "2026-06-01",
        "is_blind": "1",
        "judges": "2",
    }
    chosen = {"people": [p.pk for p in people], "rows": "filter", "relation": "diverge", "order": "reading"}
    response = client.post(url("review_open", story.pk), form | chosen, follow=True)
    session = ReviewSession.objects.get()
    assert response.redirect_chain[-1][0] == url("review", session.pk)
    assert set(session.items.values_list("relation", flat=True)) == {"diverge"}
    assert "Before we print" in page(client, "story_reviews", story.pk)


def test_the_same_plan_sent_twice_opens_one_session_and_another_one_another(story):
    people = [p.pk for p in make_people(story, 2)]
    client = client_of(make_member(story.newsroom, Role.EDITOR))
    form: dict[str, Any] = {"title": "T", "is_blind": "1", "judges": "2", "rows": "all", "order": "urgent"}
    places = [client.post(url("review_open", story.pk), form | {"people": people})["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert ReviewSession.objects.count() == 1
    for other in ({"title": "U"}, {"order": "reading"}, {"people": people[:1], "judges": "1"}, {"rows": "filter"}):
        client.post(url("review_open", story.pk), form | {"people": people} | other)
    assert ReviewSession.objects.count() == 5


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": "  "}, "Give the session a title"),
        ({"people": []}, "at least one person"),
        ({"judges": "3"}, "not one of the available choices"),
        ({"rows": "sample"}, "how many items to draw"),
        ({"rows": "filter", "words": "zebra"}, "Choose more rows"),
        ({"due_on": "soon"}, "Enter a date"),
        ({"kind": "colour"}, "not one of the available choices"),
    ],
)
def test_a_plan_that_makes_no_sense_is_shown_again_with_what_is_wrong(story, wrong, says):
    people = make_people(story, 2)
    client = client_of(make_member(story.newsroom, Role.EDITOR))
    form = {"title": "T", "is_blind": "1", "judges": "2", "people": [p.pk for p in people], "rows": "all"}
    response = client.post(url("review_open", story.pk), form | {"order": "urgent"} | wrong)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not ReviewSession.objects.exists()


def test_two_judges_an_item_take_two_people_and_strangers_cannot_be_chosen(story):
    person, stranger = make_people(story, 1)[0], make_member(make_newsroom(), Role.REVIEWER)
    client = client_of(make_member(story.newsroom, Role.EDITOR))
    form = {"title": "T", "is_blind": "1", "judges": "2", "rows": "all", "order": "urgent"}
    response = client.post(url("review_open", story.pk), form | {"people": [person.pk]})
    assert "at least two people" in response.content.decode()
    response = client.post(url("review_open", story.pk), form | {"people": [person.pk, stranger.pk]})
    assert response.status_code == 422


def test_a_story_that_was_not_compared_has_nothing_to_judge(client):
    story = make_story()
    response = client.get(url("review_open", story.pk), follow=True)
    assert "Compare the articles first" in said(response)


# Judging


def test_judging_begins_with_the_first_item_and_goes_on_where_one_left_off(session):
    client = judges(session)[0]
    assert client.get(url("review_judge", session.pk))["Location"] == url("review_item", session.pk, 1)
    cast(client, first(session, number=1), "unsure")
    client.get(url("review_item", session.pk, 7))
    assert client.get(url("review_judge", session.pk))["Location"] == url("review_item", session.pk, 7)


def test_the_page_of_an_item_shows_both_sentences_in_context_with_the_words_that_differ(session):
    item = first(session, relation="diverge")
    text = page(judges(session)[0], "review_item", session.pk, item.number)
    assert "The blaze left <mark>12</mark> passengers" in text
    assert "The blaze left <mark>14</mark> passengers" in text
    assert "A fire broke out on the ferry" in text
    assert "Would you print this?" in text


def test_an_answer_leads_to_the_next_item_and_says_what_was_counted(session):
    client, item = judges(session)[0], first(session, relation="diverge")
    form = ballot(item, "diverge", kinds=["number", "date"], a_words="12", b_words="14", then=item.number + 1)
    response = client.post(url("review_vote", session.pk, item.number), form, follow=True)
    assert response.redirect_chain[-1][0] == url("review_item", session.pk, item.number + 1)
    assert said(response) == f"Item {item.number}: same claim, diverges: number and date or time."
    verdict = Verdict.objects.get()
    assert (verdict.gist, verdict.a_start, verdict.a_end) == ("same diverge date number", 15, 17)


def test_after_the_last_item_the_session_says_that_all_is_done(session):
    client, judge = judges(session)[0], judges_of(session)[0]
    judge_all(session, judge)
    response = cast(client, first(session, number=1), "unsure")
    assert response.redirect_chain[-1][0] == url("review", session.pk)
    assert "everything that was dealt to you" in said(response)


def test_a_vote_takes_at_most_eight_queries_login_and_all(session):
    client, item = judges(session)[0], first(session, relation="diverge")
    forms = [
        ballot(item, "agree", then=2),
        ballot(item, "diverge", kinds=["number"], a_words="12", a_at=15, then=2),
    ]
    for form in forms:
        with CaptureQueriesContext(connection) as queries:
            client.post(url("review_vote", session.pk, item.number), form)
        savepoints = [q["sql"] for q in queries if "SAVEPOINT" in q["sql"]]
        assert len(savepoints) == 2, "one transaction"
        assert len(queries) - 2 <= 8, "\n".join(q["sql"] for q in queries)
    assert item.verdicts.count() == 2


def test_htmx_gets_only_the_next_item_and_its_address(session):
    client, item = judges(session)[0], first(session, number=1)
    form = ballot(item, "unsure", then=2)
    response = client.post(url("review_vote", session.pk, 1), form, headers=HTMX, follow=True)
    text = response.content.decode()
    assert text.lstrip().startswith('<div id="judging"')
    assert "Item 2" in text
    assert response["HX-Push-Url"] == url("review_item", session.pk, 2)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"answer": "diverge"}, "Choose in what they differ"),
        ({"answer": "diverge", "kinds": ["colour"]}, "no kind of difference called colour"),
        ({"answer": "absent"}, "does not belong to this item"),
        ({"answer": "maybe"}, "not one of the available choices"),
        ({"answer": ""}, "Press one of the answers"),
        ({"answer": "diverge", "kinds": ["number"], "a_words": "thirteen"}, "does not stand in this sentence"),
        ({"answer": "diverge", "kinds": ["number"], "a_words": "passengers", "a_at": -4}, "greater than or equal to 0"),
        ({"answer": "diverge", "kinds": ["number"], "b_words": "s"}, "more than once"),
        ({"answer": "agree", "token": "none"}, "valid UUID"),
    ],
)
def test_an_answer_that_makes_no_sense_is_told_and_what_was_typed_is_kept(session, fields, says):
    client, item = judges(session)[0], first(session, relation="diverge")
    response = client.post(url("review_vote", session.pk, item.number), ballot(item, "") | fields)
    text = response.content.decode()
    assert response.status_code == 422
    assert says in text
    assert 'role="alert"' in text
    if "a_words" in fields:
        assert f'value="{fields["a_words"]}"' in text
    assert not Verdict.objects.exists()


def test_a_lone_sentence_is_confirmed_or_found_in_a_sentence_that_is_chosen(session):
    client, item = judges(session)[0], first(session, sort="lone")
    text = page(client, "review_item", session.pk, item.number)
    options = re.findall(r'name="found" value="([\d.]+)"', text)
    assert options
    assert "Choose the sentence" in cast(client, item, "found").content.decode()
    cast(client, item, "found", found=options[0])
    verdict = Verdict.objects.get()
    assert verdict.found
    assert verdict.found["text"] in text.replace("&#x27;", "'")
    own = cast(client, item, "found", found=item.a_id)
    assert "Choose the sentence" in own.content.decode(), "its own article is no other"
    cast(client, item, "absent")
    assert Verdict.objects.get(is_current=True).gist == "absent"


def test_every_sentence_of_another_article_can_be_chosen_without_scripts(session):
    client, item = judges(session)[0], first(session, sort="lone", a_outlet="Harbour Post")
    text = page(client, "review_item", session.pk, item.number, **{"in": 1})
    options = re.findall(r'name="found" value="(1\.\d+)"', text)
    assert len(options) > 8
    for nonsense in ("99", "-1", "x"):
        page(client, "review_item", session.pk, item.number, **{"in": nonsense})


def test_a_form_sent_twice_counts_once_and_the_back_button_changes_ones_mind(session):
    client, item = judges(session)[0], first(session, relation="agree")
    form = ballot(item, "agree")
    address = url("review_vote", session.pk, item.number)
    client.post(address, form)
    client.post(address, form)
    assert Verdict.objects.count() == 1
    client.post(address, form | {"answer": "apart"})
    assert list(Verdict.objects.order_by("pk").values_list("gist", "is_current")) == [
        ("same agree", False),
        ("apart", True),
    ]


def test_undo_takes_the_last_answer_back_and_shows_its_item(session):
    client, item = judges(session)[0], first(session, relation="agree")
    cast(client, item, "agree")
    response = client.post(url("review_undo", session.pk), follow=True)
    assert response.redirect_chain[-1][0] == item.get_absolute_url()
    assert not Verdict.objects.filter(is_current=True).exists()
    response = client.post(url("review_undo", session.pk), follow=True)
    assert "no answer of yours left to undo" in said(response)


def test_a_button_that_undoes_one_answer_undoes_no_other(session):
    client = judges(session)[0]
    for number in (1, 2):
        response = cast(client, first(session, number=number), "unsure")
    undo = found(r'action="(/sessions/\d+/undo/\?item=2)"', response.content.decode())[1]
    assert "taken back" in said(client.post(undo, follow=True))
    assert "taken back already" in said(client.post(undo, follow=True))
    assert [v.item.number for v in Verdict.objects.filter(is_current=True)] == [1]


def test_accepting_at_once_asks_first_marks_the_votes_and_can_be_undone(session):
    client = judges(session)[0]
    text = page(client, "review_items", session.pk)
    numbers = re.findall(r'name="numbers" value="(\d+)"', text)
    form: dict[str, Any] = {"least": "0.85", "numbers": numbers, "token": uuid.uuid4()}
    asked = client.post(url("review_accept", session.pk), form)
    assert not Verdict.objects.exists()
    count = len(re.findall(r'name="numbers"', asked.content.decode()))
    assert f"Accept {count} items as the comparison proposes?" in asked.content.decode()
    done = client.post(url("review_accept", session.pk), form | {"confirmed": "1"}, follow=True)
    assert f"{count} items accepted at once." in said(done)
    assert Verdict.objects.filter(bulk=form["token"]).count() == count
    assert "(at once)" in page(client, "review_items", session.pk, show="all")
    undo = found(r'action="(/sessions/\d+/undo/\?bulk=[\w-]+)"', done.content.decode())[1]
    cast(client, first(session, sort="lone"), "unsure")
    assert "something else since" in said(client.post(undo, follow=True))
    client.post(url("review_undo", session.pk))
    client.post(undo)
    assert not Verdict.objects.filter(is_current=True).exists()


@pytest.mark.parametrize("least", ["", "2", "-1", "much", "nan"])
def test_a_probability_that_is_none_accepts_nothing(session, least):
    client = judges(session)[0]
    form = {"least": least, "numbers": ["1", "5"], "token": uuid.uuid4(), "confirmed": "1"}
    response = client.post(url("review_accept", session.pk), form, follow=True)
    assert not Verdict.objects.exists()
    assert said(response)


def test_a_pair_that_was_missed_is_picked_from_two_articles(session):
    client = judges(session)[0]
    text = page(client, "review_add", session.pk, left=0, right=2)
    a = re.findall(r'name="a" value="(0\.\d+)"', text)[-1]
    b = re.findall(r'name="b" value="(2\.\d+)"', text)[-1]
    form = {"a": a, "b": b, "comparison": session.comparison_id}
    response = client.post(url("review_add", session.pk), form, follow=True)
    item = first(session, sort="added")
    assert response.redirect_chain[-1][0] == item.get_absolute_url()
    response = client.post(url("review_add", session.pk), form | {"b": ""})
    assert "Choose a sentence on the right" in response.content.decode()
    response = client.post(url("review_add", session.pk), form | {"b": a}, follow=True)
    assert "two different articles" in said(response)


# Notes


def test_a_note_stands_beside_the_votes_and_is_none(session):
    client, item = judges(session)[0], first(session, relation="agree")
    form = {"text": "  <script>alert(1)</script> See page 3.  ", "token": uuid.uuid4()}
    address = url("review_note", session.pk, item.number)
    client.post(address, form)
    client.post(address, form)
    assert Note.objects.get().text == "<script>alert(1)</script> See page 3."
    text = page(client, "review_item", session.pk, item.number)
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("text", "says"), [("   \n ", "Write something"), ("x" * 100_001, "at most 5,000"), ("x" * 5001, "5001")]
)
def test_a_note_that_says_nothing_or_far_too_much_is_not_kept(session, text, says):
    client = judges(session)[0]
    response = client.post(url("review_note", session.pk, 1), {"text": text, "token": uuid.uuid4()})
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Note.objects.exists()


# Blind, open, revealed


def test_in_a_blind_pass_nobody_sees_what_others_answered_nor_who_they_are(session):
    ann, ben = judges(session)
    item = first(session, relation="agree")
    cast(ann, item, "apart")
    ann.post(url("review_note", session.pk, item.number), {"text": "Odd wording.", "token": uuid.uuid4()})
    name = str(session.participants.order_by("pk")[0])
    viewer = client_of(make_member(session.story.newsroom, Role.VIEWER))
    for client in (ben, editor(session), viewer):
        for address in [
            item.get_absolute_url(),
            url("review", session.pk),
            url("review_items", session.pk) + "?show=all",
            url("review_items", session.pk) + "?show=disputed",
            url("review_trail", session.pk) + "?check=1",
            url("story_reviews", session.story_id),
        ]:
            text = client.get(address).content.decode()
            for secret in (name, "not the same claim.", "Odd wording", f"judged item {item.number}"):
                assert secret not in text, (address, secret)
    mine = page(ann, "review_item", session.pk, item.number)
    assert "You said: not the same claim" in mine
    assert "Odd wording" in mine
    assert f"judged item {item.number}" in page(ann, "review_trail", session.pk)


def test_after_the_reveal_everyone_sees_the_votes_and_the_figures_with_their_n(session):
    ann, ben = judges_of(session)
    judge_all(session, ann)
    vote(first(session, relation="agree"), ben, APART)
    response = editor(session).post(url("review_reveal", session.pk), follow=True)
    text = response.content.decode()
    assert "How far the judges agree" in text
    assert re.search(r"All items</th><td>0%</td><td>0\.00</td><td>1</td>", text)
    item = first(session, relation="agree")
    text = page(judges(session)[0], "review_item", session.pk, item.number)
    for participant in session.participants.all():
        assert f"<b>{participant}</b>" in text
    assert f"judged item {item.number}: not the same claim" in page(editor(session), "review_trail", session.pk)


def test_in_an_open_pass_one_sees_who_looks_at_an_item_until_they_go_on(story):
    session = make_session(story, is_blind=False)
    ann, ben = judges(session)
    name = str(session.participants.order_by("pk")[0])
    page(ann, "review_item", session.pk, 3)
    assert f"Being looked at by {name}." in page(ben, "review_item", session.pk, 3)
    page(ann, "review_item", session.pk, 4)
    assert "Being looked at" not in page(ben, "review_item", session.pk, 3)
    page(ann, "review_item", session.pk, 3)
    Participant.objects.update(looks_until="2026-01-01T00:00Z")
    assert "Being looked at" not in page(ben, "review_item", session.pk, 3), "a lease runs out"


def test_the_sessions_page_tells_for_each_person_what_is_done_unsure_and_left(story):
    session = make_session(story, is_blind=False, judges=1)
    ann, ben = judges(session)
    seat = session.participants.order_by("pk")[0].seats.all()[0]
    cast(ann, seat.item, "unsure")
    text = page(ben, "review", session.pk)
    first_judge = session.participants.order_by("pk")[0]
    left = first_judge.dealt - 1
    assert re.search(rf"{first_judge}</th><td>1</td><td>1</td><td>{left}</td>", text)


def test_an_editor_decides_what_is_disputed_beside_the_votes(session):
    ann, ben = judges_of(session)
    item = first(session, relation="agree")
    vote(item, ann, AGREE)
    vote(item, ben, APART)
    reveal(session)
    client = editor(session)
    for show in ("disputed", "undecided"):
        assert f'href="{item.get_absolute_url()}"' in page(client, "review_items", session.pk, show=show)
    assert "Decide what is disputed" in page(client, "review", session.pk)
    address = url("review_decide", session.pk, item.number)
    without = client.post(address, ballot(item, "agree"))
    assert "Say why" in without.content.decode()
    client.post(address, ballot(item, "agree", reason="The same <b>event</b>."))
    text = page(judges(session)[0], "review_item", session.pk, item.number)
    assert "The same &lt;b&gt;event&lt;/b&gt;." in text
    assert item.verdicts.count() == 2
    assert "Nothing is left to decide." in page(client, "review_items", session.pk, show="undecided")
    assert "Decide what is disputed" not in page(client, "review", session.pk)


def test_votes_end_after_a_warning_while_answers_are_missing(session):
    ann, ben = judges_of(session)
    judge_all(session, ann)
    missing = session.participants.get(pk=ben.participant).dealt
    assert f"{missing} answers are still missing." in page(editor(session), "review", session.pk)
    judge_all(session, ben)
    assert "still missing" not in page(editor(session), "review", session.pk)


def test_agreement_is_left_out_where_no_two_people_judged_the_same(story):
    session = make_session(story, is_blind=False, judges=1)
    ann, ben = judges_of(session)
    vote(first(session, number=1), ann, UNSURE)
    vote(first(session, number=2), ben, UNSURE)
    assert "once two people have judged the same item" in page(editor(session), "review", session.pk)


def test_a_sealed_session_says_so_and_takes_nothing_until_it_is_reopened(session):
    reveal(session)
    client, judge, item = editor(session), judges(session)[0], first(session)
    client.post(url("review_seal", session.pk))
    assert "sealed: nothing in it can be changed" in page(judge, "review_item", session.pk, item.number)
    assert "This session is sealed" in said(cast(judge, item, "unsure"))
    response = client.post(url("review_reopen", session.pk), {"because": " "}, follow=True)
    assert "Say why" in said(response)
    client.post(url("review_reopen", session.pk), {"because": "A reader wrote in.", "to_judge": "1"})
    assert "A reader wrote in." in page(judge, "review", session.pk)
    cast(judge, item, "unsure")
    assert Verdict.objects.count() == 1


def test_the_trail_is_verified_by_a_button(session):
    client = editor(session)
    cast(judges(session)[0], first(session), "unsure")
    assert "Verified: the chain is whole" in page(client, "review_trail", session.pk, check=1)
    Verdict.objects.update(answer="absent", gist="absent")
    assert "are not those that the audit trail recorded" in page(client, "review_trail", session.pk, check=1)


# A later comparison


def test_a_later_comparison_is_announced_shown_and_taken_in(story, session):
    from claims.comparison.load import load_result

    judge_all(session, judges_of(session)[0])
    result = load_result(session.comparison)
    item = next(i for i in session.items.all() if "12 passengers" in i.a_text)
    compare_again(story, **reworded(result, item.a_id, "blaze", "flash"))
    client = editor(session)
    assert "The articles were compared again since." in page(client, "review", session.pk)
    ahead = page(client, "review_catch_up", session.pk)
    assert "Need another look" in ahead
    stale = ballot(item, "agree")
    client.post(url("review_catch_up", session.pk))
    assert "need another look" in page(client, "review", session.pk)
    item.refresh_from_db()
    judge = judges(session)[0]
    late = judge.post(url("review_vote", session.pk, item.number), stale, follow=True)
    assert "was not counted" in said(late)
    assert "It goes on as" in page(judge, "review_item", session.pk, item.number)
    again = page(judge, "review_items", session.pk, show="again")
    assert "flash" in again
    assert "everything" not in again


# Who may do what


def test_a_stranger_finds_nothing_and_a_viewer_may_only_read(session):
    stranger = client_of(make_member(make_newsroom(), Role.ADMIN))
    viewer = client_of(make_member(session.story.newsroom, Role.VIEWER))
    reads = ["review", "review_items", "review_trail"]
    item = first(session)
    for name in reads:
        assert stranger.get(url(name, session.pk)).status_code == 404
        assert viewer.get(url(name, session.pk)).status_code == 200
    assert stranger.get(item.get_absolute_url()).status_code == 404
    assert 'name="answer"' not in page(viewer, "review_item", session.pk, item.number)
    for name, args in {
        "review_vote": [item.number],
        "review_undo": [],
        "review_accept": [],
        "review_reveal": [],
    }.items():
        assert viewer.post(url(name, session.pk, *args), ballot(item, "unsure")).status_code == 403
        assert stranger.post(url(name, session.pk, *args), ballot(item, "unsure")).status_code == 404
    assert not Verdict.objects.exists()


def test_a_reviewer_may_judge_but_neither_reveal_nor_seal_nor_decide(session):
    judge, item = judges(session)[0], first(session)
    for name in ("review_reveal", "review_seal", "review_reopen", "review_edit", "review_catch_up"):
        assert judge.post(url(name, session.pk), {"because": "x"}).status_code == 403
    assert judge.post(url("review_decide", session.pk, item.number), ballot(item, "absent")).status_code == 403
    assert judge.get(url("review_open", session.story_id)).status_code == 403


def test_who_is_no_judge_of_the_session_is_told_so(session):
    other = client_of(make_member(session.story.newsroom, Role.REVIEWER))
    response = cast(other, first(session), "unsure")
    assert "You are not among the judges" in said(response)
    assert not Verdict.objects.exists()


def test_a_role_that_changed_while_the_page_was_open_counts_at_once(session):
    client = judges(session)[0]
    page(client, "review_item", session.pk, 1)
    session.participants.order_by("pk")[0].membership.change_role(Role.VIEWER)
    assert cast(client, first(session), "unsure").status_code == 403


def test_items_of_another_session_or_of_a_deleted_story_are_not_there(story, session):
    client = judges(session)[0]
    assert client.get(url("review_item", session.pk, 999)).status_code == 404
    story.delete_softly()
    assert client.get(url("review", session.pk)).status_code == 404
    assert cast(client, first(session), "unsure").status_code == 404
    assert not Verdict.objects.exists()


def test_people_who_join_later_take_over_what_waits(story):
    session = make_session(story, make_people(story, 1), judges=1)
    newcomer = make_member(story.newsroom, Role.REVIEWER)
    form = {"title": session.title, "question": "", "due_on": "", "people": [newcomer.pk]}
    editor(session).post(url("review_edit", session.pk), form)
    client = client_of(newcomer)
    busy, new = session.participants.order_by("pk")
    assert "Take over half" in page(client, "review", session.pk)
    client.post(url("review_take_over", session.pk, busy.pk))
    new.refresh_from_db()
    assert new.dealt > 0
    assert "wait for you" in said(client.post(url("review_take_over", session.pk, busy.pk), follow=True))
    assert "does not judge" in said(client.post(url("review_take_over", session.pk, 999_999), follow=True))


def test_every_page_of_a_session_keeps_out_of_caches(session):
    client = judges(session)[0]
    for name in ("review", "review_items", "review_trail", "review_judge"):
        assert "no-store" in client.get(url(name, session.pk))["Cache-Control"]


@pytest.mark.parametrize("is_blind", [True, False])
def test_the_next_item_takes_at_most_eight_queries_however_many_there_are(story, is_blind):
    few = make_session(story, rows="sample", sample_size=3, is_blind=is_blind)
    many = make_session(story, few_people(few), is_blind=is_blind)
    counts = []
    for session in (few, many):
        client, other = judges(session)[0], judges_of(session)[1]
        vote(first(session, number=1), other, UNSURE)
        page(client, "review_item", session.pk, 1)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("review_item", session.pk, 1), headers=HTMX)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def few_people(session: ReviewSession) -> list[Any]:
    return [p.membership for p in session.participants.select_related("membership")]


def test_notes_and_undo_after_the_seal_are_refused_in_words(session):
    reveal(session)
    settling.seal(session.pk, session.created_by)
    client = judges(session)[0]
    response = client.post(url("review_note", session.pk, 1), {"text": "Late.", "token": uuid.uuid4()}, follow=True)
    assert "sealed" in said(response)
    assert "sealed" in said(client.post(url("review_undo", session.pk), follow=True))
    assert voting.acceptable(session, judges_of(session)[0].participant, 0).exists()


# Judges who leave


def test_an_editor_takes_a_judge_out_and_lets_them_in_again(session):
    leaver = session.participants.order_by("pk")[0]
    client = editor(session)
    assert f'Take out<span class="visually-hidden"> {leaver}</span>' in page(client, "review_edit", session.pk)
    response = client.post(url("review_take_out", session.pk, leaver.pk), follow=True)
    assert f"{leaver} does not judge in this session any more" in said(response)
    assert "took you out" in page(client_of(leaver.membership), "review", session.pk)
    again = client.post(url("review_take_out", session.pk, leaver.pk), follow=True)
    assert "does not judge in this session" in said(again), "the same form twice"
    text = page(client, "review_edit", session.pk)
    assert f'Take out<span class="visually-hidden"> {leaver}</span>' not in text
    form = {"title": session.title, "people": [leaver.membership_id]}
    client.post(url("review_edit", session.pk), form)
    assert "took you out" not in page(client_of(leaver.membership), "review", session.pk)


def test_a_form_that_is_open_when_its_judge_is_taken_out_is_answered_in_words_and_loses_none(session):
    leaver = session.participants.order_by("pk")[0]
    client, item = client_of(leaver.membership), first(session, relation="diverge")
    form = ballot(item, "diverge", kinds=["number"], a_words="12", b_words="14")
    editor(session).post(url("review_take_out", session.pk, leaver.pk))
    for headers in ({}, HTMX):
        response = client.post(url("review_vote", session.pk, item.number), form, headers=headers, follow=True)
        assert response.status_code == 200
        assert "took you out of this session" in said(response)
        assert "You answered: same claim, diverges: number (“12” against “14”)." in said(response)
    assert not Verdict.objects.exists()
    assert "took you out" in said(client.post(url("review_undo", session.pk), follow=True))


def test_in_a_blind_pass_only_editors_see_who_judges_so_that_they_can_take_somebody_out(session):
    name = str(session.participants.order_by("pk")[0])
    assert name in page(editor(session), "review_edit", session.pk)
    assert judges(session)[1].get(url("review_edit", session.pk)).status_code == 403
    assert name not in page(editor(session), "review", session.pk)


def test_in_an_open_session_whoever_was_taken_out_is_told_of_with_what_they_said(story):
    session = make_session(story, make_people(story, 3), is_blind=False)
    quiet, busy, _ = session.participants.order_by("pk")
    vote(first(session), judge_of(session, busy.membership), UNSURE)
    for leaver in (quiet, busy):
        editor(session).post(url("review_take_out", session.pk, leaver.pk))
    text = page(editor(session), "review", session.pk)
    assert f'{busy} <span class="quiet">taken out</span></th><td>1</td>' in text


def test_a_reason_and_a_note_that_come_too_late_are_told_back(session):
    reveal(session)
    client, item = editor(session), first(session, relation="agree")
    settling.seal(session.pk, session.created_by)
    form = ballot(item, "agree", reason="The desk confirmed it.")
    response = client.post(url("review_decide", session.pk, item.number), form, follow=True)
    assert "sealed" in said(response)
    assert "Your reason: The desk confirmed it." in said(response)
    note = {"text": "Ask them again.", "token": uuid.uuid4()}
    response = client.post(url("review_note", session.pk, item.number), note, follow=True)
    assert "You wrote: Ask them again." in said(response)
