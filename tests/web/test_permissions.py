"""Every address of the program, asked by everyone: nobody in particular, someone of another newsroom, and each role.

The addresses are those of the URLconf; what each needs stands in ``NEEDS`` a second time, for comparison with what the
views say. A new address fails here until it is written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from claims.ingest import fetch
from claims.models import Invitation, Job, Membership, ReviewSession, ShareLink, Story
from claims.pipeline.types import UnusableInput
from claims.policies import Role
from claims.review.opening import Plan, open_session
from claims.views.access import policy_of
from tests.factories import make_compared_story, make_member, make_newsroom

pytestmark = pytest.mark.django_db

WORLD, MEMBER, ALONE = "the whole world", "whoever is logged in", "whoever works on a laptop without login"
VIEWER, REVIEWER, EDITOR, ADMIN = Role.VIEWER, Role.REVIEWER, Role.EDITOR, Role.ADMIN
API = "whoever shows a token, and nobody's login: tests/api/test_permissions.py"
NONE = None  # the address does not answer this method

#: What is answered alike to everyone who asks.
ALIKE = {NONE: {405}, WORLD: {200, 302, 403, 404, 422}, ALONE: {404}, API: {401}}

#: Who gets an answer: to GET, to POST.
NEEDS: dict[str, tuple[Any, Any]] = {
    "stories": (MEMBER, NONE),
    "story_create": (NONE, MEMBER),
    "story_rename": (NONE, EDITOR),
    "story_archive": (NONE, EDITOR),
    "story_unarchive": (NONE, EDITOR),
    "story_delete": (NONE, EDITOR),
    "story_undelete": (NONE, EDITOR),
    "story": (VIEWER, NONE),
    "story_side_by_side": (VIEWER, NONE),
    "story_matrix": (VIEWER, NONE),
    "story_quotations": (VIEWER, NONE),
    "claim": (VIEWER, NONE),
    "story_threshold": (VIEWER, EDITOR),
    "story_articles": (VIEWER, EDITOR),
    "article": (VIEWER, EDITOR),
    "article_outlet": (NONE, EDITOR),
    "article_remove": (NONE, EDITOR),
    "article_put_back": (NONE, EDITOR),
    "article_up": (NONE, EDITOR),
    "article_down": (NONE, EDITOR),
    "article_versions": (VIEWER, NONE),
    "article_restore": (NONE, EDITOR),
    "article_fetch": (NONE, EDITOR),
    "article_as_version": (NONE, EDITOR),
    "article_sentences": (VIEWER, NONE),
    "sentence_split": (NONE, EDITOR),
    "sentence_join": (NONE, EDITOR),
    "sentence_role": (NONE, EDITOR),
    "sentence_undo": (NONE, EDITOR),
    "compare": (NONE, EDITOR),
    "job": (VIEWER, NONE),
    "story_reviews": (VIEWER, NONE),
    "review_open": (EDITOR, EDITOR),
    "review": (VIEWER, NONE),
    "review_edit": (EDITOR, EDITOR),
    "review_reveal": (NONE, EDITOR),
    "review_seal": (NONE, EDITOR),
    "review_reopen": (NONE, EDITOR),
    "review_catch_up": (VIEWER, EDITOR),
    "review_take_over": (NONE, REVIEWER),
    "review_take_out": (NONE, EDITOR),
    "review_trail": (VIEWER, NONE),
    "review_exports": (VIEWER, NONE),
    "review_export": (VIEWER, NONE),
    "review_items": (VIEWER, NONE),
    "review_accept": (NONE, REVIEWER),
    "review_judge": (REVIEWER, NONE),
    "review_undo": (NONE, REVIEWER),
    "review_add": (REVIEWER, REVIEWER),
    "review_item": (VIEWER, NONE),
    "review_vote": (NONE, REVIEWER),
    "review_note": (NONE, REVIEWER),
    "review_decide": (NONE, EDITOR),
    "login": (WORLD, WORLD),
    "logout": (NONE, WORLD),
    "logout_everywhere": (NONE, MEMBER),
    "forgotten": (WORLD, WORLD),
    "password_reset": (WORLD, WORLD),
    "story_share": (VIEWER, EDITOR),
    "review_share": (VIEWER, EDITOR),
    "share_revoke": (NONE, EDITOR),
    "shared": (WORLD, NONE),
    "shared_comments": (WORLD, WORLD),
    "invitation_link": (WORLD, NONE),
    "invitation": (WORLD, WORLD),
    "account": (MEMBER, NONE),
    "account_name": (NONE, MEMBER),
    "account_password": (NONE, MEMBER),
    "account_email": (NONE, MEMBER),
    "account_email_link": (WORLD, WORLD),
    "account_delete": (MEMBER, MEMBER),
    "first_account": (ALONE, ALONE),
    "newsrooms": (MEMBER, NONE),
    "newsroom": (VIEWER, ADMIN),
    "newsroom_confirmed": (VIEWER, NONE),
    "newsroom_export": (ADMIN, NONE),
    "newsroom_delete": (ADMIN, ADMIN),
    "newsroom_leave": (NONE, VIEWER),
    "member_invite": (NONE, ADMIN),
    "invitation_revoke": (NONE, ADMIN),
    "member_role": (NONE, ADMIN),
    "member_remove": (NONE, ADMIN),
    "tokens": (MEMBER, MEMBER),
    "token_revoke": (NONE, MEMBER),
    "send": (MEMBER, MEMBER),
    "api_docs": (WORLD, NONE),
    "api_schema": (WORLD, NONE),
    "api_list_newsrooms": (API, NONE),
    "api_list_members": (API, NONE),
    "api_create_story": (API, API),
    "api_read_story": (API, NONE),
    "api_add_article": (API, API),
    "api_add_article_file": (NONE, API),
    "api_read_article": (API, NONE),
    "api_list_versions": (API, NONE),
    "api_list_comparisons": (API, API),
    "api_read_job": (API, NONE),
    "api_read_comparison": (API, NONE),
    "api_list_alignments": (API, NONE),
    "api_read_session": (API, NONE),
    "api_list_items": (API, NONE),
    "api_read_item": (API, NONE),
    "api_list_verdicts": (API, NONE),
    "api_list_exports": (API, NONE),
    "api_read_export": (API, NONE),
    "api_cast_verdict": (NONE, API),
    "api_open_review": (API, API),
    "api_undo_verdict": (NONE, API),
    "api_write_note": (NONE, API),
    "api_add_pair": (NONE, API),
    "api_reveal": (NONE, API),
    "api_seal": (NONE, API),
    "api_reopen": (NONE, API),
    "api_decide": (NONE, API),
    "api_take_out_judge": (NONE, API),
    "api_catch_up_session": (NONE, API),
}


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Each route's name, its address as written in the URLconf, and the route."""
    for found in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from routes(found.url_patterns, address)
        else:
            yield found.name or address, address, found


