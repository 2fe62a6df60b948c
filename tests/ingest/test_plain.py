"""Pasted text, and sources as the command line names them."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from claims.ingest.files import read_file
from claims.ingest.plain import read_plain
from claims.ingest.sources import read_source
from claims.pipeline.types import UnusableInput

from .makers import ARTICLE_PAGE, FIRST_SENTENCE, PARAGRAPHS


@pytest.mark.parametrize("text", ["", "   ", "\n\t\n", "\u200b\ufeff", "\u00a0\n\u2028"])
def test_a_paste_of_nothing_is_told(text):
    with pytest.raises(UnusableInput, match="no words"):
        read_plain(text)


def test_a_paste_without_words_is_told():
    with pytest.raises(UnusableInput, match="no words"):
        read_plain("— … —")


def test_a_paste_that_is_too_long_is_told():
    with pytest.raises(UnusableInput, match="characters"):
        read_plain("The mayor said no. " * 110_000)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_two_megabytes_of_text_are_refused_before_they_are_mended(name):
    text = "The cafÃ© said “no”.\n" * 110_000
    for read in (lambda: read_plain(text), lambda: read_file(name, text.encode())):
        started = time.process_time()
        with pytest.raises(UnusableInput, match="characters; an article may have up to 400,000"):
            read()
        assert time.process_time() - started < 1


def test_two_megabytes_of_text_in_a_page_are_refused():
    paragraphs = "<p>The café said “no” to the mayor of Karsund.</p>" * 45_000
    page = f"<article><h1>Old bridge to close</h1>{paragraphs}</article>"
    with pytest.raises(UnusableInput, match=r"too many parts|an article may have up to 400,000"):
        read_file("a.html", page.encode())


def test_a_paste_keeps_its_lines_and_its_title():
    article = read_plain("Will the bridge close?\r\n\r\n" + "\r\n".join(PARAGRAPHS))
    assert article.title == "Will the bridge close?"
    assert article.text.split("\n") == ["Will the bridge close?", *PARAGRAPHS]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ana Holt", "Ana Holt"),
        ("BY ANA HOLT and Per Lund | Harbour Post", "ANA HOLT and Per Lund"),
        ("By Monday", ""),
        ("By noon the fire was out.", ""),
    ],
)
def test_a_byline_on_a_line_of_its_own_is_found(line, byline):
    found = read_plain(f"A ferry catches fire\n{line}\nThe ferry burned for hours. Nobody was hurt.")
    assert found.byline == byline
    assert line in found.text


def test_a_byline_in_a_markdown_file_is_found():
    text = b"# A ferry catches fire\n\nBy Ana Holt\n\nThe ferry burned for hours. Nobody was hurt.\n"
    assert read_file("ferry.md", text).byline == "Ana Holt"


def test_one_sentence_alone_is_text_and_no_title():
    assert read_plain("Bridge to close").title == ""


@pytest.mark.parametrize("start", ["", "\n  ", '<?xml version="1.0"?>'])
def test_pasted_html_is_read_as_a_page(start):
    assert read_plain(start + ARTICLE_PAGE).text.split("\n") == ["Old bridge to close", *PARAGRAPHS]


def test_a_pasted_piece_of_html_is_read_as_a_page():
    piece = "".join(f'<p class="text">{paragraph}</p>\n' for paragraph in PARAGRAPHS)
    assert read_plain(f"<div><h1>Old bridge to close</h1>{piece}</div>").text.split("\n")[1] == FIRST_SENTENCE


def test_an_article_that_mentions_a_tag_stays_text():
    text = f"Hackers wrote <script>alert(1)</script> on the site.\n{FIRST_SENTENCE}"
    assert read_plain(text).text == text


def test_lone_surrogates_direction_marks_and_emoji_do_no_harm():
    article = read_plain("The \ud800mayor\u202e said \u200fno 👩‍🚒 on Tuesday.\nShe left the hall.")
    assert article.text == "The \ufffdmayor said no 👩‍🚒 on Tuesday.\nShe left the hall."
    article.text.encode()


def test_a_file_is_read_by_its_path(tmp_path):
    path = tmp_path / "bridge.txt"
    path.write_text("\n".join(PARAGRAPHS), encoding="utf-8")
    assert read_source(str(path)).text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("source", ["missing.txt", "", "a\0b.txt", "a" * 5000])
def test_a_missing_file_is_told_in_one_line(source):
    with pytest.raises(UnusableInput) as refused:
        read_source(source)
    assert "\n" not in str(refused.value)


def test_a_folder_is_told(tmp_path):
    with pytest.raises(UnusableInput, match="folder"):
        read_source(str(tmp_path))


@pytest.mark.parametrize("source", ["http://127.0.0.1/a", "ftp://post.example/a", "HTTPS://localhost/"])
def test_an_address_that_cannot_be_opened_is_told(source):
    with pytest.raises(UnusableInput, match=r"private network|http://"):
        read_source(source)


def test_naming_the_readers_loads_no_heavy_library():
    heavy = ("trafilatura", "lxml", "pypdf", "docx", "feedparser", "htmldate", "charset_normalizer", "ftfy", "torch")
    code = (
        "import sys, claims.ingest.files, claims.ingest.plain, claims.ingest.sources; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
