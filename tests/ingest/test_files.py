"""Files of every accepted kind, and each that cannot be read with a sentence that says why."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import docx
import pytest
from pypdf import PdfWriter

from claims.ingest.files import read_file
from claims.pipeline.text import repair
from claims.pipeline.types import UnusableInput

from .makers import (
    ARTICLE_PAGE,
    FIRST_SENTENCE,
    PARAGRAPHS,
    docx_bytes,
    pdf_bytes,
    saved,
    scan_bytes,
    with_member,
    written,
)

TEXT = "Old bridge to close\n" + "\n".join(PARAGRAPHS)


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(UnusableInput) as refused:
        read_file(name, data)
    told = str(refused.value)
    assert "\n" not in told
    return told


def roles(article) -> dict[str, str]:
    return {article.text[c.start : c.end]: c.role for c in article.corrections}


# Plain text


def test_each_line_of_a_text_file_is_a_paragraph_and_the_first_is_its_title():
    article = read_file("bridge.txt", TEXT.encode())
    assert article.title == "Old bridge to close"
    assert article.text == TEXT
    assert article.language == "en"


def test_a_first_line_with_a_full_stop_is_no_title():
    article = read_file("bridge.txt", "\n".join(PARAGRAPHS).encode())
    assert article.title == ""
    assert article.text.startswith(FIRST_SENTENCE)


def test_spaces_within_a_line_stay_as_they_are():
    assert "the  mayor said" in read_file("a.txt", b"On Monday, the  mayor said no.\nAnd left.").text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_whatever_its_encoding(encoding):
    text = TEXT + "\n“Façade” – the café owner said it cost €40."
    assert read_file("a.txt", text.encode(encoding)).text == text


def test_text_with_a_few_damaged_bytes_is_still_utf_8():
    article = read_file("a.txt", ("Où est l’été, à Besançon ? " * 20).encode() + b"\xff\xfe end of the text")
    assert "Où est l’été" in article.text


def test_text_in_cyrillic_code_page_is_read():
    text = "Мэр города заявила во вторник, что старый мост будет закрыт на ремонт до весны. " * 5
    assert "старый мост" in read_file("a.txt", text.encode("cp1251")).text


def test_nul_bytes_and_what_nobody_sees_are_removed():
    article = read_file("a.txt", "The ma\x00yor said\u200b no to the br\u00adidge.\nShe left.".encode())
    assert article.text.startswith("The mayor said no to the bridge.")


def test_mojibake_is_repaired():
    assert (
        "“café”" in read_file("a.txt", "The â€œcafÃ©â€\x9d closed, its owner said.\nIt had lost money.".encode()).text
    )


def test_furniture_in_a_text_is_boilerplate_and_stays():
    article = read_file(
        "a.txt", b"Bridge to close\nAdvertisement\nThe mayor said no.\nREAD MORE: The ferry\n\xc2\xa9 2026 Post"
    )
    assert roles(article) == {
        "Advertisement": "boilerplate",
        "READ MORE: The ferry": "boilerplate",
        "© 2026 Post": "boilerplate",
    }
    assert article.article_text == "Bridge to close\nThe mayor said no."


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the water had gone, she said.",
        "Published on Monday, the report blames the operator.",
        "Copyright holders sued the firm on Monday.",
        "Share prices fell by 4 percent.",
        "Source code worth $2m was stolen, police said.",
        "Subscribers lost 40 euros each, the court heard.",
        "Photographs show the ship two hours before it sank.",
        "Related charges were dropped in May.",
        "Comments by the minister angered the union.",
        "Source: Mayor knew of the cracks in the bridge",
        "Sign language will be taught in all schools.",
    ],
)
def test_reports_are_not_taken_for_furniture(line):
    assert roles(read_file("a.txt", f"Title here\n{line}\nMore text.".encode())) == {}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a picture"),
        (b"PK\x03\x04" + bytes(200), "a ZIP archive"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"\x7fELF" + bytes(500), "a program"),
        (bytes((i * 7919) % 256 for i in range(5000)), "binary data"),
        (b"\x00" * 3000, "binary data"),
    ],
)
@pytest.mark.parametrize("name", ["notes.txt", "notes.md", "notes.html"])
def test_a_binary_file_with_a_text_files_name_is_refused(name, data, kind):
    assert kind in refusal(name, data)


@pytest.mark.parametrize("name", ["a.exe", "a.odt", "a.rtf", "a.zip", "article", "a.txt.gpg"])
def test_other_kinds_are_refused_naming_the_accepted_ones(name):
    assert ".txt, .md, .html, .pdf or .docx" in refusal(name, TEXT.encode())


def test_words_old_format_is_refused_with_a_way_out():
    assert ".docx" in refusal("a.doc", b"\xd0\xcf\x11\xe0" + bytes(600))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx"])
@pytest.mark.parametrize("data", [b"", b" \n\t\n "])
def test_an_empty_file_is_told(name, data):
    assert "empty" in refusal(name, data)


def test_text_without_a_word_is_told():
    assert "no words" in refusal("a.txt", b"... --- ...\n!!!")


def test_two_megabytes_of_text_are_told():
    assert "characters" in refusal("a.txt", b"The mayor said no. " * 110_000)


def test_a_file_beyond_the_limit_is_told():
    assert "25 MB" in refusal("a.txt", b"a" * 25_000_001)


def test_html_source_in_a_text_file_is_read_as_a_page():
    article = read_file("a.txt", ARTICLE_PAGE.encode())
    assert article.text.split("\n") == ["Old bridge to close", *PARAGRAPHS]


# Markdown


def test_markdown_loses_its_marks_and_keeps_its_paragraphs():
    source = (
        '---\ntitle: "Old bridge to close"\nauthor: Ann Writer\ndate: 2026-03-10\nurl: https://post.example/a\n---\n\n'
        '# Old bridge to close\n\nMayor **Ann Lee** said on [Tuesday](https://post.example/x_(y) "t")\n'
        "that it *would* close.\n\n"
        "![The bridge](b.jpg)\n\n## Why now\n\n- The `piers` are cracked.\n- 2\\. Nobody paid.\n\n"
        "> “We waited,” she said.\n\n"
        "| Year | Cars |\n|---|---|\n| 2025 | 9,000 |\n\n***\n\nIt costs 2 * 3 = 6 crowns, snake_case_name said.\n"
    )
    article = read_file("a.md", source.encode())
    assert article.text.split("\n") == [
        "Old bridge to close",
        "Mayor Ann Lee said on Tuesday that it would close.",
        "Why now",
        "The piers are cracked.",
        "2. Nobody paid.",
        "“We waited,” she said.",
        "Year | Cars",
        "2025 | 9,000",
        "It costs 2 * 3 = 6 crowns, snake_case_name said.",
    ]
    assert (article.title, article.byline, article.url) == (
        "Old bridge to close",
        "Ann Writer",
        "https://post.example/a",
    )
    assert article.published_at == datetime(2026, 3, 10, 12, tzinfo=UTC)
    assert roles(article) == {"Why now": "heading", "2025 | 9,000": "boilerplate"}


def test_a_first_heading_is_the_title_of_markdown():
    assert read_file("a.md", f"# Old bridge to close\n\n{FIRST_SENTENCE}".encode()).title == "Old bridge to close"


# PDF


def test_a_pdf_keeps_paragraphs_and_joins_what_its_lines_divide():
    lines = [
        "Old bridge to close",
        "",
        "Mayor Ann Lee said on Tuesday that the old bridge at Karsund would close for re-",
        "pairs until spring, and that Jean-",
        "Luc Moreau had asked for it.",
        "",
        "The council voted 14 to 3 for the work, which will cost 2.4 million crowns and take",
        "seven months.",
    ]
    article = read_file("a.pdf", pdf_bytes([lines]))
    assert article.title == "Old bridge to close"
    assert article.text.split("\n") == [
        "Old bridge to close",
        "Mayor Ann Lee said on Tuesday that the old bridge at Karsund would close for repairs until spring, and that "
        "Jean-Luc Moreau had asked for it.",
        "The council voted 14 to 3 for the work, which will cost 2.4 million crowns and take seven months.",
    ]


def test_a_pdfs_running_heads_and_page_numbers_are_dropped_and_sentences_run_over_pages():
    pages = [
        [
            "1 Harbour Post, 10 March 2026",
            "",
            "The first page begins here and the sentence goes on over the",
            "Page 1 of 3",
        ],
        [
            "2 Harbour Post, 10 March 2026",
            "",
            "end of the page to the next. The second page ends with a stop.",
            "Page 2 of 3",
        ],
        [
            "3 Harbour Post, 10 March 2026",
            "",
            "A new paragraph stands on the third page of the document here.",
            "Page 3 of 3",
        ],
    ]
    article = read_file("a.pdf", pdf_bytes(pages))
    assert article.text.split("\n") == [
        "The first page begins here and the sentence goes on over the end of the page to the next. "
        "The second page ends with a stop.",
        "A new paragraph stands on the third page of the document here.",
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (["11/23/26, 9:51 PM    Old bridge to close"], ["https://post.example/bridge?id=7  1/1"]),
        ([], ["23/11/2026, 21:51 Old bridge to close", "https://post.example/bridge?id=7 1/1"]),  # as Chrome draws it
        (["Old bridge to close https://post.example/bridge?id=7"], ["1 of 1    23.11.26, 21:51"]),  # as Firefox does
    ],
)
def test_what_a_browser_prints_around_a_page_is_dropped_and_its_address_kept(first, last):
    article = read_file("a.pdf", pdf_bytes([[*first, FIRST_SENTENCE, *last]]))
    assert article.text == FIRST_SENTENCE
    assert article.url == "https://post.example/bridge?id=7"


def test_a_page_printed_from_a_file_has_no_address():
    article = read_file("a.pdf", pdf_bytes([["11/23/26, 9:51 PM Bridge", FIRST_SENTENCE, "file:///tmp/a.html 1/1"]]))
    assert (article.text, article.url) == (FIRST_SENTENCE, "")


def test_an_articles_own_lines_with_a_time_or_an_address_stay():
    lines = ["11/23/26, 9:51 PM The bridge closed.", FIRST_SENTENCE, "Read more at https://post.example/bridge"]
    article = read_file("a.pdf", pdf_bytes([lines]))
    assert "9:51 PM The bridge closed." in article.text
    assert "Read more at https://post.example/bridge" in article.text
    assert article.url == ""


def test_a_pdfs_own_title_author_and_day_are_read_with_a_caution():
    told = {"/Title": "Old bridge to close", "/Author": "Ann Writer", "/CreationDate": "D:20260310081500+01'00'"}
    article = read_file("a.pdf", pdf_bytes([[FIRST_SENTENCE]], told))
    assert (article.title, article.byline) == ("Old bridge to close", "Ann Writer")
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2026-03-10"
    assert any("day on which the file was made" in notice for notice in article.notices)


@pytest.mark.parametrize(
    "told",
    [
        {"/Title": "Microsoft Word - draft3.docx", "/Author": "jdoe42"},
        {"/Title": "untitled", "/Author": "Admin User", "/CreationDate": "D:19040101000000"},
        {"/Title": "layout.indd", "/Author": "Adobe InDesign", "/CreationDate": "D:29990101000000"},
        {"/CreationDate": "yesterday"},
    ],
)
def test_what_programs_write_into_a_pdf_is_not_believed(told):
    article = read_file("a.pdf", pdf_bytes([["Old bridge to close", "", FIRST_SENTENCE]], told))
    assert (article.title, article.byline, article.published_at) == ("Old bridge to close", "", None)


def test_an_encrypted_pdf_is_told():
    assert "password" in refusal("a.pdf", pdf_bytes([[FIRST_SENTENCE]], password="secret"))


def test_a_pdf_without_pages_is_told():
    assert "no pages" in refusal("a.pdf", written(PdfWriter()))


def test_an_empty_page_in_a_pdf_is_told():
    assert "no text" in refusal("a.pdf", pdf_bytes([[]]))


def test_a_scanned_pdf_is_told_to_need_ocr():
    assert "OCR" in refusal("scan.pdf", scan_bytes())


@pytest.mark.parametrize("cut", [20, 200, 600])
def test_a_broken_pdf_is_told(cut):
    assert "The file" in refusal("a.pdf", pdf_bytes([[FIRST_SENTENCE]])[:cut])


def test_a_pdf_with_scrambled_bytes_ends_in_text_or_a_sentence():
    whole = pdf_bytes([PARAGRAPHS, PARAGRAPHS])
    for seed in range(40):
        data = bytearray(whole)
        for step in range(12):
            data[(seed * 7919 + step * 104_729) % len(data)] = (seed * 31 + step * 17) % 256
        with suppress(UnusableInput):
            assert read_file("a.pdf", bytes(data)).text


def test_text_named_pdf_is_told():
    assert "not a PDF" in refusal("a.pdf", TEXT.encode())


def test_a_very_long_pdf_is_read_in_part_and_says_so():
    article = read_file("a.pdf", pdf_bytes([[f"This is sentence number {n} of the long report."] for n in range(70)]))
    assert article.notices[0] == "Only the first 60 of 70 pages were read."
    assert "number 59" in article.text
    assert "number 60" not in article.text


# Word


def test_a_word_document_keeps_paragraphs_lists_and_tables():
    document = docx.Document()
    document.add_heading("Old bridge to close", 0)
    document.add_paragraph(FIRST_SENTENCE)
    document.add_heading("Why now", 2)
    document.add_paragraph("The piers are cracked.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Year", "Cars", "2025", "9,000"], strict=True):
        cell.text = text
    document.add_paragraph("It closes\non Friday.")
    document.core_properties.author = "Ann Writer"
    document.core_properties.created = datetime(2026, 3, 10, 8)  # noqa: DTZ001 - python-docx takes naive ones
    article = read_file("a.docx", saved(document))
    assert article.text.split("\n") == [
        "Old bridge to close",
        FIRST_SENTENCE,
        "Why now",
        "The piers are cracked.",
        "Year | Cars",
        "2025 | 9,000",
        "It closes",
        "on Friday.",
    ]
    assert (article.title, article.byline) == ("Old bridge to close", "Ann Writer")
    assert article.published_at == datetime(2026, 3, 10, 8, tzinfo=UTC)
    assert roles(article) == {"Why now": "heading", "2025 | 9,000": "boilerplate"}


def test_what_the_template_says_of_a_word_document_is_not_believed():
    article = read_file("a.docx", docx_bytes(["Old bridge to close", FIRST_SENTENCE]))
    assert (article.title, article.byline, article.published_at) == ("Old bridge to close", "", None)


def test_an_empty_word_document_is_told():
    assert "no text" in refusal("a.docx", docx_bytes([]))


def test_a_zip_that_is_no_word_document_is_told():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "not a Word document" in refusal("a.docx", made.getvalue())


@pytest.mark.parametrize("cut", [50, 3000, -30])
def test_a_broken_word_document_is_told(cut):
    assert "not a Word document" in refusal("a.docx", docx_bytes([FIRST_SENTENCE])[:cut])


def test_a_word_document_with_a_password_is_told():
    assert "password" in refusal("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = with_member(docx_bytes([FIRST_SENTENCE]), "word/media/image1.bin", b"\0" * 60_000_000)
    assert len(bomb) < 200_000
    assert "unpacks to far more" in refusal("a.docx", bomb)


def test_a_bomb_in_the_text_itself_is_refused():
    xml = b"<w:document xmlns:w='x'>" + b"<w:p/>" * 4_000_000
    assert "unpacks to far more" in refusal("a.docx", with_member(docx_bytes([]), "word/document.xml", xml))


def test_an_archive_of_very_many_parts_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(3000):
            archive.writestr(f"word/{number}.xml", "")
    assert "unpacks to far more" in refusal("a.docx", made.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_word_document_are_refused(encoding):
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>&a; was here on Monday.</w:t></w:r></w:p></w:body></w:document>"
    )
    data = with_member(docx_bytes([FIRST_SENTENCE]), "word/document.xml", xml.encode(encoding))
    assert "entities" in refusal("a.docx", data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "Ti\u200btle  here\nThe “café’s” oﬃce\r\nÂ£5 was paid.".encode()),
        ("a.html", ARTICLE_PAGE.encode()),
        ("a.pdf", pdf_bytes([PARAGRAPHS])),
        ("a.docx", docx_bytes(PARAGRAPHS)),
    ],
)
def test_text_needs_no_further_repair(name, data):
    text = read_file(name, data).text
    assert repair(text) == text
