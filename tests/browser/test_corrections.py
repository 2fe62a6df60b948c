"""A reader's corrections: each says that the comparison is out of date, one click compares again, and they stay."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from . import ways

RUN_TOGETHER = "The port closed the eastern quay , Twelve dockers were having their lunch on the western side."
FILLER = "Our reporter has been on the quay since the early hours of the morning."
HARBOUR_POST = f"The crane fell into the basin at noon on Monday. {RUN_TOGETHER} {FILLER}"
DAILY_COURIER = (
    "A crane toppled into the basin at midday on Monday. The eastern quay was closed by the port. "
    "Investigators from the capital are expected there on Wednesday."
)


@pytest.fixture
def compared(page: Page) -> Page:
    """The overview of two compared articles."""
    ways.story_with(page, "A crane falls", [("Harbour Post", HARBOUR_POST), ("Daily Courier", DAILY_COURIER)])
    ways.compare_and_arrive(page)
    return page


def test_a_split_sentence_a_changed_role_and_an_edited_text_outlive_a_new_comparison(compared: Page):
    page = compared
    overview = page.url
    page.get_by_role("link", name="Side by side").click()
    page.get_by_role("link", name="Text problem? Fix it in Harbour Post").click()
    sentences = page.locator(".sentence")
    expect(sentences).to_have_count(3)

    sentences.nth(1).get_by_role("link", name="Split").click()
    page.get_by_role("button", name="Twelve", exact=True).click()
    expect(sentences).to_have_count(4)
    expect(page.get_by_text("1 correction by readers")).to_be_visible()
    sentences.nth(3).get_by_role("button", name="Mark as boilerplate").click()
    expect(sentences.nth(3)).to_contain_text("not compared")

    page.get_by_role("link", name="Harbour Post").first.click()
    page.get_by_label("Text", exact=True).fill(HARBOUR_POST.replace("on Monday", "on Tuesday"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("was saved.")).to_be_visible()

    page.goto(overview)
    status = page.locator("#comparison-status")
    expect(status).to_contain_text("The articles changed since they were compared.")
    expect(status.get_by_role("listitem").first).to_contain_text("Harbour Post")
    ways.compare_and_arrive(page, "Compare again")
    expect(status).to_contain_text("Up to date.")

    page.get_by_role("link", name="Side by side").click()
    harbour_post = page.get_by_role("region", name="Harbour Post")
    expect(harbour_post.locator(".s")).to_have_count(4)
    expect(harbour_post.locator(".s").nth(2)).to_contain_text("Twelve dockers")
    expect(harbour_post.locator(".s-boilerplate")).to_contain_text(FILLER)
    expect(harbour_post.locator(".s").first).to_contain_text("on Tuesday")


def test_a_correction_is_undone_by_one_click(compared: Page):
    page = compared
    page.get_by_role("link", name="Side by side").click()
    page.get_by_role("link", name="Text problem? Fix it in Daily Courier").click()
    sentences = page.locator(".sentence")
    sentences.nth(0).get_by_role("button", name="Join with the next").click()
    expect(sentences).to_have_count(2)
    page.get_by_role("button", name="Undo the last correction").click()
    expect(sentences).to_have_count(3)
    expect(page.get_by_role("button", name="Undo the last correction")).to_be_disabled()


def test_boilerplate_is_compared_at_one_press_beside_the_text(compared: Page):
    page = compared
    page.get_by_role("link", name="Side by side").click()
    page.get_by_role("link", name="Our reporter has been on the quay").click()
    ways.panel(page).get_by_role("button", name="Not a claim: mark as boilerplate").click()
    expect(page.locator("#comparison-status")).to_contain_text("The articles changed since they were compared.")
    ways.compare_and_arrive(page, "Compare again")

    page.get_by_role("link", name="Side by side").click()
    page.get_by_role("button", name="Compare this").click()
    expect(page.locator("#comparison-status")).to_contain_text("The articles changed since they were compared.")
