"""Forms of review sessions as no page sends them: whatever comes, the answer is one of ours, and nothing is harmed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.models import ReviewSession
from claims.policies import Role
from claims.review import settling
from tests.factories import make_compared_story, make_member
from tests.review.makers import judges_of, make_people, make_session, vote
from tests.web.people import client_of

pytestmark = pytest.mark.django_db

#: Everything that a view of a session takes, by the names of its fields.
FIELDS = {
    "review_vote": "answer kinds a_words b_words a_at b_at found token fingerprint then",
    "review_decide": "answer kinds a_words b_words a_at b_at found fingerprint then reason",
    "review_note": "text token",
    "review_accept": "least numbers token confirmed",
    "review_add": "a b comparison",
    "review_edit": "title question due_on people",
    "review_reopen": "because to_judge",
    "review_open": "title question due_on people is_blind judges rows kind outlets words sample_size seed order",
}
#: What a page sends, of which the rest takes the place of something.
WHOLE = {
    "review_vote": {"answer": "agree", "token": "right token", "fingerprint": "right print"},
    "review_decide": {"answer": "agree", "reason": "One event.", "fingerprint": "right print"},
    "review_note": {"text": "See page 3.", "token": "right token"},
    "review_accept": {"least": "0.5", "numbers": "4", "token": "right token", "confirmed": "1"},
    "review_open": {"title": "T", "is_blind": "1", "judges": "1", "rows": "all", "order": "urgent", "people": "1"},
}
OF_AN_ITEM = {"review_vote", "review_decide", "review_note"}
QUERIES = {"review_judge": "after", "review_item": "in", "review_add": "left right", "review_items": "show page"}
ODD = [
    *("", " \n ", "0", "-1", "007", "²", "٣", "1e999", "nan", "inf", "0x1", "true", "None", "9" * 30, "9" * 5000),
    *("\x00", "\u202e", "👩‍🚒", "<script>alert(1)</script>", "{{ 7|add:7 }}", "'; DROP TABLE", "x" * 6000, "a" * 64),
    *("2026-02-30", "2026-12-24", "99999-01-01", str(2**31), str(2**63), str(uuid.UUID(int=0)), "../../etc/passwd"),
]
#: What pages do send, in any mixture.
SENT = [
    *("agree", "diverge", "apart", "absent", "found", "unsure", "number", "date", "0.1", "1.1", "2.3", "1", "2", "3"),
    *("all", "filter", "sample", "urgent", "reading", "unique", "Harbour Post", "waiting", "disputed", "0.5"),
]
values = st.one_of(
    st.sampled_from(ODD), st.sampled_from(SENT), st.sampled_from(["right token", "right print"]), st.text()
)
forms = {
    name: st.fixed_dictionaries(
        {}, optional={field: st.lists(values, min_size=1, max_size=3) for field in said.split()}
    )
    for name, said in (FIELDS | QUERIES).items()
}
often = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def room() -> tuple[ReviewSession, Client]:
    """A session with votes and an editor who judges in it."""
    story = make_compared_story()
    editor = make_member(story.newsroom, Role.EDITOR)
    session = make_session(story, [editor, *make_people(story, 1)], editor)
    for judge in judges_of(session):
        for item in session.items.all()[:3]:
            vote(item, judge, item.accepting)
    return session, client_of(editor.person)


def address(session: ReviewSession, name: str) -> str:
    if name == "review_open":
        return reverse(name, args=[session.story_id])
    return reverse(name, args=[session.pk, *([2] if name in OF_AN_ITEM or name == "review_item" else [])])


def filled(session: ReviewSession, form: dict[str, list[str]]) -> dict[str, list[str]]:
    right = {"right token": str(uuid.uuid4()), "right print": session.items.get(number=2).fingerprint}
    return {name: [right.get(value, value) for value in values] for name, values in form.items()}


def check(session: ReviewSession, response: Any) -> None:
    assert response.status_code in {200, 302, 403, 404, 422}
    session.refresh_from_db()
    assert settling.faults(session.pk) == []
    tally = session.tally
    session.recount()
    assert {k: v for k, v in tally.items() if any(v.values())} == session.tally


@pytest.mark.parametrize("name", sorted(FIELDS))
@pytest.mark.parametrize("is_revealed", [False, True])
def test_no_form_of_a_session_makes_the_program_stumble(room, name: str, is_revealed: bool):
    session, client = room
    if is_revealed:
        settling.reveal(session.pk, session.created_by)

    @often
    @given(forms[name])
    @example({field: ["9" * 30] for field in FIELDS[name].split()})
    @example({field: ["²"] for field in FIELDS[name].split()})
    def send(form: dict[str, list[str]]) -> None:
        with transaction.atomic():
            whole = {field: [value] for field, value in WHOLE.get(name, {}).items()}
            check(session, client.post(address(session, name), filled(session, whole | form)))
            transaction.set_rollback(True)

    send()


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_no_address_of_a_session_makes_the_program_stumble(room, name: str):
    session, client = room

    @often
    @given(forms[name])
    @example({field: ["9" * 30] for field in QUERIES[name].split()})
    @example({field: ["²"] for field in QUERIES[name].split()})
    def ask(query: dict[str, list[str]]) -> None:
        check(session, client.get(address(session, name), query))

    ask()


@pytest.mark.parametrize("number", ["0", "9" * 30, "2147483648"])
def test_items_that_no_session_can_have_are_not_there(room, number: str):
    session, client = room
    for rest in ("", "vote/", "note/", "decide/"):
        ask = client.post if rest else client.get
        response = ask(f"/sessions/{session.pk}/items/{number}/{rest}", {"reason": "x", "answer": "unsure"})
        assert response.status_code == 404
