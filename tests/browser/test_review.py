"""Judging in a real browser: by keys, mouse and selected words, offline, two people at once, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import DESKTOP, TIMEOUT_MS, OpenPage
from .site import Site

#: A session of two reviewers, opened by an editor; items 1 and 2 are pairs that diverge, 3 is a pair that agrees.
MAKE = """
import json, uuid
from django.conf import settings
from django.test import Client
from claims.policies import Role
from claims.review.opening import Plan, open_session
from tests.factories import make_compared_story, make_member, make_person

story = make_compared_story(outlets=2, sentences=6, shared=3, title="Fire on the ferry, to be judged")
def member(name, role):
    return make_member(story.newsroom, role, make_person(email=f"{uuid.uuid4()}@news.example", name=name))
def cookie(member):
    client = Client()
    client.force_login(member.person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies["sessionid"].value
judges = [member("Bea Lund", Role.REVIEWER), member("Carl Moe", Role.REVIEWER)]
editor = member("Edda Vik", Role.EDITOR)
session = open_session(story.comparisons.get(), editor, Plan("Before we print", judges, order="urgent"))
pairs = {i.b_text: i.number for i in session.items.all() if i.b_text}
print(json.dumps({
    "address": session.get_absolute_url(), "pk": session.pk,
    "number": pairs["The blaze left 14 passengers in hospital."], "count": session.items.count(),
    "bea": cookie(judges[0]), "carl": cookie(judges[1]), "edda": cookie(editor),
}))
"""
VOTES = """
import json
from claims.models import Verdict
votes = Verdict.objects.filter(item__session={pk}).order_by("pk")
print(json.dumps({{"votes": [
    [v.item.number, v.participant.membership.person.name, v.gist, v.is_current, v.a_start, v.a_end] for v in votes
]}}))
"""

#: Carl is told by the newsroom's admin that he only reads from now on; the session is sealed by its editor.
DEMOTE = """
import json
from claims.models import ReviewSession
carl = ReviewSession.objects.get(pk={pk}).participants.get(membership__person__name="Carl Moe").membership
carl.change_role(10)
print(json.dumps({{}}))
"""
SEAL = """
import json
from claims.models import ReviewSession
from claims.review import settling
session = ReviewSession.objects.get(pk={pk})
settling.reveal(session.pk, session.created_by)
settling.seal(session.pk, session.created_by)
print(json.dumps({{}}))
"""

As = Callable[..., Page]


class Room:
    """A session, and what was voted in it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.made = site.rows(MAKE)
        self.address: str = self.made["address"]
        self.number: int = self.made["number"]

    def item(self, number: int | None = None) -> str:
        return f"{self.address}items/{number or self.number}/"

    def votes(self) -> list[Any]:
        return self.site.rows(VOTES.format(pk=self.made["pk"]))["votes"]

    def current(self) -> list[tuple[int, str, str]]:
        return [(number, name, gist) for number, name, gist, is_current, *_ in self.votes() if is_current]


@pytest.fixture
def room(site: Site) -> Room:
    return Room(site)


@pytest.fixture
def as_(open_page: OpenPage, room: Room, site: Site) -> As:
    """``as_("bea")``: a browser of their own in which this person is logged in."""

    def open_as(name: str, **options: Any) -> Page:
        page = open_page(is_logged_in=False, **options)
        page.context.add_cookies([{"name": "sessionid", "value": room.made[name], "url": site.origin}])
        return page

    return open_as


@pytest.fixture
def offline_page(browser: Browser, room: Room, site: Site) -> Iterator[Page]:
    """Bea's browser, whose console may complain: its connection is cut."""
    width, height = DESKTOP
    context = browser.new_context(base_url=site.origin, viewport={"width": width, "height": height})
    context.add_cookies([{"name": "sessionid", "value": room.made["bea"], "url": site.origin}])
    context.set_default_timeout(TIMEOUT_MS)
    yield context.new_page()
    context.close()


def answer(page: Page, name: str) -> None:
    page.get_by_role("group", name="Your answer").get_by_role("button", name=name).click()


def title(page: Page) -> Any:
    return page.locator("#item-title")


def test_two_people_judge_the_same_item_blind_at_once_and_both_votes_land(as_: As, room: Room):
    bea, carl = as_("bea"), as_("carl")
    for page in (bea, carl):
        page.goto(room.item())
    bea.keyboard.press("d")
    carl.keyboard.press("n")
    for page in (bea, carl):
        expect(title(page)).not_to_have_text(re.compile(rf"Item {room.number}:"))
    assert set(room.current()) == {
        (room.number, "Bea Lund", "same diverge number"),
        (room.number, "Carl Moe", "apart"),
    }
    for address in (room.item(), room.address, f"{room.address}items/?show=all", f"{room.address}trail/"):
        carl.goto(address)
        expect(carl.locator("main")).not_to_contain_text("Bea Lund")
    edda = as_("edda")
    edda.goto(room.address)
    edda.get_by_text("End the votes", exact=True).click()
    expect(edda.get_by_text("answers are still missing")).to_be_visible()
    edda.get_by_role("button", name="End the votes and reveal them").click()
    carl.goto(room.item())
    expect(carl.get_by_role("region", name="What the judges said")).to_contain_text("Bea Lund: same claim, diverges")
    edda.goto(f"{room.address}items/?show=disputed")
    edda.get_by_role("link", name=re.compile(rf"Item {room.number}$")).click()
    edda.get_by_label("Why it is decided so").fill("Both tell of the same hospital.")
    edda.get_by_role("button", name="Same claim, they diverge").click()
    expect(edda.locator("#messages")).to_contain_text(f"Item {room.number} is decided")


def test_keys_judge_choose_kinds_move_and_undo(as_: As, room: Room):
    page = as_("bea")
    page.goto(room.item())
    page.keyboard.press("2")
    expect(page.get_by_role("checkbox", name="Date or time")).to_be_checked()
    page.keyboard.press("1")
    expect(page.get_by_role("checkbox", name="Number")).not_to_be_checked()
    page.keyboard.press("d")
    expect(page.locator("#messages")).to_contain_text("same claim, diverges: date or time")
    page.keyboard.press("z")
    expect(page.locator("#messages")).to_contain_text("was taken back")
    expect(title(page)).to_contain_text(f"Item {room.number}:")
    assert room.current() == []
    page.keyboard.press("j")
    expect(title(page)).to_contain_text(f"Item {room.number + 1}:")
    expect(page).to_have_url(re.compile(rf"/items/{room.number + 1}/$"))
    page.keyboard.press("k")
    expect(title(page)).to_contain_text(f"Item {room.number}:")


def test_keys_do_nothing_while_one_types_and_can_be_changed(as_: As, room: Room):
    page = as_("bea")
    page.goto(room.item())
    page.get_by_label("Add a note").press_sequentially("yes, do undo")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator(".notes")).to_contain_text("yes, do undo")
    assert room.votes() == []
    page.locator("body").press("?")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("unsure").fill("j")
    sheet.get_by_label("unsure").blur()
    expect(sheet).to_contain_text("“j” is taken")
    sheet.get_by_label("unsure").fill("x")
    sheet.get_by_label("unsure").blur()
    sheet.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("u")
    page.keyboard.press("x")
    expect(page.locator("#messages")).to_contain_text(f"Item {room.number}: unsure")


