"""A web page's bytes into its article."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from claims.pipeline.types import UnusableInput

from .extracted import Extracted
from .page_details import PageDetails, read_details
from .page_text import read_text
from .page_tree import parse_page
from .paragraphs import Paragraph, assemble
from .strangers import refusing

FEWEST_WORDS = 40  # fewer are a teaser, or the remains of a page that a script fills in
PAYWALL_WORDS = 150  # shorter texts that ask for a subscription are the open part of an article
LINKED_HEADLINES = 8
SUBSCRIBE = re.compile(
    r"(?:subscribe|sign in|log in|register|become a (?:member|subscriber)|create (?:a free|an) account|start a trial)"
    r"[^.]{0,60}\b(?:to (?:continue|read|keep|unlock|access|view)|for (?:full|unlimited))"
    r"|(?:this|the full) (?:article|story|content) is [^.]{0,40}\b(?:for|to) (?:\w+ )?(?:subscribers|members)"
    r"|already a subscriber|for subscribers only|subscribers?[- ](?:only|exclusive)",
    re.I,
)
PAYWALL = "Only the start of this article is open to everyone. Open it with your subscription and paste its text."
#: What sites show before or instead of an article, with an answer as if it were the page.
GATES = (
    (
        re.compile(r"verify (?:that )?you are (?:a )?human|not a robot|enable javascript|checking your browser", re.I),
        "The site wants to see a person and a browser. Open the page and paste its text instead.",
    ),
    (
        re.compile(r"page not found|page (?:you \w+ \w+|you requested) (?:cannot|could not|does not|doesn.t)", re.I),
        "The site has no page at this address. Check it for a typing error, or paste the article's text.",
    ),
    (
        re.compile(
            r"\bcookies\b.{0,300}\b(?:consent|accept all|agree)|\b(?:accept|consent to)\b.{0,40}\bcookies\b",
            re.I | re.S,
        ),
        "The site asks for consent before it shows its page. Open the page and paste its text instead.",
    ),
)
GATE_WORDS = 200
INDEX = "This page lists many articles and is not one itself. Give the address of a single article."
EMPTY = "No article was found on this page. Open the page and paste the article's text instead."
UNREADABLE = "This page's markup cannot be read. Open the page in a browser and paste the article's text instead."
CUT = "The outlet marks this article as for subscribers only: its text may be cut. Compare its end with the page."


def extract_html(data: bytes, url: str = "", charset: str = "") -> Extracted:
    """The article in a page.

    ``url`` is the address that the page came from, and ``charset`` the encoding that its server declared. Raises
    UnusableInput for a page without an article, such as a front page or what a paywall leaves.
    """
    with refusing(UNREADABLE):
        return read_page(data, url, charset)


def read_page(data: bytes, url: str, charset: str) -> Extracted:
    tree = parse_page(data, charset)
    page = read_details(tree, url)
    paragraphs = read_text(tree, page.details.title)
    if words_in(paragraphs) * 2 < len(page.body.split()):
        # The page's script would show the text; JSON-LD has it for search engines.
        paragraphs = [Paragraph(line) for line in (page.details.title, *page.body.split("\n"))]
    notices = check_article(tree, page, paragraphs)
    return assemble(paragraphs, page.details, notices)


def words_in(paragraphs: list[Paragraph]) -> int:
    """About how many words of prose there are, in scripts without spaces too."""
    return sum(max(len(p.text.split()), len(p.text) // 12) for p in paragraphs if p.role is None)


def check_article(tree: HtmlElement, page: PageDetails, paragraphs: list[Paragraph]) -> list[str]:
    """What a reader should know of the text; raises UnusableInput where it is no article."""
    words = words_in(paragraphs)
    asks = SUBSCRIBE.search(" ".join(tree.text_content().split())) is not None
    if words < PAYWALL_WORDS and (asks or (page.is_for_subscribers and words < FEWEST_WORDS * 2)):
        raise UnusableInput(PAYWALL)
    if not page.is_article and words < GATE_WORDS:
        refuse_gate(page, paragraphs)
    if not page.is_article and linked_headlines(tree) >= LINKED_HEADLINES and words < 60 * linked_headlines(tree):
        raise UnusableInput(INDEX)
    if not words or (words < FEWEST_WORDS and not page.is_article):
        raise UnusableInput(EMPTY)
    return [CUT] if page.is_for_subscribers else []


def refuse_gate(page: PageDetails, paragraphs: list[Paragraph]) -> None:
    shown = "\n".join([page.details.title, *(p.text for p in paragraphs)])
    for pattern, message in GATES:
        if pattern.search(shown):
            raise UnusableInput(message)


def linked_headlines(tree: HtmlElement) -> int:
    """How many headings of the page lead elsewhere: many on a front page, few beside an article."""
    return len(tree.xpath("//*[self::h2 or self::h3 or self::h4][.//a[@href] or parent::a[@href]]"))
