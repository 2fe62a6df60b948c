"""The columns: what scrolls with what, what lights up, and what the lines and the map show."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenPage
from .places import Places

#: A claim in the middle of both articles of the long story.
MIDDLE = "20"


@pytest.fixture
def columns(open_page: OpenPage, places: Places) -> Page:
    page = open_page(1440, 700)
    page.goto(places["side by side at length"])
    expect(page.locator(".column")).to_have_count(2)
    page.evaluate("document.fonts.ready")
    return page


def wheel(page: Page, column: int, by: float) -> None:
    frame = page.locator(f"#column-{column}").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + 40, frame["y"] + 200)
    page.mouse.wheel(0, by)


def scroll_top(page: Page, column: int) -> float:
    return page.evaluate("column => document.getElementById(`column-${column}`).scrollTop", column)


def wait_until_scrolled(page: Page, column: int, beyond: float) -> None:
    page.wait_for_function(
        "([column, y]) => document.getElementById(`column-${column}`).scrollTop > y", arg=[column, beyond]
    )
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_scrolling_one_column_brings_what_states_the_same_to_one_height(columns: Page):
    """The sentences of a claim meet where the reader looks: at three tenths of the column's height."""
    distance = columns.evaluate(
        """(claim) => {
            const column = document.getElementById("column-0");
            const top = (element) => element.getBoundingClientRect().top;
            return top(column.querySelector(`a.s[data-claims="${claim}"]`)) - top(column) - column.clientHeight * 0.3;
        }""",
        MIDDLE,
    )
    wheel(columns, 0, distance)
    columns.wait_for_function(
        """(claim) => {
            const sentences = Array.from(document.querySelectorAll(`a.s[data-claims="${claim}"]`));
            const [a, b] = sentences.map((sentence) => sentence.getBoundingClientRect().top);
            return document.getElementById("column-1").scrollTop > 200 && Math.abs(a - b) < 4;
        }""",
        arg=MIDDLE,
    )


def test_an_unlocked_column_scrolls_alone(columns: Page):
    columns.get_by_label("Scroll together").uncheck()
    wheel(columns, 0, 600)
    wait_until_scrolled(columns, 0, 300)
    assert scroll_top(columns, 1) == 0
    columns.get_by_label("Scroll together").check()
    wheel(columns, 0, 100)
    wait_until_scrolled(columns, 1, 300)


def test_the_pointer_and_the_focus_light_the_counterparts(columns: Page):
    lit = columns.locator("a.s.is-lit")
    columns.locator('#column-0 a.s[data-claims="2"]').hover()
    expect(lit).to_have_count(2)
    expect(columns.locator('#column-1 a.s[data-claims="2"]')).to_have_class("s s-diverge is-lit")
    columns.get_by_role("heading", level=1).hover()
    expect(lit).to_have_count(0)
    columns.locator('#column-1 a.s[data-claims="3"]').focus()
    expect(columns.locator('#column-0 a.s[data-claims="3"]')).to_have_class("s s-diverge is-lit")


def test_lines_join_the_sentences_of_the_focused_claim_and_on_request_of_all(columns: Page):
    lines = columns.locator(".connectors path")
    expect(lines).to_have_count(0)
    columns.locator('#column-0 a.s[data-claims="2"]').focus()
    expect(lines).to_have_count(1)
    expect(lines).to_have_class("c-diverge")
    columns.get_by_label("All connectors").check()
    expect(columns.locator(".connectors path.c-agree.is-faint").first).to_be_attached()
    expect(columns.locator(".connectors path.c-diverge.is-faint").first).to_be_attached()


def test_the_map_counts_what_is_out_of_sight_and_leads_there(columns: Page):
    above, below = columns.locator("[data-rail-above]"), columns.locator("[data-rail-below]")
    expect(above).to_be_empty()
    expect(below).to_contain_text("≠")
    box = columns.locator(".minimap").bounding_box()
    assert box
    columns.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] * 0.7)
    wait_until_scrolled(columns, 0, 200)
    wait_until_scrolled(columns, 1, 200)
    expect(above).to_contain_text("≠")


def test_all_that_states_the_claim_in_question_comes_into_view_in_whatever_order_it_is_told(page: Page, places: Places):
    page.goto(places["side by side"])
    divergences = page.locator("#columns").get_attribute("data-divergences") or ""
    for claim in divergences.split():
        page.keyboard.press("j")
        for column in page.locator(".column").all():
            stating = column.locator(f'a.s[data-claims~="{claim}"]')
            if stating.count():
                expect(stating.first).to_be_in_viewport()


def test_what_was_opened_stays_lit_though_other_text_scrolls_under_the_pointer(columns: Page):
    columns.locator('#column-0 a.s[data-claims="12"]').click()
    expect(columns.locator("aside article")).to_be_visible()
    columns.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    for sentence in columns.locator("a.s.is-lit").all():
        expect(sentence).to_have_attribute("data-claims", "12")
    expect(columns.locator("a.s.is-lit")).to_have_count(2)


def test_differences_only_leaves_out_what_agrees_and_says_how_much(page: Page, places: Places):
    page.goto(places["side by side"])
    page.get_by_label("Differences only").check()
    expect(page.locator(".column .s-agree")).to_have_count(0)
    expect(page.locator(".gap").first).to_contain_text("without a difference")
    assert page.url.endswith("?changes=1")
    page.go_back()
    expect(page.locator(".column .s-agree").first).to_be_visible()


def test_outlets_are_chosen_and_put_first(page: Page, places: Places):
    page.goto(places["side by side of many"])
    shown = page.locator(".column")
    before = shown.count()
    page.locator(".chooser summary").click()
    page.locator(".chooser").get_by_label("Harbour Post").uncheck()
    expect(shown).to_have_count(before - 1)
    expect(page.get_by_role("heading", name="Harbour Post")).to_have_count(0)


def test_on_a_phone_one_column_is_in_view_and_its_tab_says_so(open_page: OpenPage, places: Places):
    page = open_page(390, 844)
    page.goto(places["side by side"])
    tabs = page.get_by_role("navigation", name="Outlets").get_by_role("link")
    expect(tabs.nth(0)).to_have_attribute("aria-current", "true")
    tabs.nth(2).click()
    expect(tabs.nth(2)).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("link", name="Roughly 1,900 people")).to_be_in_viewport()