def test_a_double_click_judges_one_item_once(as_: As, room: Room):
    page = as_("bea")
    page.goto(room.item())
    button = page.get_by_role("button", name="Not the same claim")
    button.dblclick()
    expect(title(page)).not_to_have_text(re.compile(rf"Item {room.number}:"))
    page.wait_for_timeout(300)
    assert room.current() == [(room.number, "Bea Lund", "apart")]


def test_the_back_button_leads_to_what_one_said_and_another_answer_takes_its_place(as_: As, room: Room):
    page = as_("bea")
    page.goto(room.item())
    answer(page, "Not the same claim")
    expect(title(page)).not_to_have_text(re.compile(rf"Item {room.number}:"))
    page.go_back()
    expect(title(page)).to_contain_text(f"Item {room.number}:")
    expect(page.get_by_text("You said: not the same claim.")).to_be_visible()
    answer(page, "Unsure")
    expect(page.locator("#messages")).to_contain_text(f"Item {room.number}: unsure")
    assert room.current() == [(room.number, "Bea Lund", "unsure")]
    assert [gist for _, _, gist, *_ in room.votes()] == ["apart", "unsure"]


def test_a_role_changed_while_one_judges_is_told_there_and_what_was_typed_stays(as_: As, room: Room):
    page = as_("carl")
    page.goto(room.item())
    page.locator("#a-words").fill("blaze left 12")
    room.site.rows(DEMOTE.format(pk=room.made["pk"]))
    answer(page, "Same claim, they diverge")
    expect(page.locator("#messages")).to_contain_text("You are a viewer here.")
    expect(page.locator("#a-words")).to_have_value("blaze left 12")
    page.reload()
    expect(page.get_by_role("button", name="Unsure")).to_have_count(0)
    assert room.votes() == []