#: What a link opens to people outside, with nothing but GET, besides what is there for the whole world.
OPENED = {
    "story": {"story", "story_side_by_side", "story_matrix", "story_quotations", "claim"},
    "session": {"review", "review_items", "review_item", "review_export"},
}
NAMES = sorted(name for name, _, _ in routes())


@dataclass
class World:
    """A newsroom with one of everything, and who asks for it."""

    clients: dict[str, Client]
    arguments: dict[str, Any]

    def address(self, name: str, route: str) -> str:
        """The route's address of this newsroom's things: ``pk`` is what the first word of the address is about."""
        owner = route.partition("/")[0]
        wanted = next(found for called, _, found in routes() if called == name).pattern.converters
        chosen = {key: self.arguments.get(f"{owner} {key}", self.arguments.get(key)) for key in wanted}
        return reverse(name, kwargs=chosen)


@pytest.fixture
def world(settings, monkeypatch) -> World:
    monkeypatch.setattr(fetch, "fetch_article", no_page)
    settings.ON_A_LAPTOP = False
    settings.CLAIMS_JOBS = "database"
    newsroom = make_newsroom("Harbour Post")
    members = {role.label: make_member(newsroom, role) for role in Role}
    story = make_compared_story(outlets=2, sentences=8, shared=4)
    story.newsroom = newsroom
    story.save()
    comparison = story.comparisons.get()
    review = open_session(comparison, members["editor"], Plan("Check the numbers", [*members.values()], is_blind=False))
    invitation, token = Invitation.objects.invite(newsroom, "new@news.example", Role.VIEWER, members["admin"])
    clients = {label: logged_in(member) for label, member in members.items()}
    elsewhere = make_member(make_newsroom("Daily Courier"), Role.ADMIN)
    arguments = {
        "stories pk": story.pk,
        "articles pk": story.articles.all()[0].pk,
        "jobs pk": Job.objects.create(story=story, state=Job.State.FAILED, error="No memory.").pk,
        "sessions pk": review.pk,
        "newsrooms pk": newsroom.pk,
        "api pk": story.pk,
        "stories number": 1,
        "articles number": 1,
        "api number": 1,
        "sessions number": review.items.all()[0].number,
        "newsrooms number": members["viewer"].number,
        "name": "html",
        "other": members["viewer"].number,
        "links pk": ShareLink.objects.share(story, members["editor"], 7)[0].pk,
        "invitation": invitation.pk,
        "token": token,
        "uidb64": "MQ",
    }
    return World({"nobody": Client(), "outsider": logged_in(elsewhere), **clients}, arguments)


