"""What a newsroom throws at the pages: a message where it happened, and nothing lost of what came with it."""

from __future__ import annotations

import html
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.comparison import compare_story, run
from claims.ingest import fetch
from claims.pipeline.encoder import CachedEncoder
from claims.vectors import DatabaseVectors
from tests.factories import make_article, make_story
from tests.ingest.makers import ARTICLE_PAGE, PARAGRAPHS, docx_bytes, pdf_bytes, scan_bytes, with_member
from tests.ingest.servers import fetcher, page, redirect, serve
from tests.ingest.test_fetch import FEED

pytestmark = pytest.mark.django_db

TEXT = "\n".join(PARAGRAPHS)
FERRY = (
    "The ferry Astrid struck the pier at Lindholm on Monday morning.\n"
    "Captain Ida Brandt blamed a broken rudder for the crash."
)


@pytest.fixture
def story():
    return make_story()


def give(client, story, **data):
    return client.post(reverse("story_articles", args=[story.pk]), data)


def shown(response) -> str:
    return html.unescape(response.content.decode())


UNUSABLE_FILES = {
    "empty.txt": (b"", "The file is empty."),
    "binary.txt": (bytes(range(256)) * 20, "The file holds binary data, not text."),
    "wordless.txt": ("— … —".encode(), "no words in it"),
    "long.txt": (b"The ferry burned. " * 116_000, "may have up to 400,000"),
    "secret.pdf": (pdf_bytes([PARAGRAPHS], password="harbour"), "protected by a password"),
    "hollow.pdf": (pdf_bytes([[]]), "The file holds no text."),
    "scan.pdf": (scan_bytes(), "it needs OCR"),
    "broken.pdf": (pdf_bytes([PARAGRAPHS])[:200], "damaged or not a PDF"),
    "bomb.docx": (with_member(docx_bytes(PARAGRAPHS), "word/media/a.bin", bytes(150_000_000)), "unpacks to far more"),
    "broken.docx": (docx_bytes(PARAGRAPHS)[:3000], "damaged or not a Word document"),
    "teaser.html": (b"<html><script>alert(1)</script><p>Hi</p></html>", "No article was found"),
}


def test_every_file_that_cannot_be_used_is_named_with_its_reason_and_the_good_ones_are_added(client, story):
    files = {name: data for name, (data, _) in UNUSABLE_FILES.items()} | {"good.txt": TEXT.encode()}
    uploads = [SimpleUploadedFile(name, data) for name, data in files.items()]
    response = give(client, story, way="files", uploads=uploads, text="Typed meanwhile", outlet="Post")
    assert response.status_code == 422
    for name, (_, reason) in UNUSABLE_FILES.items():
        told = next((line for line in shown(response).splitlines() if f"{name}: " in line), "")
        assert reason in told, name
    assert [article.source_name for article in story.articles.all()] == ["good.txt"]
    assert "Typed meanwhile" in shown(response), "what waits in another form is kept"


#: Paths of a web server on this machine: what it answers, and what the reader is told.
PAGES = {
    "/missing": (page(b"no", status="404 Not Found"), "There is no page at this address (404)"),
    "/forbidden": (page(b"no", status="403 Forbidden"), "refuses to give this page to programs"),
    "/paywall": (
        page(
            b"<article><h1>Bridge to close</h1><p>The mayor said no.</p><p>Subscribe to continue reading.</p></article>"
        ),
        "Only the start of this article is open to everyone.",
    ),
    "/circle": (redirect("/circle"), "redirects in a circle"),
    "/metadata": (redirect("http://169.254.169.254/latest/meta-data/"), "leads into a private network"),
    "/printer": (redirect("http://[::ffff:10.0.0.7]/"), "leads into a private network"),
    "/picture": (page(b"\x89PNG\r\n\x1a\n" + bytes(300), "image/png"), "This address gives a picture"),
    "/endless": (page(b"<p>more</p>" * 300_000), "This page is larger than 2 MB."),
    "/empty": (page(b""), "The site gave an empty page."),
}


@pytest.fixture
def web(monkeypatch):
    """The address of a server with ``PAGES``, an article, and a feed."""
    answers = {path: answer for path, (answer, _) in PAGES.items()}
    answers |= {"/article": page(ARTICLE_PAGE.encode()), "/feed": page(FEED, "application/rss+xml")}
    read = fetch.fetch_article
    with serve(lambda path, connection: answers[path](path, connection)) as address:
        allowed = fetcher(address, most_bytes=2_000_000)
        monkeypatch.setattr(fetch, "fetch_article", lambda url: read(url, allowed))
        yield address