def test_an_answer_to_a_session_sealed_meanwhile_is_told_not_to_count(as_: As, room: Room):
    page = as_("bea")
    page.goto(room.item())
    room.site.rows(SEAL.format(pk=room.made["pk"]))
    page.keyboard.press("n")
    expect(page.locator("#messages")).to_contain_text("This session is sealed")
    expect(page.get_by_role("button", name="Unsure")).to_have_count(0)
    assert room.votes() == []


def test_a_vote_kept_while_offline_is_not_counted_for_whoever_may_not_judge_any_more(offline_page: Page, room: Room):
    page = offline_page
    page.goto(room.item())
    page.context.set_offline(True)
    page.keyboard.press("n")
    expect(page.locator("#messages")).to_contain_text("Your answer is kept in this browser")
    room.site.rows(SEAL.format(pk=room.made["pk"]))
    page.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("This session is sealed")
    assert room.votes() == []


def test_a_lost_connection_keeps_the_vote_says_so_and_sends_it_once(offline_page: Page, room: Room):
    page = offline_page
    page.goto(room.item())
    page.context.set_offline(True)
    page.keyboard.press("n")
    expect(page.locator("#messages")).to_contain_text("Your answer is kept in this browser")
    assert room.votes() == []
    page.context.set_offline(False)
    expect(title(page)).not_to_have_text(re.compile(rf"Item {room.number}:"))
    assert room.current() == [(room.number, "Bea Lund", "apart")]
    page.reload()
    page.wait_for_load_state("networkidle")
    assert len(room.votes()) == 1


def test_a_kept_vote_survives_leaving_the_page(offline_page: Page, room: Room):
    page = offline_page
    page.goto(room.item())
    page.context.set_offline(True)
    page.keyboard.press("u")
    expect(page.locator("#messages")).to_contain_text("is kept in this browser")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(room.item(1))
    expect(page).not_to_have_url(re.compile(r"/items/1/$"))
    assert page.evaluate("localStorage.getItem('review-votes')") == "[]"
    assert (room.number, "Bea Lund", "unsure") in room.current()


def test_the_words_that_differ_are_chosen_by_selecting_them(as_: As, room: Room):
    page = as_("bea")
    page.goto(room.item())
    page.evaluate(
        """() => {
            const sentence = document.querySelector('[data-side="a"]');
            const range = document.createRange();
            range.setStart(sentence.firstChild, 4);
            range.setEnd(sentence.lastChild, 4);
            const selection = getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
        }"""
    )
    expect(page.locator("#a-words")).to_have_value("blaze left 12 pas")
    answer(page, "Same claim, they diverge")
    expect(page.locator("#messages")).to_contain_text("diverges: number")
    assert room.votes()[0][-2:] == [4, 21]


def test_a_lone_sentence_is_judged_by_keys_too(as_: As, room: Room):
    page = as_("bea")
    page.goto(f"{room.address}items/?show=all")
    page.locator(".item-line", has=page.locator(".badge-unique")).first.get_by_role("link").click()
    expect(title(page)).to_contain_text("only here?")
    page.keyboard.press("n")
    expect(page.get_by_role("alert")).to_contain_text("Choose the sentence")
    page.keyboard.press("1")
    page.keyboard.press("n")
    expect(page.locator("#messages")).to_contain_text("found elsewhere")


def test_without_scripts_everything_is_judged(as_: As, room: Room):
    page = as_("bea", java_script_enabled=False)
    page.goto(f"{room.address}judge/")
    for _ in range(room.made["count"]):
        answer(page, "Unsure")
    expect(page.locator("#messages")).to_contain_text("everything that was dealt to you")
    assert len(room.current()) == room.made["count"]
    page.locator("#messages").get_by_role("button", name="Undo").first.click()
    expect(page.locator("#messages")).to_contain_text("was taken back")
