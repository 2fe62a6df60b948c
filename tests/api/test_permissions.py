"""Every route of the API, asked with tokens of every role and scope.

The routes are those that the API has; what each needs stands here a second time. A new route fails until it is written
down.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from claims.accounts import delete_account
from claims.api.access import Token
from claims.api.routes import api, operations
from claims.models import ApiToken
from claims.policies import Role, Scope

from .world import Program, World, token_for

READ, WRITE = ("read", Role.VIEWER), ("write", Role.EDITOR)
REVIEW, LEAD = ("review", Role.REVIEWER), ("lead", Role.EDITOR)
NEEDS = {
    "list_newsrooms": READ,
    "list_members": READ,
    "list_stories": READ,
    "create_story": WRITE,
    "read_story": READ,
    "list_articles": READ,
    "add_article": WRITE,
    "add_article_file": WRITE,
    "read_article": READ,
    "list_versions": READ,
    "start_comparison": WRITE,
    "read_job": READ,
    "list_comparisons": READ,
    "read_comparison": READ,
    "list_alignments": READ,
    "list_sessions": READ,
    "read_session": READ,
    "list_items": READ,
    "read_item": READ,
    "list_verdicts": READ,
    "list_exports": READ,
    "read_export": READ,
    "cast_verdict": REVIEW,
    "undo_verdict": REVIEW,
    "write_note": REVIEW,
    "add_pair": REVIEW,
    "open_review": LEAD,
    "reveal": LEAD,
    "seal": LEAD,
    "reopen": LEAD,
    "decide": LEAD,
    "take_out_judge": LEAD,
    "catch_up_session": LEAD,
}
#: About everything that the asker may see, so that there is nothing to be hidden.
OF_ONE_S_OWN = {"list_newsrooms", "list_stories"}
ROUTES = {operation.view_func.__name__: (path, operation) for path, operation in operations()}


def ask(world: World, name: str, program: Program) -> int:
    """The status of the answer; what the request changed is taken back."""
    path, operation = ROUTES[name]
    with transaction.atomic():
        world.prepare(name)
        answer = program.send(operation.methods[0], world.address(path), world.body(name))
        transaction.set_rollback(True)
    assert answer["Content-Type"].startswith("application/json")
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code


def test_every_route_is_written_down_here():
    assert set(ROUTES) == set(NEEDS)


def test_every_route_names_an_action_and_without_one_nobody_is_answered(rf):
    for _, operation in ROUTES.values():
        assert [type(callback) for callback in operation.auth_callbacks] == [Token]
    assert isinstance(api.auth, list)
    [refusing] = api.auth  # what a route has that says nothing
    assert refusing(rf.get("/", headers={"Authorization": "Bearer claims_x"})) is None


@pytest.mark.parametrize("name", sorted(NEEDS))
def test_everyone_gets_the_answer_that_scope_and_role_allow(world: World, name: str):
    scope_needed, role_needed = NEEDS[name]
    wrong = []
    for role in Role:
        for scope in Scope:
            status = ask(world, name, world.program(role.label, scope))
            may = scope == scope_needed and role >= role_needed
            if (status in {200, 201, 202}) != may or (not may and status != 403):
                wrong.append((role.label, scope.value, status))
    assert wrong == []


@pytest.mark.parametrize("name", sorted(NEEDS))
def test_what_belongs_to_others_is_not_there(world: World, name: str):
    assert ask(world, name, world.program("outsider")) == (200 if name in OF_ONE_S_OWN else 404)


@pytest.mark.parametrize("name", sorted(NEEDS))
def test_a_token_that_opens_nothing_is_answered_alike_whatever_the_reason(world: World, name: str, client):
    path, operation = ROUTES[name]
    expired, revoked, gone = (token_for(world.members["admin"]) for _ in range(3))
    ApiToken.objects.filter(pk__in=[_pk(expired)]).update(expires_at=timezone.now() - timedelta(seconds=1))
    ApiToken.objects.get(pk=_pk(revoked)).revoke()
    ApiToken.objects.get(pk=_pk(gone)).delete()
    tokens = ["", "x", "claims_" + "A" * 43, expired, revoked, gone, expired + " ", "ü", "a" * 5000]
    answers = {
        (answer.status_code, answer.content, answer["WWW-Authenticate"])
        for token in tokens
        for answer in [Program(token).send(operation.methods[0], world.address(path), world.body(name))]
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 401


def _pk(words: str) -> int:
    found = ApiToken.objects.of_token(words)
    assert found
    return found.pk


def test_a_login_opens_nothing(world: World, client):
    client.force_login(world.members["admin"].person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/stories").status_code == 401
    assert client.post("/api/v1/stories", {"title": "x"}, "application/json").status_code == 401


def test_the_lists_of_others_do_not_hold_ours(world: World):
    outsider = world.program("outsider")
    assert outsider.get("stories").json()["results"] == []
    assert outsider.get("stories?q=outlet").json()["count"] == 0
    assert [room["name"] for room in outsider.get("newsrooms").json()] == ["Daily Courier"]


def test_a_role_changed_meanwhile_counts_at_once(world: World):
    editor = world.program("editor")
    assert editor.post("stories", {"title": "One"}).status_code == 201
    world.members["editor"].change_role(Role.VIEWER)
    answer = editor.post("stories", {"title": "Two"})
    assert answer.status_code == 403
    assert "takes an editor" in answer.json()["errors"]["__all__"][0]
    world.members["editor"].end()
    assert editor.get(f"stories/{world.story.pk}").status_code == 404


def test_a_token_made_before_there_was_a_scope_does_not_have_it(world: World):
    program = world.program("editor", "read", "write", "review")
    answer = program.post(f"sessions/{world.session.pk}/reveal")
    assert answer.status_code == 403
    assert "takes the scope “lead”" in answer.json()["errors"]["__all__"][0]


@pytest.mark.parametrize("name", ["cast_verdict", "reveal", "open_review"])
def test_a_token_reaches_no_further_than_its_owner_does_now(world: World, name: str):
    program = world.program("editor")
    world.members["editor"].change_role(Role.VIEWER)
    assert ask(world, name, program) == 403
    world.members["editor"].end()
    assert ask(world, name, program) == 404
    person = world.members["editor"].person
    assert person
    delete_account(person)
    assert ask(world, name, program) == 401


def test_a_refusal_names_the_scope_and_the_role(world: World):
    too_narrow = world.program("editor", "read").post("stories", {"title": "One"}).json()
    assert "takes the scope “write”" in too_narrow["errors"]["__all__"][0]
    too_low = world.program("viewer").post(f"stories/{world.story.pk}/comparisons").json()
    assert "You are a viewer here" in too_low["errors"]["__all__"][0]
    elsewhere = world.program("viewer").post("stories", {"title": "One"})
    assert elsewhere.status_code == 403