def no_page(url: str) -> None:
    raise UnusableInput("There is no such page.")


def logged_in(member: Membership) -> Client:
    client = Client()
    assert member.person
    client.force_login(member.person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """What happens inside is taken back, in the database and in the browser."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def allows(needed: Any, asker: str) -> bool:
    if needed == MEMBER:
        return asker != "nobody"
    return asker in {role.label for role in Role} and Role[asker.upper()] >= needed


def expected(name: str, needed: Any, asker: str, method: str, is_htmx: bool) -> set[int]:
    """The status codes that an answer may have."""
    if asker == "nobody" and not {WORLD, API} & set(NEEDS[name]):
        return {302} if method == "GET" and not is_htmx else {403}
    if needed in ALIKE:
        return ALIKE[needed]
    if allows(needed, asker):
        return {200, 204, 286, 302, 400, 409, 422}
    return {404} if asker == "outsider" else {403}


def test_every_address_is_written_down_here():
    assert set(NAMES) == set(NEEDS)


def test_every_view_says_who_may_use_it():
    assert [name for name, _, route in routes() if policy_of(route.callback) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_everyone_gets_the_answer_that_their_role_allows(world: World, name: str):
    route = next(address for called, address, _ in routes() if called == name)
    address = world.address(name, route)
    wrong = []
    for asker, client in world.clients.items():
        for method, needed in zip(("GET", "POST"), NEEDS[name], strict=True):
            for is_htmx in (False, True):
                headers = {"HX-Request": "true"} if is_htmx else {}
                with undone(client):
                    answer = client.generic(method, address, headers=headers)
                    answer.close()
                may = answer.status_code in expected(name, needed, asker, method, is_htmx)
                to_login = answer.headers.get("Location", "").startswith(reverse("login") + "?next")
                if not may or (to_login and asker != "nobody"):
                    wrong.append((asker, method, "htmx" if is_htmx else "page", answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("who", ["nobody", "outsider"])
@pytest.mark.parametrize("leads_to", OPENED)
def test_a_link_opens_what_it_leads_to_and_nothing_else(world: World, leads_to: str, who: str):
    to = (Story if leads_to == "story" else ReviewSession).objects.get()
    by = ReviewSession.objects.get().created_by
    reader = world.clients[who]
    reader.get(reverse("shared", args=[ShareLink.objects.share(to, by, 7, allows_comments=True)[1]]))
    wrong = []
    for name, route, _ in routes():
        if {WORLD, API, ALONE} & set(NEEDS[name]) or (who == "outsider" and MEMBER in NEEDS[name]):
            continue
        for method in ("GET", "POST"):
            for headers in ({}, {"HX-Request": "true"}):
                with undone(reader):
                    answer = reader.generic(method, world.address(name, route), headers=headers)
                    answer.close()
                is_open = name in OPENED[leads_to] and method == "GET"
                if is_open != (answer.status_code == 200):
                    wrong.append((name, method, headers, answer.status_code))
    assert wrong == []
