"""The parts of a page that surround its article: menus, related links, newsletter boxes, captions, adverts."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from .page_tree import remove

ALWAYS = ("style", "noscript", "template", "nav", "footer", "aside", "form", "dialog", "figcaption", "iframe",
          "object", "embed", "svg", "math", "button", "select", "input", "textarea", "video", "audio", "picture", "img",
          "canvas", "map", "menu")  # fmt: skip
#: Words, or words in a row, in a class, id or role. "relatedLinks", "related_links" and "related-links" read the same.
MARKS = (
    "ad", "ads", "advert", "adverts", "advertisement", "advertising", "affiliate", "alert signup", "article tags",
    "author bio", "author box", "banner", "breadcrumb", "breadcrumbs", "byline", "caption", "captions", "comments",
    "complementary", "consent", "contentinfo", "cookie", "cookies", "credit", "cta", "disclaimer", "disqus", "gdpr",
    "image credit", "inline links", "jump links", "keywords", "inline promo", "live feed", "mailing list", "menu",
    "modal", "more from", "more on", "more stories", "most popular", "most read", "most viewed", "navigation",
    "newsletter", "newsletters", "outbrain", "pagination", "photo credit", "popup", "promo", "promoted", "promos",
    "publish date", "published date", "pull quote", "pullquote", "read also", "read more", "read next", "readmore",
    "readnext", "recirc", "recirculation", "recommendations", "recommended", "related", "see also", "share", "sharing",
    "share bar", "sidebar", "sign up", "signup", "skip link", "social", "sponsor", "sponsored", "subscribe",
    "subscription", "taboola", "tag list", "tags", "teaser", "teasers", "timestamp", "toolbar", "tooltip", "topic list",
    "trending", "visually hidden", "sr only", "you may like", "carousel", "gallery", "image", "images", "photo",
    "player", "slideshow", "video", "links block", "relatedposts", "sharedaddy",
)  # fmt: skip
MARK = re.compile(r"(?:^| )(?:" + "|".join(sorted(MARKS, key=len, reverse=True)) + r")(?= |$)")
#: Names that say that furniture is near, not that this is furniture ("has-sidebar", "article-with-comments").
NEARBY = re.compile(r"\b(?:has|with|no|without|is) (?:\w+ )?\w+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
NEVER = ("html", "body", "main", "article", "h1")


def remove_furniture(tree: HtmlElement) -> None:
    """Take what surrounds the article out of ``tree``, but never an element that holds a good part of its prose."""
    for script in list(tree.iter("script")):
        remove(script)
    prose = prose_length(tree)
    for element in list(tree.iter(*ALWAYS)):
        if not holds_article(element, prose):
            remove(element)
    for element in [e for e in tree.iter() if is_marked(e)]:
        if not holds_article(element, prose):
            remove(element)


def is_marked(element: HtmlElement) -> bool:
    if element.tag in NEVER:
        return False
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hidden or HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    names = " ".join(
        element.get(name) or "" for name in ("class", "id", "role", "data-component", "data-testid", "aria-label")
    )
    if not names.strip():
        return False
    words = re.sub(r"[\s_:/]+", " ", CAMEL.sub(" ", names)).replace("-", " ").lower()
    return MARK.search(NEARBY.sub(" ", words)) is not None


def prose_length(element: HtmlElement) -> int:
    """Characters within ``element`` in long pieces outside links, whatever tags a site uses for its paragraphs."""
    return sum(map(len, element.xpath(".//text()[string-length() > 60][not(parent::a)]")))


def holds_article(element: HtmlElement, prose: int) -> bool:
    """Whether removing ``element`` would take the headline or nearly a third of the page's prose."""
    if element.find(".//h1") is not None:
        return True
    return prose_length(element) > 0.3 * prose
