"""What a journalist does on the pages, in the page's own words. With and without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from playwright.sync_api import FilePayload, Locator, Page, expect

from claims import sample

OVERVIEW = re.compile(r"/stories/\d+/$")
ARTICLES = re.compile(r"/stories/\d+/articles/$")
JOB = re.compile(r"/jobs/\d+/$")


def create_story(page: Page, title: str) -> None:
    page.goto("/")
    page.get_by_label("What the story is about").fill(title)
    page.get_by_role("button", name="Create story").click()
    expect(page).to_have_url(ARTICLES)


def paste(page: Page, outlet: str, text: str, title: str = "") -> None:
    way = page.get_by_role("group", name="Paste a text")
    way.get_by_label("Outlet").fill(outlet)
    way.get_by_label("Title").fill(title)
    way.get_by_label("Text", exact=True).fill(text)
    way.get_by_role("button", name="Add text").click()
    expect(page.locator(".article-item").filter(has_text=outlet)).to_be_visible()


def compare(page: Page, button: str = "Compare") -> None:
    page.get_by_role("button", name=button, exact=True).click()


def compare_and_arrive(page: Page, button: str = "Compare") -> None:
    compare(page, button)
    expect(page).to_have_url(OVERVIEW)


def note_progress(page: Page) -> None:
    """From now on keep all that a reader sees of a job's progress, for ``noted_progress``."""
    page.add_init_script(NOTE_PROGRESS)


def noted_progress(page: Page) -> list[str]:
    return json.loads(page.evaluate("sessionStorage.getItem('progress') ?? '[]'"))


NOTE_PROGRESS = """
addEventListener("DOMContentLoaded", () => {
  const note = () => {
    const text = document.querySelector("#progress [role=status]")?.textContent;
    const noted = JSON.parse(sessionStorage.getItem("progress") ?? "[]");
    if (text && text !== noted.at(-1)) sessionStorage.setItem("progress", JSON.stringify([...noted, text]));
  };
  note();
  new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
});
"""


def sample_articles(dam: str) -> Iterable[tuple[str, str, str]]:
    """Outlet, title and text of the sample's articles with another dam, so that no sentence was embedded before."""
    for article in sample.read_articles():
        yield article.outlet, article.title, article.text.replace("Skellan", dam)


def paste_sample(page: Page, dam: str) -> None:
    for outlet, title, text in sample_articles(dam):
        paste(page, outlet, text, title)


def story_with(page: Page, title: str, articles: Iterable[tuple[str, str]]) -> None:
    create_story(page, title)
    for outlet, text in articles:
        paste(page, outlet, text)


def panel(page: Page) -> Locator:
    """The claim that is opened in the page."""
    return page.get_by_role("complementary", name="Claim")


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def press_unchecked(page: Page, name: str) -> None:
    """Send a form that the browser would not send, so that the server says what is wrong with it."""
    uncheck_forms(page)
    page.get_by_role("button", name=name, exact=True).first.click()


def uncheck_forms(page: Page) -> None:
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")


def decide_without_a_reason(page: Page) -> None:
    uncheck_forms(page)
    page.get_by_role("group", name="Decide").get_by_role("button").first.click()


def plan_badly(page: Page) -> None:
    for box in page.get_by_role("group", name="Who judges").get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_label("A sample").check()
    page.get_by_label("How many to draw").fill("")
    press_unchecked(page, "Open the session")


def diverge_in_nothing(page: Page) -> None:
    for box in page.get_by_role("checkbox", checked=True).all():
        box.uncheck()
    page.get_by_role("button", name="Same claim, they diverge").click()
    expect(page.get_by_role("alert")).to_be_in_viewport()


def see_what_would_be_accepted(page: Page, least: str) -> None:
    page.get_by_text("Accept at once", exact=False).first.click()
    page.get_by_label("Probability").fill(least)
    page.get_by_role("button", name="See which").click()
