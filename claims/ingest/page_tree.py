"""A web page's bytes as a tree that is safe and quick to read: no depth, size or markup of it can stall a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from claims.pipeline.types import UnusableInput

from .decode import decode

LARGEST_PAGE = 10_000_000  # bytes
MOST_ELEMENTS = 30_000  # long live pages have 10,000; the extraction takes seconds beyond this
LONGEST_TAG = 4_000  # characters; the parser's time grows with the square of a tag's attributes
DEEPEST = 60  # real pages nest 20 to 40 deep

META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:-]{2,40})", re.I)
XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:-]{2,40})", re.I)
#: The document type with any entities that it defines. HTML has none, and a parser would show what follows "[" as text.
DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<!doctype[^>\[]{0,500}(?P<subset>\[)?", re.I)
#: Comments, scripts and styles whole, and every other tag, in one pass without backtracking. As for a browser, an
#: unclosed one reaches to the end, and a quotation mark hides a ">" only after an equals sign.
TOKEN = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+(?:-->)?"
    r"|<(?P<raw>script|style)\b(?P<kind>[^>]*+)>?[^<]*+(?:<(?!/(?P=raw))[^<]*+)*+(?:</(?P=raw)[^>]*+>?)?"
    r"|<(?P<tag>/?[a-z][\w:-]*+)(?P<attributes>(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)?|[\"'])*+)>?",
    re.I,
)
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9a-f]{1,8})|(?P<decimal>\d{1,8}))\b;?", re.I)
#: The tags that carry an article's structure or its details; all others go where a page is nested too deeply.
STRUCTURE = frozenset("html head body title meta link script p h1 h2 h3 h4 h5 h6 li br time".split())


def parse_page(data: bytes, charset: str = "") -> html.HtmlElement:
    """The page's tree without comments and processing instructions.

    ``charset`` is what the server declared. Raises UnusableInput for a page too large, or that holds no markup.
    """
    if len(data) > LARGEST_PAGE:
        raise UnusableInput("This page is larger than 10 MB. Paste the article's text instead.")
    source = without_doctype(UNREADABLE.sub("", decode(data, charset or declared_charset(data))))
    source = REFERENCE.sub(readable, TOKEN.sub(kept, source))
    tree, too_deep = parse(source)
    if too_deep:
        tree, too_deep = parse(TOKEN.sub(structure, source))
    if not source.strip():
        raise UnusableInput("This page is empty. Open it in a browser and paste the article's text instead.")
    if tree is None or too_deep:
        raise UnusableInput("This page's markup cannot be read. Open the page and paste its text instead.")
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise UnusableInput("This page has too many parts to be read as an article. Paste the article's text instead.")
    flatten(tree)
    return tree


def kept(token: re.Match[str]) -> str:
    """What stays of a comment, script or tag: scripts only as data (JSON-LD), and no attributes of a huge tag."""
    if token["tag"]:
        return f"<{token['tag']}>" if len(token["attributes"]) > LONGEST_TAG else token[0]
    return token[0] if token["raw"] and "ld+json" in token["kind"].lower() else " "


def readable(reference: re.Match[str]) -> str:
    """A numeric reference as browsers read it: windows-1252 where Unicode has control codes, nothing if unreadable."""
    code = int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"])
    if 0x80 <= code < 0xA0:
        return bytes([code]).decode("cp1252", "ignore")
    return "" if code > 0x10FFFF or UNREADABLE.match(chr(code)) else reference[0]


def structure(token: re.Match[str]) -> str:
    return token[0] if not token["tag"] or token["tag"].strip("/").lower() in STRUCTURE else " "


def declared_charset(data: bytes) -> str:
    found = XML_ENCODING.match(data) or META_CHARSET.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else ""


def without_doctype(source: str) -> str:
    found = DOCTYPE.match(source)
    if not found:
        return source
    closing = "]" if found["subset"] else ">"
    end = source.find(closing, found.end())
    end = source.find(">", end) if end >= 0 else -1
    return source[end + 1 :] if end >= 0 else source[found.end() :]


def parse(source: str) -> tuple[html.HtmlElement | None, bool]:
    """The tree, and whether the parser gave up on its depth."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None, False
    return tree, any("depth" in entry.message.lower() for entry in parser.error_log)


def flatten(tree: html.HtmlElement) -> None:
    """Lift what is nested deeper than on any real page, since later steps walk up and down for every element."""
    for element in reversed([element for element, depth in with_depth(tree) if depth > DEEPEST]):
        if element.tag not in STRUCTURE:
            element.drop_tag()


def with_depth(tree: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, int]]:
    depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += 1
            yield element, depth
        else:
            depth -= 1


def remove(element: html.HtmlElement) -> None:
    """Take ``element`` out of its tree, keeping the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()
