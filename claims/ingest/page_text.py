"""The paragraphs of a web page's article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from claims.pipeline.text import one_line

from .furniture import remove_furniture
from .paragraphs import Paragraph

STANDFIRST = re.compile(r"(?<![a-z])(?:standfirst|dek|sub-?headline|article-subtitle|article-summary)(?![a-z])", re.I)
BLOCKS = ("p", "head", "item", "row", "quote", "code")


def read_text(tree: HtmlElement, title: str) -> list[Paragraph]:
    """The article's paragraphs, its ``title`` first; empty where the page holds no article."""
    import trafilatura

    tree = deepcopy(tree)
    remove_furniture(tree)
    options = trafilatura.settings.Extractor(comments=False)
    document = trafilatura.bare_extraction(deepcopy(tree), options=options)
    if not isinstance(document, trafilatura.settings.Document):
        return []
    found = [Paragraph(line, p.role) for p in blocks(document.body) if (line := one_line(p.text))]
    return with_title(with_standfirst(found, tree), title)


def blocks(body: etree._Element) -> Iterator[Paragraph]:
    """The lines of trafilatura's tree: a line for each paragraph, list item and table row, and after a line break."""
    for child in body:
        if child.tag == "head":
            yield Paragraph(inline_text(child), "heading")
        elif child.tag == "row":
            yield Paragraph(" | ".join(filter(None, (one_line(inline_text(cell)) for cell in child))))
        elif child.tag in ("list", "table", "div") or any(inner.tag in BLOCKS for inner in child):
            yield from (Paragraph(line) for line in (child.text or "").split("\n"))
            yield from blocks(child)
        else:
            yield from (Paragraph(line) for line in inline_text(child).split("\n"))
        yield Paragraph(child.tail or "")


def inline_text(element: etree._Element) -> str:
    """The text within ``element``; a line break element is a line end, and any other white space a space."""
    parts = [element.text or ""]
    for child in element:
        parts += ["\n" if child.tag == "lb" else inline_text(child), child.tail or ""]
    marked = "".join("\n" if part == "\n" else re.sub(r"\s+", " ", part) for part in parts if part)
    return marked


def with_standfirst(paragraphs: list[Paragraph], tree: HtmlElement) -> list[Paragraph]:
    """``paragraphs`` after the lines that introduce the article under its headline, which trafilatura leaves out."""
    marked = [
        one_line(e.text_content()) for e in tree.iter("p", "div", "h2") if STANDFIRST.search(e.get("class") or "")
    ]
    text = letters(" ".join(p.text for p in paragraphs))
    lines = [line for line in dict.fromkeys(marked) if 30 < len(line) < 500 and letters(line) not in text]
    return [*map(Paragraph, lines[:1]), *paragraphs] if paragraphs else []


def with_title(paragraphs: list[Paragraph], title: str) -> list[Paragraph]:
    """``paragraphs`` with the title as their first line, once, so that headlines are compared as in text files."""
    if not paragraphs or not title:
        return paragraphs
    key = letters(title)
    rest = [p for i, p in enumerate(paragraphs) if i > 5 or letters(p.text) != key]
    return [Paragraph(title), *rest]


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
