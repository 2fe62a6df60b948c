"""PDF: it says all that the record holds, for eyes, for search and for screen readers, and takes nothing for markup."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from claims.exports.formats import FORMATS
from claims.exports.paper.letters import LOST, Letters
from claims.exports.paper.lines import break_lines, turn_round
from claims.exports.paper.sheets import Paper
from claims.exports.report import Report
from claims.exports.telling import tell
from claims.review.record import load_record_for

from .conftest import NOW, REASON, Room
from .test_documents import must_state

Export = Callable[[str], bytes]
MARKUP = '<b>bold</b> &amp; <img src="https://a.example/x.png"> <para> ]]> <!-- &#65; %PDF (1) Tj \\n'
GREEK, CYRILLIC, POLISH, VIETNAMESE = "Ελληνικά", "Кириллица їжак", "Łódź źrebię", "Tiếng Việt"


class Notebook:
    """Paper that only remembers what was written."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def heading(self, text: str, level: int) -> None:
        self.texts.append(text)

    def line(self, *pieces: tuple[str, str], keeps: bool = False) -> None:
        self.texts.append("".join(text for text, _ in pieces))

    def point(self, *pieces: tuple[str, str]) -> None:
        self.line(*pieces)

    def table(self, rows: Any, head: Any = (), shares: Any = ()) -> None:
        self.texts += [cell for row in (head, *rows) for cell in row]


def bare(text: str) -> str:
    """Without what may differ between a text and its lines: white space."""
    return re.sub(r"\s", "", text)


def read(file: bytes) -> Any:
    return PdfReader(io.BytesIO(file))


def words_of(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(file).pages)


def written(*texts: str) -> bytes:
    """A file with a line for each text."""
    paper = Paper("Title", "Newsroom")
    for text in texts:
        paper.line((text, ""))
    return paper.bytes()


def test_it_states_everything_in_order_down_to_the_last_entry_of_the_trail(sealed: Room, export: Export):
    words, notebook = bare(words_of(export("pdf"))), Notebook()
    report = Report(sealed.record, NOW)
    tell(report, notebook, with_trail=True)
    at = 0
    for text in notebook.texts:
        found = words.find(bare(text.replace("\x0b", LOST)), at)
        assert found >= 0, text
        at = found
    assert [stated for stated in must_state(sealed) if bare(stated) not in words] == []
    told = bare("".join(notebook.texts))
    for name, line in report.agreement:
        assert bare(f"{name}{line.percent}{line.alpha}{line.found.items}") in told
    assert {"All items", "Number, named on 2"} <= {name for name, _ in report.agreement}
    assert "Bea Lund and =HYPERLINK(1)" in dict(report.agreement)
    assert bare(f"decided: same claim, diverges: number “{REASON}”") in told
    assert [entry.sha256[:12] in told for entry in report.trail] == [True] * len(report.trail)


def test_before_the_reveal_it_holds_only_what_its_maker_may_see(room: Room):
    words = words_of(FORMATS["pdf"].make(load_record_for(room.session, room.carl.pk), NOW))
    assert "Bea Lund" not in words
    assert "See page 3" not in words
    assert bare("The votes of this session are not revealed yet.") in bare(words)


def test_more_items_than_one_can_read_are_no_reason_to_refuse(sealed: Room):
    numbers = range(1, 251)
    items = [replace(sealed.record.items[0], number=number, votes=(), notes=()) for number in numbers]
    words = words_of(FORMATS["pdf"].make(replace(sealed.record, items=items), NOW))
    assert [number for number in numbers if f"Item {number}: " not in words] == []


def test_every_page_has_the_title_and_its_number_of_all(sealed: Room, export: Export):
    pages = [page.extract_text() for page in read(export("pdf")).pages]
    assert len(pages) > 5
    for number, words in enumerate(pages, start=1):
        assert "Before we print" in words
        assert f"Page{number}of{len(pages)}" in bare(words)


def test_it_says_its_title_its_language_and_its_parts(sealed: Room, export: Export):
    file = read(export("pdf"))
    assert file.metadata
    assert (file.metadata.title, file.metadata.author) == ("Before we print", sealed.record.newsroom)
    assert file.trailer["/Root"]["/Lang"] == "en-GB"
    assert file.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    [title, parts] = file.outline
    assert title["/Title"] == "Before we print"
    named = [part["/Title"] for part in parts if not isinstance(part, list)]
    assert named == ["How far the judges agree", "Items", "The texts", "How it was compared", "Audit trail"]
    items = next(part for part in parts if isinstance(part, list))
    assert len(items) == len(sealed.record.items)


