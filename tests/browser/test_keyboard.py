"""Everything by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from . import ways
from .places import Places

MOST_TABS = 60


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what the selector names has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with {MOST_TABS} tabs")


def focused_claims(page: Page) -> str | None:
    return page.evaluate("document.activeElement.dataset.claims")


def test_the_first_tab_leads_past_the_header(page: Page, places: Places):
    page.goto(places["side by side"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_enter_on_a_sentence_opens_its_claim_and_escape_returns_to_it(page: Page, places: Places):
    page.goto(places["side by side"])
    tab_to(page, "a.s-diverge")
    claims = focused_claims(page)
    page.keyboard.press("Enter")
    heading = ways.panel(page).get_by_role("heading", level=2)
    expect(heading).to_be_focused()
    expect(heading).to_contain_text(f"Claim {claims}")
    tab_to(page, "aside a")
    page.keyboard.press("Escape")
    expect(ways.panel(page).get_by_role("article")).to_have_count(0)
    assert focused_claims(page) == claims


def test_j_and_k_go_through_the_divergences(page: Page, places: Places):
    page.goto(places["side by side"])
    count = page.locator("[data-step-count]")
    page.keyboard.press("j")
    expect(count).to_have_text(re.compile(r"1 of \d"))
    expect(page.locator("a.s-diverge:focus")).to_be_in_viewport()
    first = focused_claims(page)
    page.keyboard.press("j")
    expect(count).to_have_text(re.compile(r"2 of \d"))
    assert focused_claims(page) != first
    page.keyboard.press("k")
    assert focused_claims(page) == first

    page.keyboard.press("Enter")
    heading = ways.panel(page).get_by_role("heading", level=2)
    expect(heading).to_contain_text(f"Claim {first} ")
    page.keyboard.press("j")
    expect(heading).not_to_contain_text(f"Claim {first} ")


def test_a_question_mark_shows_the_keys(page: Page, places: Places):
    page.goto(places["side by side"])
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-step-count]")).to_have_text(re.compile(r"divergences"))
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_l_lets_go_of_the_common_scrolling(page: Page, places: Places):
    page.goto(places["side by side"])
    lock = page.get_by_label("Scroll together")
    expect(lock).to_be_checked()
    page.keyboard.press("l")
    expect(lock).not_to_be_checked()


def test_keys_are_letters_while_someone_types(page: Page, places: Places):
    page.goto(places["side by side of many"])
    page.evaluate("document.querySelector('.toolbar').append(document.createElement('input'))")
    field = page.locator(".toolbar > input")
    field.press_sequentially("jkl?")
    expect(field).to_have_value("jkl?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("[data-step-count]")).to_have_text(re.compile("divergences"))
    expect(page.get_by_label("Scroll together")).to_be_checked()


def test_the_matrix_is_filtered_and_opened_with_the_keyboard(page: Page, places: Places):
    page.goto(places["matrix"])
    tab_to(page, "a.chip-diverge")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("relation=diverge"))
    tab_to(page, ".row-link")
    page.keyboard.press("Enter")
    expect(ways.panel(page).get_by_role("heading", level=2)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".row-link").first).to_be_focused()
