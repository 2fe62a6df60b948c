"""Single traits of web pages, hostile ones included."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from claims.ingest.html import extract_html
from claims.pipeline.text import repair
from claims.pipeline.types import UnusableInput

from .makers import ARTICLE_PAGE, FIRST_SENTENCE, PARAGRAPHS

URL = "https://www.harbour-post.co.uk/news/bridge"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
LINES = ["Old bridge to close", *PARAGRAPHS]
SECONDS = 5.0  # for the slowest machine; here each hostile page takes well under one


def with_head(head: str, body: str = f"<article><h1>Old bridge to close</h1>{BODY}</article>", attributes="") -> bytes:
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>".encode()


def json_ld(inner: str) -> str:
    return f'<script type="application/ld+json">{inner}</script>'


def refusal(data: bytes) -> str:
    with pytest.raises(UnusableInput) as refused:
        extract_html(data, URL)
    return str(refused.value)


# Details


def test_a_domain_names_the_outlet_where_nothing_else_does():
    assert extract_html(ARTICLE_PAGE.encode(), URL).outlet == "Harbour Post"


def test_the_sites_own_name_wins_over_its_publishers():
    head = '<meta property="og:site_name" content="Harbour Post">' + json_ld(
        '{"@type": "NewsArticle", "headline": "x", "publisher": {"name": "Coast Media Holdings Ltd"}}'
    )
    assert extract_html(with_head(head)).outlet == "Harbour Post"


def test_the_headline_that_readers_see_is_the_title():
    head = '<title>Bridge | Post</title><meta property="og:title" content="You won’t believe which bridge will close">'
    body = f"<article><h1>Old bridge to close in June</h1>{BODY}</article>"
    assert extract_html(with_head(head, body)).title == "Old bridge to close in June"


def test_a_pages_title_loses_its_sites_name():
    assert (
        extract_html(with_head("<title>Old bridge to close | Harbour Post</title>", BODY)).title
        == "Old bridge to close"
    )


def test_the_title_is_the_first_line_once():
    assert extract_html(ARTICLE_PAGE.encode()).text.split("\n") == LINES


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (json_ld('{"@type":"NewsArticle","datePublished":"2026-03-10T08:00:00+0530"}'), "2026-03-10T08:00:00+05:30"),
        ('<meta property="article:published_time" content="2026-03-10T08:00:00Z">', "2026-03-10T08:00:00+00:00"),
        ('<meta name="pubdate" content="Tue, 10 Mar 2026 08:00:00 -0500">', "2026-03-10T08:00:00-05:00"),
        ('<meta name="date" content="2026-03-10">', "2026-03-10T12:00:00+00:00"),
        ('<meta name="DC.date.issued" content="2026-03-10 08:00:00">', "2026-03-10T08:00:00+00:00"),
        (json_ld('{"@type":"NewsArticle","datePublished":"soon"}'), None),
        ('<meta property="article:published_time" content="2999-01-01T00:00:00Z">', None),
    ],
)
def test_the_time_of_publication_keeps_its_zone(head, expected):
    moment = extract_html(with_head(head)).published_at
    assert (moment.isoformat() if moment else None) == expected


def test_a_marked_time_is_read_where_the_head_says_none():
    body = f'<article><h1>Old bridge to close</h1><time datetime="2026-03-10T08:00:00Z">Tuesday</time>{BODY}</article>'
    moment = extract_html(with_head("", body)).published_at
    assert moment is not None
    assert moment.isoformat() == "2026-03-10T08:00:00+00:00"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ('"Ann Writer"', "Ann Writer"),
        ('{"@type":"Person","name":"Ann Writer"}', "Ann Writer"),
        ('[{"name":"Ann Writer"},{"name":"By Bo O&#39;Reporter"},{"name":"Ann Writer"}]', "Ann Writer, Bo O'Reporter"),
        ('{"name":["Ann Writer","Bo Reporter"]}', "Ann Writer, Bo Reporter"),
        ('{"url":"https://post.example/ann"}', ""),
        ("17", ""),
    ],
)
def test_authors_are_named_however_json_ld_writes_them(author, expected):
    assert extract_html(with_head(json_ld(f'{{"@type":"NewsArticle","author":{author}}}'))).byline == expected


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://harbour-post.co.uk/news/old-bridge", "https://harbour-post.co.uk/news/old-bridge"),
        ("/news/old-bridge", "https://www.harbour-post.co.uk/news/old-bridge"),
        ("https://other.example/copy", URL),
        ("https://www.harbour-post.co.uk/", URL),
        ("javascript:alert(1)", URL),
        ("https://user:pw@harbour-post.co.uk/x", URL),
        ("http://[bad", URL),
    ],
)
def test_the_canonical_address_is_taken_where_it_can_be_trusted(canonical, expected):
    assert extract_html(with_head(f'<link rel="canonical" href="{canonical}">'), URL).url == expected


@pytest.mark.parametrize(
    "told",
    [
        '"url": "https://post.example/ferry"',
        '"mainEntityOfPage": "https://post.example/ferry"',
        '"mainEntityOfPage": {"@type": "WebPage", "@id": "https://post.example/ferry"}',
        '"url": ["https://other.example/"], "mainEntityOfPage": {"@id": "https://post.example/ferry"}',
    ],
)
def test_an_uploaded_page_tells_its_address_in_its_json_ld(told):
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Fire", {told}}}</script>'
    assert extract_html(with_head(head)).url == "https://post.example/ferry"


@pytest.mark.parametrize(
    ("attributes", "expected"), [('lang="de-AT"', "de"), ('xml:lang="fr"', "fr"), ("", "en"), ('lang=""', "en")]
)
def test_the_language_is_the_declared_one_or_else_recognised(attributes, expected):
    assert extract_html(with_head("", attributes=attributes)).language == expected


def test_json_ld_gives_the_text_of_a_page_that_a_script_fills():
    body = "\\n".join(PARAGRAPHS)
    head = json_ld(f'{{"@type":"NewsArticle","headline":"Old bridge to close","articleBody":"{body}"}}')
    assert extract_html(with_head(head, "<div id='root'></div>")).text.split("\n") == LINES


# Text


def test_names_in_links_and_emphasis_stay_in_their_sentence():
    sentence = '<p>Mayor <a href="/x"><b>Ann</b> <i>Lee</i></a>, of <a href="/y">Karsund</a>, said no.</p>'
    text = extract_html(with_head("", f"<article><h1>Old bridge to close</h1>{sentence}{BODY}</article>")).text
    assert "Mayor Ann Lee, of Karsund, said no." in text


def test_entities_are_read_once_and_hostile_text_stays_text():
    hostile_line = "<p>&lt;script&gt;alert(1)&lt;/script&gt; stood on the wall, said A&amp;amp;B.</p>"
    body = f"<article><h1>Old bridge to close</h1>{BODY}{hostile_line}</article>"
    assert "<script>alert(1)</script> stood on the wall, said A&amp;B." in extract_html(with_head("", body)).text


def test_references_to_windows_characters_are_read_as_browsers_do():
    page = ARTICLE_PAGE.replace("Mayor Ann Lee", "&#147;Mayor&#148; &#x96; Ann&#146;s")
    assert "“Mayor” – Ann’s said" in extract_html(page.encode()).text


def test_the_text_of_a_page_needs_no_further_repair():
    text = extract_html(ARTICLE_PAGE.replace("Mayor", "Ma\u00adyor “Ann” â€œLeeâ€\x9d").encode()).text
    assert repair(text) == text


def test_roles_lie_exactly_on_their_lines():
    more = f"<h2>Why now</h2>{BODY.replace('bridge', 'quay')}<p>Advertisement</p>"
    body = f"<article><h1>Old bridge to close</h1>{BODY}{more}</article>"
    article = extract_html(with_head("", body))
    marked = {article.text[c.start : c.end]: c.role for c in article.corrections}
    assert marked == {"Why now": "heading", "Advertisement": "boilerplate"}


# Encodings


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("no-such-charset", "utf-8"),
        ("utf-16", "utf-8"),
        ("utf-8", "utf-16"),
        ("", "cp1252"),
        ("zlib", "utf-8"),
    ],
)
def test_a_page_is_read_whatever_encoding_it_declares(declared, encoding):
    source = ARTICLE_PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("Mayor", "“Façade” mayor")
    assert "“Façade” mayor Ann Lee" in extract_html(source.encode(encoding)).text


def test_a_pages_own_encoding_is_used():
    source = ARTICLE_PAGE.replace("<head>", '<head><meta charset="shift_jis">').replace("Ann Lee", "橋本")
    assert "橋本" in extract_html(source.encode("shift_jis")).text


# Hostile pages


def hostile(body: str, head: str = "") -> bytes:
    return with_head(head, body)


ARTICLE = f"<article><h1>Old bridge to close</h1>{BODY}</article>"
READABLE = {
    "10,000 nested divs": hostile("<div>" * 10_000 + ARTICLE + "</div>" * 10_000),
    "10,000 nested unknown tags": hostile("<x-y a='<'>" * 10_000 + ARTICLE),
    "10,000 nested quotations": hostile("<blockquote>" * 10_000 + ARTICLE),
    "nested bold": hostile(ARTICLE.replace("Mayor", "<b>" * 250 + "Mayor" + "</b>" * 250)),
    "scripts and handlers": hostile(
        "<script>document.write('<p>Injected</p>')</script>"
        + ARTICLE.replace("<h1>", "<h1 onclick='x()'>").replace("Old", "<script>bad()</script>Old")
        + "<img src=x onerror='alert(1)'><style>p { color: red }</style>"
    ),
    "an unclosed script": hostile(ARTICLE + "<script>var more = '<p>Injected</p>"),
    "comments": hostile("<!-- <p>Injected -- secret</p> -->" + ARTICLE + "<!-- never closed <p>Injected</p>"),
    "a huge attribute": hostile(ARTICLE.replace("<p>", f'<p class="{"a " * 500_000}">', 1)),
    "100,000 attributes": hostile(ARTICLE.replace("<p>", "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">", 1)),
    "attributes that hide their end": hostile(
        ARTICLE.replace("<p>", "<p " + " ".join(f"a{n}='>'" for n in range(50_000)) + ">", 1)
    ),
    "NULs": hostile(ARTICLE.replace("Mayor", "Ma\0yor")),
    "references to control codes": hostile(
        "<div>" * 80 + ARTICLE.replace("Mayor", "Ma&#0;y&#x1;o&#55296;r&#x110000;&#xFFFE;") + "</div>" * 80
    ),
    "deep JSON-LD": hostile(ARTICLE, json_ld("[" * 100_000)),
    "wide JSON-LD": hostile(ARTICLE, json_ld('{"@graph":[' + '{"@type":"X"},' * 20_000 + "{}]}")),
    "broken JSON-LD": hostile(ARTICLE, json_ld('{"@type":"NewsArticle","headline":')),
}  # fmt: skip
ENTITIES = b"<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><html><body>" + ARTICLE.encode() + b"</body></html>"


@pytest.mark.parametrize("data", [*READABLE.values(), ENTITIES], ids=[*READABLE, "entities"])
def test_a_hostile_page_gives_its_article_and_quickly(data):
    started = time.monotonic()
    article = extract_html(data, URL)
    assert time.monotonic() - started < SECONDS
    assert article.text.split("\n") == LINES


@pytest.mark.parametrize(
    "data",
    [
        hostile("<p></p>" * 200_000),
        hostile("<a href='/x'>A link to follow</a> " * 25_000),
        hostile("<a" * 1_000_000),
        b"<" * 3_000_000,
        hostile("<script>" * 200_000),
        hostile("<!--" * 500_000),
        hostile('<p a="' * 300_000),
        hostile(("<div>" * 250 + "x" + "</div>" * 250) * 100),
        hostile("<table>" * 250 + "<tr><td>x" * 5_000),
        b"a" * 10_000_001,
        b"<!DOCTYPE html [" + b"<!ENTITY a 'b'>" * 100_000,
    ],
    ids=["paragraphs", "links", "tags", "signs", "scripts", "comments", "quotes", "divs", "cells", "size", "doctype"],
)
def test_a_page_made_to_stall_is_done_with_quickly(data):
    started = time.monotonic()
    with suppress(UnusableInput):
        extract_html(data, URL)
    assert time.monotonic() - started < SECONDS


# Pages without an article


@pytest.mark.parametrize("data", [b"", b"   \n", b"\x00\x00"])
def test_an_empty_page_is_told(data):
    assert "empty" in refusal(data)


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Page not found", "The page you were looking for has moved or was removed, or never was. " * 5, "no page"),
        ("One moment", "We are checking your browser before we let you on. This may take some seconds. " * 5, "person"),
        (
            "Your privacy",
            "We and our partners use cookies to make the site better. Do you agree to this? " * 5,
            "consent",
        ),
    ],
)
def test_what_a_site_shows_instead_of_its_article_is_told(title, text, words):
    assert words in refusal(with_head(f"<title>{title}</title>", f"<main><h1>{title}</h1><p>{text}</p></main>"))


def test_an_article_about_cookies_is_read():
    text = BODY.replace("old bridge", "law on cookies, to which users must consent,")
    page = with_head('<meta property="og:type" content="article">', f"<article><h1>Old law</h1>{text}</article>")
    assert "must consent" in extract_html(page).text


def test_a_front_page_is_told():
    cards = "".join(
        f"<div><h3><a href='/{n}'>Headline {n} on what happened</a></h3><p>It was at place {n} on Monday.</p></div>"
        for n in range(25)
    )
    assert "lists many articles" in refusal(with_head("<title>Harbour Post</title>", f"<main>{cards}</main>"))


def test_a_page_that_only_a_script_fills_is_told():
    assert "No article" in refusal(with_head("<title>Harbour Post</title>", "<div id='root'>Loading…</div>"))


@pytest.mark.parametrize(
    "wall",
    [
        "<div class='wall'><p>Subscribe to continue reading this article.</p></div>",
        "<div><p>Already a subscriber? Log in</p></div>",
        "<div><p>This article is exclusively available to paying subscribers.</p></div>",
    ],
)
def test_what_a_paywall_leaves_is_told(wall):
    told = refusal(with_head("", f"<article><h1>Old bridge to close</h1><p>{FIRST_SENTENCE}</p>{wall}</article>"))
    assert "subscription" in told
    assert "paste its text" in told


@pytest.mark.parametrize("free", ["false", '"False"'])
def test_a_declared_paywall_with_the_start_only_is_told(free):
    head = json_ld(f'{{"@type":"NewsArticle","headline":"Old bridge to close","isAccessibleForFree":{free}}}')
    assert "subscription" in refusal(
        with_head(head, f"<article><h1>Old bridge to close</h1><p>{FIRST_SENTENCE}</p></article>")
    )


def test_a_declared_paywall_around_a_whole_text_is_a_notice():
    head = json_ld('{"@type":"NewsArticle","headline":"Old bridge to close","isAccessibleForFree":false}')
    article = extract_html(
        with_head(head, f"<article><h1>Old bridge to close</h1>{BODY}{BODY.replace('bridge', 'quay')}</article>")
    )
    assert any("subscribers" in notice for notice in article.notices)


def test_an_article_beside_an_offer_to_subscribe_is_read():
    offer = "<footer><p>Subscribe to read more of our award-winning reports.</p></footer>"
    long = "".join(BODY.replace("bridge", name) for name in ("bridge", "quay", "ferry"))
    assert (
        FIRST_SENTENCE
        in extract_html(with_head("", f"<article><h1>Old bridge to close</h1>{long}</article>{offer}")).text
    )