def test_all_letters_are_in_the_file_and_can_be_copied(export: Export):
    fonts = {
        font["/BaseFont"]: font
        for page in read(export("pdf")).pages
        for font in (found.get_object() for found in page["/Resources"]["/Font"].values())
    }
    assert {"Inter-Regular", "Inter-SemiBold"} <= {name.partition("+")[2] for name in fonts}
    for name, font in fonts.items():
        assert re.match(r"/[A-Z]{6}\+", name), "not a subset"
        assert "/ToUnicode" in font
        assert "/FontFile2" in font["/FontDescriptor"]


# For screen readers


def elements(element: Any) -> Iterator[Any]:
    """An element of the structure tree with all below it, in reading order."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield from elements(found)


def pieces(page: PageObject, reader: Any) -> Iterator[tuple[str, int | None]]:
    """Of each piece of text that a page shows: its mark, and its number where it is no artifact."""
    marks: list[tuple[str, int | None]] = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            marks.append((operands[0], operands[1].get("/MCID")))
        elif operator == b"BMC":
            marks.append((operands[0], None))
        elif operator == b"EMC":
            marks.pop()
        elif operator in (b"Tj", b"Do", b"S", b"s"):
            yield marks[-1]


def test_every_word_on_a_page_belongs_to_an_element_or_is_an_artifact(export: Export):
    file = read(export("pdf"))
    tree = file.trailer["/Root"]["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for page in file.pages:
        owners = parents[page["/StructParents"]].get_object()
        shown = list(pieces(page, file))
        assert {number for _, number in shown if number is not None} == set(range(len(owners)))
        for mark, number in shown:
            assert mark == ("/Artifact" if number is None else owners[number].get_object()["/S"])


def test_headings_tables_and_lists_are_told_apart(sealed: Room, export: Export):
    tree = read(export("pdf")).trailer["/Root"]["/StructTreeRoot"]
    found = list(elements(tree["/K"].get_object()))
    kinds = [element["/S"] for element in found]
    assert kinds[:4] == ["/Document", "/H1", "/Table", "/TR"]
    assert kinds.count("/H3") == len(sealed.record.items)
    said = sum(len(i.votes) + len(i.decisions) + len(i.notes) for i in sealed.record.items)
    assert kinds.count("/LI") == kinds.count("/LBody") == said
    scopes = [element["/A"]["/Scope"] for element in found if element["/S"] == "/TH"]
    assert {"/Column", "/Row"} == set(scopes)
    assert scopes.count("/Column") == 4 + 4 + 5


# What people write


def test_nothing_that_is_written_is_taken_for_markup(sealed: Room):
    record = replace(sealed.record, title=MARKUP, question=MARKUP, newsroom=MARKUP)
    file = FORMATS["pdf"].make(record, NOW)
    told = 3  # the heading, the newsroom, the question
    assert bare(words_of(file)).count(bare(MARKUP)) == len(read(file).pages) + told
    assert read(file).metadata.title == MARKUP
    for page in read(file).pages:
        assert "/Annots" not in page
        assert [found.get_object()["/Subtype"] for found in page["/Resources"]["/XObject"].values()] == ["/Form"]


@pytest.mark.parametrize("text", [GREEK, CYRILLIC, POLISH, VIETNAMESE, "E\u0301tude", "Հայերեն", "ქართული", "✓ → ½ €"])
def test_letters_of_many_alphabets_are_shown_and_can_be_searched(text: str):
    words = words_of(written(text))
    assert unicodedata.normalize("NFC", text) in words
    assert LOST not in words


def test_a_letter_that_no_font_has_leaves_a_sign_and_a_note():
    words = words_of(written("Reporter 火野 👍", "plain"))
    assert f"Reporter {LOST}{LOST} {LOST}" in words
    assert "no letters for (U+706B, U+91CE, U+1F44D)" in words
    assert "no letters for" not in words_of(written("plain"))


def test_signs_that_no_page_can_show_do_no_harm():
    words = words_of(
        written("a\x00b\x1bc\ud800d\ufffee", "tab\there\r\nnext\rlast", "zero\u200bwidth \u202eturned\u202c")
    )
    assert f"a{LOST}b{LOST}c{LOST}d{LOST}e" in words
    assert "tab here\nnext\nlast" in words
    assert "zerowidth turned" in words


def test_words_from_right_to_left_stand_in_their_order():
    def shown(text: str) -> str:
        return "".join(letter for letter, _ in turn_round([(letter, "") for letter in text]))

    assert shown("by דנה כהן (editor)") == "by ןהכ הנד (editor)"
    assert shown("(דנה) 12:30 שלום end") == "(םולש 12:30 (הנד end"
    assert shown("plain 12") == "plain 12"


@pytest.mark.parametrize("text", ["x" * 2000, "w" * 100_000, "word " * 20_000, "\n" * 300, "   ", ""])
def test_long_text_goes_on_over_lines_and_pages_and_nothing_is_lost(text: str):
    file = written("before", text, "after")
    words = re.sub(r"Title|Page\d+of\d+", "", bare(words_of(file)))
    assert words == f"before{bare(text)}after"


def test_a_table_row_longer_than_a_page_goes_on_on_the_next_below_the_head_again():
    paper = Paper("Title", "Newsroom")
    long = "".join(f"{number:05}" for number in range(3000))
    paper.table([("1", "short", "first"), ("2", long, "second"), ("3", "end", "third")], head=("No.", "Text", "Word"))
    pages = [bare(page.extract_text()) for page in read(paper.bytes()).pages]
    assert len(pages) > 2
    assert [words.count("No.TextWord") for words in pages] == [1] * len(pages)
    whole = "".join(re.sub(r"No.TextWord|TitlePage.*$", "", words) for words in pages)
    assert whole.replace("second", "", 1) == f"1shortfirst2{long}3endthird"


def test_a_note_of_a_hundred_kilobytes_does_not_stop_the_file(sealed: Room):
    item = sealed.record.items[sealed.number - 1]
    long = replace(item, notes=[replace(item.notes[0], text="<b>" * 33_000)])
    record = replace(sealed.record, items=[long])
    assert bare(words_of(FORMATS["pdf"].make(record, NOW))).count("<b>") >= 33_000 - 100


def test_several_files_are_made_at_once(sealed: Room):
    texts = [f"{GREEK} {number} {CYRILLIC}" for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert [
            text for text, file in zip(texts, pool.map(written, texts), strict=True) if text not in words_of(file)
        ] == []


# Lines


def as_text(lines: list[Any]) -> list[str]:
    return ["".join(part.run.text for part in line) for line in lines]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs", "Cc"]), max_size=120))
def test_lines_hold_the_whole_text_within_their_width(text: str):
    letters = Letters()
    lines = break_lines([(text, "")], 9.0, letters)
    for line in lines:
        words = "".join(part.run.text for part in line).rstrip(" ")
        width = sum(run.width for run in letters.runs(words, "regular"))
        assert width <= 9.0 + 1e-6 or len(words) == 1
    shown = bare(letters.drawable(text))
    assert sorted(bare("".join(as_text(lines)))) == sorted(shown) or any(
        unicodedata.bidirectional(letter) in ("R", "AL") for letter in shown
    )


def test_lines_break_at_spaces_and_only_long_words_are_cut():
    letters = Letters()
    assert as_text(break_lines([("one two ", ""), ("thr", "b"), ("ee", "")], 3.2, letters)) == ["one ", "two ", "three"]
    assert all(len(line) == 1 for line in as_text(break_lines([("WWWW", "")], 0.5, letters)))


def test_words_that_differ_are_bold_and_underlined(export: Export):
    """Colour would be lost on a black and white printer."""
    file = read(export("pdf"))
    colours: set[tuple[bytes, float]] = {
        (operator, float(operands[0]))
        for page in file.pages
        for operands, operator in ContentStream(page.get_contents(), file).operations
        if operator in (b"g", b"G", b"rg", b"RG", b"k", b"K")
    }
    assert {operator for operator, _ in colours} == {b"g", b"G"}
    assert max(value for operator, value in colours if operator == b"g") < 0.4
    paper = Paper("Title", "Newsroom")
    paper.line(("left ", ""), ("12", "mark"), (" passengers", ""))
    made = read(paper.bytes())
    drawn = [operator for _, operator in ContentStream(made.pages[0].get_contents(), made).operations]
    assert drawn.count(b"S") + drawn.count(b"s") == 1
    assert "left 12 passengers" in words_of(paper.file.getvalue())