def test_every_address_that_gives_no_article_is_named_with_its_reason_and_stays_in_the_form(client, story, web):
    given = [f"{web}{path}" for path in (*PAGES, "/article")]
    response = give(client, story, way="urls", urls="\n".join(given))
    assert response.status_code == 422
    for path, (_, reason) in PAGES.items():
        assert f"{web}{path}: " in shown(response)
        assert reason in shown(response), path
    assert [article.url for article in story.articles.all()] == [f"{web}/article"]
    left = response.context["forms"]["urls"]["urls"].value().split()
    assert left == given[:-1]


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/",
        "http://[fe80::1]/", "http://0.0.0.0/", "127.0.0.1",
    ],
)  # fmt: skip
def test_an_internal_address_is_refused_in_the_form_in_every_spelling(client, story, url):
    response = give(client, story, way="urls", urls=url)
    assert response.status_code == 422
    assert "leads into a private network" in shown(response)
    assert url in response.context["forms"]["urls"]["urls"].value()


def test_a_feed_in_place_of_a_page_offers_its_articles(client, story, web):
    response = give(client, story, way="urls", urls=f"{web}/feed")
    assert "https://harbour-post.example/a" in shown(response)
    assert "javascript:" not in response.content.decode()
    assert not story.articles.exists()


def test_a_host_that_cannot_be_reached_is_told(client, story, monkeypatch):
    with serve(page(b"")) as closed:
        pass
    read = fetch.fetch_article
    monkeypatch.setattr(fetch, "fetch_article", lambda url: read(url, fetcher(closed)))
    assert "The connection to the site failed." in shown(give(client, story, way="urls", urls=f"{closed}/a"))


HOSTILE = (
    "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {{ 7|add:7 }} &lt;b&gt; \u202etxt.exe 👩‍🚒 Ma\x00yor"
)


@pytest.mark.model
def test_hostile_text_is_shown_as_text_on_every_page_of_a_story(client, story, encoder, monkeypatch):
    monkeypatch.setattr(run, "encoder", lambda: encoder)
    for outlet, number in (("<b>Post</b>", 14), ('Courier"><x-outlet>', 19)):
        text = f"{FERRY}\n{HOSTILE} said that {number} people were hurt."
        give(client, story, way="paste", outlet=outlet, title=f"<x-title>{outlet}", text=text)
    article = story.articles.first()
    comparison = compare_story(story)
    assert comparison.rows.filter(relation="diverge").exists()
    urls = [
        story.get_absolute_url(),
        reverse("stories"),
        *(reverse(name, args=[story.pk]) for name in ("story_side_by_side", "story_matrix", "story_articles")),
        *(reverse(name, args=[article.pk]) for name in ("article", "article_sentences")),
        *(reverse("claim", args=[story.pk, row.number]) for row in comparison.rows.all()),
    ]
    for url, headers in product(urls, ({}, {"HX-Request": "true"})):
        page = client.get(url, headers=headers).content.decode()
        for markup in ("<script>alert", "<img src=x", "<b>Post", "<x-", "\x00", "\u202e"):
            assert markup not in page, (url, markup)


@pytest.fixture
def notices(client, story, encoder, monkeypatch):
    """Compares articles of these texts; the notices that the story's first screen shows."""
    monkeypatch.setattr(run, "encoder", lambda: CachedEncoder(encoder, DatabaseVectors()))

    def compared(*texts: str, languages: tuple[str, ...] = ("en", "en")) -> list[str]:
        for number, text in enumerate(texts):
            make_article(story, f"Outlet {number}", text, language=languages[number])
        told = list(compare_story(story).notices)
        page = shown(client.get(story.get_absolute_url()))
        assert all(notice in page for notice in told)
        return told

    return compared


@pytest.mark.model
def test_two_unrelated_articles_are_said_to_share_no_claim(notices):
    soup = "Simmer the leeks in butter.\nAdd the stock and the potatoes after ten minutes."
    assert notices(FERRY, soup) == ["These articles share no claim. Do they report the same event?"]


@pytest.mark.model
def test_an_article_in_another_language_is_pointed_out(notices):
    german = "Die Fähre Astrid rammte am Montagmorgen den Anleger in Lindholm.\nDer Kapitän gab dem Ruder die Schuld."
    told = notices(FERRY, german, languages=("en", "de"))
    assert any(notice.startswith("Outlet 1: This article seems to be in German") for notice in told)


@pytest.mark.model
def test_an_article_of_one_sentence_is_said_to_be_short(notices):
    assert any("only one sentence" in told for told in notices(FERRY, FERRY.split("\n")[0]))


@pytest.mark.model
def test_a_sentence_of_twenty_thousand_characters_is_compared_and_shown(client, story, notices):
    endless = "The ferry struck the pier and " + "then it went on and on, " * 850 + "and sank."
    assert len(endless) > 20_000
    notices(FERRY, f"{FERRY}\n{endless}")
    assert "and sank." in shown(client.get(reverse("story_side_by_side", args=[story.pk])))
