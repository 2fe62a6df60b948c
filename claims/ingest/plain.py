"""Plain text: pasted, or read from a file. Each line is a paragraph."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.pipeline.sentence_furniture import is_furniture
from claims.pipeline.text import check_length, one_line, repair

from .extracted import Extracted
from .paragraphs import NO_DETAILS, Details, Paragraph, assemble

LONGEST_TITLE = 150
SENTENCE_END = re.compile(r"[.:;,。]['\"’”»)\]]*$")
BYLINE = re.compile(r"(?:by|written by)\s*:?\s+([^|/–—]{3,100}?)(?:\s*[|/–—-].*)?", re.I)
BYLINE_WITHIN = 4  # lines
HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|article)\b", re.I)
HTML_TAG = re.compile(r"</?(?:p|div|span|a|h[1-6]|ul|li|br|img|section|article|script|meta)\b[^<>]{0,500}>", re.I)
FEWEST_TAGS = 8


def looks_like_html(text: str) -> bool:
    """Whether ``text`` is a page's source rather than an article that mentions a tag."""
    head = text[:20_000]
    tags = len(HTML_TAG.findall(head))
    return HTML_START.match(head) is not None or (tags >= FEWEST_TAGS and tags * 200 > len(head))


def read_plain(text: str) -> Extracted:
    """The article in a pasted ``text``. Raises UnusableInput for an empty or too long one."""
    if looks_like_html(text):
        from .html import extract_html

        return extract_html(text.encode("utf-8", "replace"))
    return read_lines(text)


def read_lines(text: str, details: Details = NO_DETAILS) -> Extracted:
    """The article whose paragraphs are the lines of ``text``; its first line is the title if it reads like one."""
    check_length(text)
    lines = repair(text).split("\n")
    known = replace(details, title=details.title or title_of(lines), byline=details.byline or byline_of(lines))
    return assemble((Paragraph(line) for line in lines), known)


def title_of(lines: list[str]) -> str:
    """The first line that says something, where it is short and has no full stop and more text follows it."""
    said = [line for line in map(one_line, lines) if line]
    if len(said) < 2 or len(said[0]) > LONGEST_TITLE or SENTENCE_END.search(said[0]) or is_furniture(said[0]):
        return ""
    return said[0]


def byline_of(lines: list[str]) -> str:
    """The names in a line of its own near the top that says "By Ana Holt" and nothing else."""
    near_the_top = [line for line in map(one_line, lines) if line][:BYLINE_WITHIN]
    told = next((found for line in near_the_top if (found := BYLINE.fullmatch(line)) and is_furniture(line)), None)
    return told[1] if told else ""
