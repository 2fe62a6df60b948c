"""Questions to the desks: neutral, from templates, each matter once, on one page."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from claims.exports.formats import FORMATS
from claims.exports.questions import MOST, Question, ask, make_sheet
from claims.pipeline.types import Kind
from claims.review.record import Item, Record
from tests.chromium import HOW_TO_INSTALL, find_chromium
from tests.review.makers import APART, first, judge_of, reveal, vote

from .conftest import NOW, REASON, Room

Export = Callable[[str], bytes]


def printed(page: Path) -> PdfReader:
    """The page as Chromium prints it."""
    program, paper = find_chromium() or "", page.with_suffix(".pdf")
    if not program:
        pytest.fail(HOW_TO_INSTALL) if os.environ.get("CI") == "true" else pytest.skip(HOW_TO_INSTALL)
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={page.parent / 'home'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return PdfReader(paper)


def questions(record: Record) -> dict[str, Question]:
    return {question.kind: question for question in ask(record)}


def test_every_kind_of_divergence_has_its_question(sealed: Room):
    found = questions(sealed.record)
    assert set(found) == set(Kind.__args__)  # type: ignore[attr-defined]
    assert len({question.asks for question in found.values()}) == len(found)


def test_a_question_says_who_says_what_and_asks_whose_it_is(sealed: Room):
    found = questions(sealed.record)["number"]
    assert found.says == "Harbour Post and The Evening Lantern say “12”; Daily Courier says “14”."
    assert found.asks == "Whose figure is it, and of what time?"


def test_the_sheet_names_no_judge_no_vote_and_no_verdict(sealed: Room, export: Export):
    page = export("questions").decode()
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(export("questions-docx"))).paragraphs)
    for told in (page, words):
        assert "Harbour Post and The Evening Lantern say “12”; Daily Courier says “14”." in told
        for secret in ("Bea Lund", "Edda Vik", REASON, "unsure", "same claim", "decided", "likely", "wrong"):
            assert secret not in told, secret


def test_what_people_found_to_be_no_difference_is_not_asked(room: Room):
    for item in room.session.items.filter(relation="diverge"):
        if "date" in item.kinds:
            for member in (room.bea, room.carl):
                vote(item, judge_of(room.session, member), APART)
    reveal(room.session)
    assert "date" not in questions(room.record)
    assert "number" in questions(room.record)


def test_the_words_that_people_chose_are_asked_about(room: Room):
    item = first(room.session, relation="agree", a_text="The coastguard sent three lifeboats.")
    chosen = replace(item.accepting, relation="diverge", kinds=("number",), a=(20, 25), b=(0, 14))
    for member in (room.bea, room.carl):
        vote(item, judge_of(room.session, member), chosen)
    reveal(room.session)
    said = [question.says for question in ask(room.record) if question.kind == "number"]
    assert any("“three”" in told and "“The coastguard”" in told for told in said)


def test_an_outlet_without_words_is_said_to_name_nobody(sealed: Room):
    def bare(item: Item) -> Item:
        return replace(item, divergences=[{**d, "b": {**d["b"], "text": ""}} for d in item.divergences], decisions=())

    record = replace(sealed.record, items=[replace(bare(item), votes=()) for item in sealed.record.items])
    assert questions(record)["attribution"].says.endswith("names nobody.")


@pytest.mark.browser
def test_as_many_questions_as_there_may_be_fit_on_one_page(sealed: Room, tmp_path: Path):
    def long(item: Item) -> Item:
        return replace(item, a=replace(item.a, text=item.a.text + " And so on." * 40)) if item.b else item

    record = replace(sealed.record, items=[long(item) for item in sealed.record.items])
    sheet = make_sheet(record, NOW)
    assert (len(sheet.questions), sheet.more) == (MOST, 8 - MOST)
    page = tmp_path / "questions.html"
    page.write_bytes(FORMATS["questions"].make(record, NOW))
    assert "1 more" in page.read_text(encoding="utf-8")
    assert len(printed(page).pages) == 1


def test_a_session_without_differences_says_that_there_is_nothing_to_ask(sealed: Room):
    record = replace(sealed.record, items=[item for item in sealed.record.items if item.relation == "agree"])
    assert "nothing to ask" in FORMATS["questions"].make(record, NOW).decode()
