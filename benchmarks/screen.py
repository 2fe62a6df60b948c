"""What a judge waits for: from a key until the next item is painted in Chromium, beside an empty page."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import HOW_TO_INSTALL, find_chromium

from .timing import side_by_side, table

#: Each is a vote on another item, and fifty must suffice.
REPEATS = 20
#: The page has been painted once since; both ways of going on end with it.
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
IS_ANOTHER = "was => document.querySelector('#item-title')?.textContent !== was"


def on_screen(origin: str, rooms: Sequence[tuple[str, str, str]]) -> str:
    """``rooms``: what to call a session, the address where its judge starts, and the cookie of the judge's login."""
    program = find_chromium() or sys.exit(HOW_TO_INSTALL)
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, start, cookie in rooms:
            with _page(browser, origin, cookie) as judging, _page(browser, origin, cookie) as empty:
                judging.goto(origin + start)
                vote, nothing = side_by_side(REPEATS, partial(_vote, judging), partial(_go, empty, f"{origin}/empty/"))
                rows.append((name, f"{vote * 1000:.0f} ms", f"{nothing * 1000:.0f} ms", f"{vote / nothing:.1f}"))
        browser.close()
    heads = ("from the key until it is on screen", "the next item", "an empty view", "× (≤ 3)")
    return table(heads, rows)


@contextmanager
def _page(browser: Browser, origin: str, cookie: str) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": origin}])
    yield context.new_page()
    context.close()


def _vote(page: Page) -> None:
    was = page.locator("#item-title").text_content()
    page.keyboard.press("u")
    page.wait_for_function(IS_ANOTHER, arg=was)
    page.evaluate(PAINTED)


def _go(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(PAINTED)
