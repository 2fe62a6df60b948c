"""The gold pages: the text of each page is the article's, whole, and nothing of what surrounds it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from claims.ingest.html import extract_html

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
#: Words of each page that stand around its article.
FURNITURE = {
    "daily-courier": ["privacy matters", "READ MORE", "Download the Courier", "Councillors voted", "Ten years of",
                      "Image: Courier", "Follow the Daily", "leeks", "lighthouse", "555 0142", "Front page"],
    "dunmore-bugle": ["Posted on", "R. Lindqvist", "Advertisements", "each household", "fourth in a row", "Filed under",
                      "new roof", "Good riddance", "Bake sale", "WordPress", "opens in new"],
    "ledger-today": ["Updated an hour", "in your inbox", "Ola Fjeld", "Pia Nyqvist", "Our Standards", "Read Next",
                     "Salmon", "third day"],
    "harbour-post": ["partners use cookies", "Skip to", "Tolliver", "Copy link", "damaged pier on", "Tide Table",
                     "free morning", "evening sailings", "council is told", "Winter cruises", "Storm warning",
                     "seagull77", "Tracked", "5518842", "Weather"],
    "northern-wire": ["Sunniva Dahl", "two dogs", "Recommended", "coal holdings", "weak crown", "OBX", "FILE PHOTO",
                      "delayed a minimum", "Business"],
    "radio-kestrel": ["Getty-like", "three hospitals", "Related topics", "control room", "Listen to Breakfast",
                      "external sites", "Ottoline", "Menu"],
    "tidewater-news": ["Obituaries", "Applegarth", "Dawson", "County fair", "School bus", "Copyright", "Other stories"],
    "valley-live": ["Watch TV", "Download our app", "Share this", "graphics desk", "The Valley Brief", "pack a bag",
                    "FCC"],
}  # fmt: skip
DETAILS = {
    "daily-courier": ("Daily Courier", "Joss Whitlam", "2026-03-10T11:15:30+00:00"),
    "dunmore-bugle": ("The Dunmore Bugle", "Kit Rowan", "2026-04-14T21:03:00+00:00"),
    "ledger-today": ("Ledger Today", "Lukas Brandt", "2026-06-18T12:31:02.114000+00:00"),
    "harbour-post": ("Harbour Post", "Maren Tolliver, Idris Quayle", "2026-03-10T09:42:00+01:00"),
    "northern-wire": ("Northern Wire", "Sunniva Dahl", "2026-05-06T18:30:00+00:00"),
    "radio-kestrel": ("Radio Kestrel", "", "2026-02-03T06:02:11+00:00"),
    "tidewater-news": ("Tidewater News", "Constance Applegarth, staff reporter", "2026-08-21T12:00:00+00:00"),
    "valley-live": ("Valley Live", "Valley Live newsroom", "2026-08-23T14:02:00-07:00"),
}


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(found: str, expected: str) -> float:
    """Word-level F1, each word as often as it occurs."""
    both = (words(found) & words(expected)).total()
    return 2 * both / (words(found).total() + words(expected).total())


@pytest.fixture(params=NAMES)
def name(request) -> str:
    return request.param


@pytest.fixture
def article(name):
    return extract_html((PAGES / f"{name}.html").read_bytes())


def test_a_page_gives_its_articles_words(name, article):
    assert f1(article.article_text, (PAGES / f"{name}.txt").read_text(encoding="utf-8")) >= 0.99


def test_nothing_that_surrounds_an_article_leaks_into_it(name, article):
    assert [phrase for phrase in FURNITURE[name] if phrase.lower() in article.article_text.lower()] == []


def test_every_paragraph_stands_on_its_own_line(name, article):
    expected = (PAGES / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n")
    assert article.article_text.split("\n") == expected


def test_a_page_says_whose_it_is_and_when_it_was_published(name, article):
    outlet, byline, published_at = DETAILS[name]
    assert (article.outlet, article.byline) == (outlet, byline)
    assert article.published_at == datetime.fromisoformat(published_at)
    assert article.published_at.utcoffset() == datetime.fromisoformat(published_at).utcoffset()
    assert article.language == "en"
    assert article.title == article.text.split("\n")[0]
