"""Markdown: its text without the markup, and what its front matter says."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.pipeline.text import check_length, repair

from .dates import read_time
from .extracted import Extracted
from .paragraphs import Details, Paragraph, assemble
from .plain import byline_of, title_of

FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*\n", re.S)
FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(.+?)[ \t]*$", re.M)
HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])[ \t]+")
RULE = re.compile(r"^\s*(?:([-*_])[ \t]*(?:\1[ \t]*){2,}|=+|-+|```.*|~~~.*|\|?[ \t]*:?-{3,}[-|: \t]*)$")
QUOTE = re.compile(r"^\s*(?:>[ \t]?)+")
BLOCK = re.compile(r"^\s*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,3}[.)][ \t]|>|\||```|~~~)")
INLINE = (
    (re.compile(r"!\[([^\]\[]*)\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)"), ""),  # pictures
    (re.compile(r"\[([^\]\[]+)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ \t]+\"[^\"]*\")?\)"), r"\1"),  # links
    (re.compile(r"\[([^\]\[]+)\]\[[^\]\[]*\]"), r"\1"),  # links by reference
    (re.compile(r"\[\^[^\]\[]+\]"), ""),  # marks of footnotes
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>]{0,300}>"), ""),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_]+?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)


def read_markdown(text: str) -> Extracted:
    """The article in ``text``. Lines of one paragraph are joined; headings keep their role."""
    check_length(text)
    text = repair(text)
    details, body = front_matter(text)
    paragraphs = list(read_blocks(body))
    details = replace(details, byline=details.byline or byline_of([p.text for p in paragraphs]))
    if not details.title:
        # A leading heading is the title; it is a line of the text like any other, as in a plain file.
        first = next((p for p in paragraphs if p.text), None)
        heading = first.text if first and first.role == "heading" else ""
        details = replace(details, title=heading or title_of([p.text for p in paragraphs]))
    if paragraphs and paragraphs[0].role == "heading":
        paragraphs[0] = Paragraph(paragraphs[0].text)
    return assemble(paragraphs, details)


def front_matter(text: str) -> tuple[Details, str]:
    """What the block between ``---`` lines at the start says, and the text after it."""
    if not (block := FRONT_MATTER.match(text)):
        return Details(), text
    told = {key.lower(): value.strip("\"'") for key, value in FIELD.findall(block[1])}
    details = Details(
        title=told.get("title", ""),
        outlet=told.get("outlet", told.get("publisher", told.get("source", ""))),
        byline=told.get("author", told.get("byline", "")).strip("[]"),
        url=told["url"] if re.match(r"https?://", told.get("url", "")) else "",
        published_at=read_time(told.get("date", "")),
        language=told.get("lang", told.get("language", ""))[:2].lower(),
    )
    return details, text[block.end() :]


def read_blocks(text: str) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    running = False  # whether the next line continues the last paragraph
    for raw in text.split("\n"):
        if not raw.strip() or RULE.match(raw):
            running = False
        elif heading := HEADING.match(raw):
            paragraphs.append(Paragraph(without_markup(heading[2]), "heading"))
            running = False
        else:
            line = without_markup(ITEM.sub("", QUOTE.sub("", raw)))
            if running and not BLOCK.match(raw):
                paragraphs[-1] = Paragraph(f"{paragraphs[-1].text} {line}")
            else:
                paragraphs.append(Paragraph(line))
            running = True
    return paragraphs


def without_markup(line: str) -> str:
    for pattern, kept in INLINE:
        line = pattern.sub(kept, line)
    return line.strip().strip("|").replace(" | ", " | ").strip()
