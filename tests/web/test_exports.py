"""The page of exports and its files, through the web: for whom, under which name, before and after the reveal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.exports.formats import FORMATS
from claims.policies import Role
from tests.factories import make_compared_story, make_member, make_newsroom
from tests.review.makers import judge_all, judges_of, make_session, reveal

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_compared_story(), title="Before “we” print / now")


def client_of(member: Any) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def get(client: Client, session: Any, name: str) -> Any:
    return client.get(reverse("review_export", args=[session.pk, name]))


def test_the_page_lists_every_format_with_what_it_is_for(session):
    client = client_of(session.created_by)
    page = client.get(reverse("review_exports", args=[session.pk])).content.decode()
    for name, made in FORMATS.items():
        assert reverse("review_export", args=[session.pk, name]) in page
        assert made.purpose in page
    assert "session-export.schema" in page
    assert "not revealed yet" in page
    assert reverse("review_exports", args=[session.pk]) in client.get(session.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_viewer_gets_every_file_under_a_safe_name(session, name):
    reveal(session)
    viewer = client_of(make_member(session.story.newsroom, Role.VIEWER))
    response = get(viewer, session, name)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == FORMATS[name].content_type
    named = response.headers["Content-Disposition"].removeprefix('attachment; filename="').removesuffix('"')
    assert named.startswith(f"session-{session.pk}-before-we-print-now-")
    assert named.endswith(FORMATS[name].extension)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_before_the_reveal_everyone_gets_their_own_votes_only(session):
    ann, ben = judges_of(session)
    judge_all(session, ann)
    judge_all(session, ben)
    for judge in (ann, ben):
        client = client_of(session.participants.get(pk=judge.participant).membership)
        found = json.loads(get(client, session, "json").content)
        assert {vote["by"] for item in found["items"] for vote in item["votes"]} == {judge.number}
    found = json.loads(get(client_of(session.created_by), session, "json").content)
    assert not [vote for item in found["items"] for vote in item["votes"]]
    reveal(session)
    found = json.loads(get(client_of(session.created_by), session, "json").content)
    assert {vote["by"] for item in found["items"] for vote in item["votes"]} == {ann.number, ben.number}


def test_a_foreign_session_and_an_unknown_format_are_not_there(session):
    outsider = client_of(make_member(make_newsroom(), Role.ADMIN))
    assert get(outsider, session, "json").status_code == 404
    assert get(client_of(session.created_by), session, "doc").status_code == 404


def test_a_file_takes_few_queries_however_much_it_holds(session, django_assert_max_num_queries):
    for judge in judges_of(session):
        judge_all(session, judge)
    reveal(session)
    client = client_of(session.created_by)
    with django_assert_max_num_queries(16):
        get(client, session, "xlsx")
