"""Every page in every state: no violation that axe can find, and nothing that has to be scrolled sideways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from . import ways
from .conftest import OpenPage
from .places import Places

WIDTHS = {1440: 900, 390: 844}
ALL_RULES = {"resultTypes": ["violations"]}
ONLY_CONTRAST = ALL_RULES | {"runOnly": ["color-contrast"]}


def violations(page: Page) -> list[str]:
    """What axe finds in the light, and the contrasts in the dark: nothing else differs there."""
    page.emulate_media(color_scheme="light")
    found = axe(page, "light", ALL_RULES)
    page.emulate_media(color_scheme="dark")
    return found + axe(page, "dark", ONLY_CONTRAST)


def axe(page: Page, scheme: str, options: dict[str, Any]) -> list[str]:
    return [
        f"{scheme}: {rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for rule in Axe().run(page, options=options).response["violations"]
        for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation_on_any_page(open_page: OpenPage, places: Places, width: int):
    page = open_page(width, WIDTHS[width])
    found = {}
    for name, address in places.addresses.items():
        page.goto(address)
        found[name] = violations(page)
    assert not {name: those for name, those in found.items() if those}


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation_in_what_opens_on_a_page(open_page: OpenPage, places: Places, width: int):
    page = open_page(width, WIDTHS[width])
    page.goto(places["side by side"])
    page.locator("a.s-diverge").first.click()
    expect(ways.panel(page).get_by_role("article")).to_be_visible()
    assert violations(page) == [], "the panel beside the text"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == [], "the sheet of keys"

    page.goto(places["matrix"])
    page.locator(".row-link").first.click()
    expect(ways.panel(page).get_by_role("article")).to_be_visible()
    assert violations(page) == [], "the panel beside the matrix"
    page.goto(places["stories"])
    page.locator(".story-actions summary").first.click()
    assert violations(page) == [], "a story's new title"


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_violation_where_something_was_entered_wrongly(open_page: OpenPage, places: Places, width: int):
    page = open_page(width, WIDTHS[width])
    page.goto(places["stories"])
    page.get_by_label("What the story is about").fill(" ")
    page.get_by_role("button", name="Create story").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found = {"story without a title": violations(page)}

    page.goto(places["no articles"])
    page.get_by_label("Addresses").fill("http://127.0.0.1/internal")
    page.get_by_role("button", name="Fetch pages").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["articles that could not be added"] = violations(page)

    page.goto(places["article"])
    page.get_by_label("Outlet").fill(" ")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    found["article without an outlet"] = violations(page)
    assert not {name: those for name, those in found.items() if those}


WRONG = "[role=alert]"
#: Pages of a review and of people, what is done there (forms sent with mistakes, things opened), and what shows then.
DONE: dict[str, tuple[str, Callable[[Page], Any], str]] = {
    "a plan with mistakes": ("planning a session", ways.plan_badly, WRONG),
    "a session without a title": ("changing a session", lambda page: leave_empty(page, "Title", "Save"), WRONG),
    "an answer without kinds": ("judging two sentences", ways.diverge_in_nothing, WRONG),
    "a note of nothing": (
        "judging two sentences",
        lambda page: leave_empty(page, "Add a note", "Save the note"),
        WRONG,
    ),
    "a decision without a reason": ("deciding", ways.decide_without_a_reason, WRONG),
    "a pair of no sentences": ("adding a pair", lambda page: ways.press_unchecked(page, "Add as one claim"), WRONG),
    "a token without a name": ("tokens", lambda page: ways.press_unchecked(page, "Make a token"), WRONG),
    "an invitation of nobody": ("newsroom", lambda page: ways.press_unchecked(page, "Invite"), WRONG),
    "a page sent from nowhere": ("sending a page", lambda page: leave_empty(page, "Address", "Add the article"), WRONG),
    "the keys of judging": ("judging two sentences", lambda page: page.keyboard.press("?"), "dialog[open]"),
    "what would be accepted": ("items", lambda page: ways.see_what_would_be_accepted(page, "0"), "#accept"),
    "ending the votes": (
        "blind session",
        lambda page: page.get_by_text("End the votes").first.click(),
        "details[open]",
    ),
    "a link that was made": ("share", lambda page: ways.press_unchecked(page, "Make a link"), "#share-link"),
}


def leave_empty(page: Page, label: str, button: str) -> None:
    page.get_by_label(label).first.fill(" ")
    ways.press_unchecked(page, button)


def test_axe_finds_no_violation_in_what_is_done_in_a_review(open_page: OpenPage, places: Places):
    page = open_page(390, 844)
    found = {}
    for name, (place, do, shown) in DONE.items():
        page.goto(places[place])
        do(page)
        expect(page.locator(shown).first).to_be_visible()
        found[name] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, name
    assert not {name: those for name, those in found.items() if those}


def test_a_request_that_makes_no_sense_or_is_too_large_gets_a_page_that_all_can_read(page: Page, places: Places):
    page.goto(places["articles"])
    page.evaluate(
        """() => {
            const form = document.createElement("form");
            Object.assign(form, { method: "post", action: location.href });
            form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
            document.body.append(form);
            form.submit();
        }"""
    )
    expect(page.get_by_role("heading", name="That did not work")).to_be_visible()
    assert violations(page) == []

    page.goto(places["articles"])
    page.evaluate(
        """() => {
            const form = document.getElementById("add");
            const text = Object.assign(document.createElement("input"), { type: "hidden", name: "text" });
            text.value = "A crane fell. ".repeat(700_000);
            form.append(text);
            form.submit();
        }"""
    )
    expect(page.get_by_role("heading", name="Too much at once")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 1024])
def test_no_page_has_to_be_scrolled_sideways(open_page: OpenPage, places: Places, width: int):
    """Wide tables and columns scroll in boxes of their own."""
    page = open_page(width, 800)
    too_wide = {}
    for name, address in places.addresses.items():
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide[name] = page.evaluate(WIDER_THAN_THE_PAGE)
    assert not too_wide


WIDER_THAN_THE_PAGE = """
Array.from(document.querySelectorAll("body *"))
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
  .map((element) => `${element.tagName}.${element.className}`).slice(0, 5)
"""
