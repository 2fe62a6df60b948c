"""What holds on every page, and what articles that were written to do harm cannot do."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page, expect

from . import ways
from .places import Places


def test_every_page_sends_a_content_policy_and_speaks_to_no_other_host(page: Page, places: Places):
    """The page fixture fails for an error in the console and for a request to another host."""
    for name, address in places.addresses.items():
        answer = page.goto(address)
        assert answer, name
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        page.wait_for_load_state("load")


SCRIPT = "<script>alert('script')</script>"
IMAGE = '<img src="//evil.example/x" onerror="alert(this)">'
BREAKOUT = "\"'><svg onload=alert(name)>"
TEMPLATE = "{{ request }}{% now %}"
DIVERGING = (
    f"Police said on Monday that 12 people were hurt in Karsund {SCRIPT}.",
    f"Police said on Monday that 14 people were hurt in Karsund {IMAGE}.",
)
ALONE = f"The mayor of the island {BREAKOUT} javascript:alert(name) opened an orchard {TEMPLATE} with his own hands."


def test_hostile_text_is_shown_as_text_on_every_page(page: Page):
    """Nothing of it runs: the page fixture fails for a dialog, an error in the console and a request elsewhere."""
    title = f"Story {SCRIPT}{IMAGE}{BREAKOUT}"
    outlets = (f"Post {SCRIPT}", f"Courier {IMAGE}")
    ways.create_story(page, title)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    for outlet, text in zip(outlets, DIVERGING, strict=True):
        ways.paste(page, outlet, f"{text}\n{ALONE if outlet == outlets[0] else ''}", title=f"Title {BREAKOUT}")
    page.get_by_label("Files", exact=True).set_input_files([ways.file(f"{IMAGE[:-2]}>.exe", b"MZ\0\1\2")])
    page.get_by_role("button", name="Add files").click()
    expect(page.get_by_role("alert").last).to_contain_text("onerror=")

    articles = page.url
    page.get_by_role("link", name=f"Edit Post {SCRIPT}").click()
    page.get_by_label("Byline").fill(BREAKOUT)
    page.get_by_label("Address").evaluate("field => { field.type = 'text'; field.value = 'javascript:alert(name)'; }")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").last).to_contain_text("https://")
    page.get_by_label("Address").fill("https://evil.example/?\"'><script>alert(name)</script>")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("was saved.")).to_be_visible()

    page.goto(articles)
    ways.compare_and_arrive(page)
    overview = page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    findings = page.get_by_role("region", name="Where they diverge most")
    for text in DIVERGING:
        expect(findings).to_contain_text(text)

    page.goto(f"{overview}side-by-side/")
    expect(page.locator("#column-0 .column-facts").first).to_contain_text(BREAKOUT)
    page.get_by_role("link", name="12 people").click()
    expect(ways.panel(page).get_by_role("region", name="Wordings")).to_contain_text(DIVERGING[0])
    page.goto(f"{overview}matrix/?q={quote(BREAKOUT)}")
    expect(page.locator(".matrix")).to_contain_text(ALONE)
    expect(page.get_by_role("searchbox")).to_have_value(BREAKOUT)
    page.goto(page.locator(".row-link").get_attribute("href") or "")
    expect(page.get_by_role("region", name="Wordings")).to_contain_text(ALONE)
    page.goto(articles)
    page.get_by_role("link", name=f"Sentences of Post {SCRIPT}").click()
    expect(page.locator(".sentence-list")).to_contain_text(ALONE)
    page.locator(".sentence").last.get_by_role("link", name="Split").click()
    expect(page.locator(".split-words")).to_contain_text("onload=alert(name)>")
    page.goto(f"/?q={quote(SCRIPT)}")
    expect(page.locator("#story-list")).to_contain_text(title)
    page.get_by_role("button", name=f"Delete {title}").click()
    expect(page.locator("#messages")).to_contain_text(SCRIPT)
