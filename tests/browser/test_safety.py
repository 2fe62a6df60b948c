"""What holds on every page, and what articles that were written to do harm cannot do."""

from __future__ import annotations

from playwright.sync_api import Page

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
