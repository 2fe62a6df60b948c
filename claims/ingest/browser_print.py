"""What a browser prints around a page that is saved as PDF: the time, the page's title and address, a page number."""

from __future__ import annotations

import re

EDGE = 3  # lines; browsers draw their own lines first or last, wherever they stand on the page
MOMENT = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?"
ADDRESS = r"(?P<url>(?:https?|file)://\S+)"
#: The two lines of each browser: one is believed only beside the other, since articles too begin lines with a time.
BROWSERS = (
    (re.compile(rf"{ADDRESS}\s+\d{{1,4}}/\d{{1,4}}"), re.compile(rf"{MOMENT}(?:\s.*)?", re.I)),  # Chrome, Edge
    (re.compile(rf"(?:.*\s)?{ADDRESS}"), re.compile(rf"\d{{1,4}} \w+ \d{{1,4}}\s+{MOMENT}", re.I)),  # Firefox
)


def without_print_marks(pages: list[list[str]]) -> tuple[list[list[str]], str]:
    """The pages without a browser's lines, and the address that these told; empty where it is not of the web."""
    read = [_without_marks(page) for page in pages]
    url = next((url for _, url in read if url.startswith("http") and not url.endswith(("…", "..."))), "")
    return [page for page, _ in read], url


def _without_marks(page: list[str]) -> tuple[list[str], str]:
    filled = [i for i, line in enumerate(page) if line]
    edges = {*filled[:EDGE], *filled[-EDGE:]}
    for address, moment in BROWSERS:
        addresses = {i: found["url"] for i in edges if (found := address.fullmatch(page[i]))}
        moments = {i for i in edges if moment.fullmatch(page[i])}
        if addresses and moments:
            kept = [line for i, line in enumerate(page) if i not in moments and i not in addresses]
            return kept, next(iter(addresses.values()))
    return page, ""
