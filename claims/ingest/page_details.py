"""What a web page says about its article in JSON-LD, meta elements and its own markup."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from claims.pipeline.text import one_line

from .dates import read_time
from .paragraphs import Details

ARTICLE_TYPES = re.compile(r"\w*(?:NewsArticle|Article|BlogPosting|LiveBlogPosting|Report)$")
LARGEST_JSON = 1_000_000
MOST_NODES = 2_000
BYLINE = re.compile(r"(?:written |words |reporting )?by:?\s+(.+)", re.I)
TITLE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
DATE_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publish-date", "date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageDetails:
    """An article's ``details``, and what tells an article's page from others."""

    details: Details
    is_article: bool  # the page declares that it is one article
    is_for_subscribers: bool  # the page declares that not everybody may read it
    body: str  # the article's text where JSON-LD repeats it


def read_details(tree: HtmlElement, url: str = "") -> PageDetails:
    """``url`` is the address that the page came from, "" for a file."""
    article = article_node(tree)
    meta = read_meta(tree)
    address = canonical_url(tree, article, meta, url)
    title = find_title(tree, article, meta)
    outlet = find_outlet(tree, article, meta, title, address)
    return PageDetails(
        details=Details(
            title=title,
            outlet=outlet,
            byline=find_byline(tree, article, meta, outlet),
            url=address,
            published_at=find_time(tree, article, meta),
            language=find_language(tree, article, meta),
        ),
        is_article=bool(article) or meta.get("og:type", "").lower() == "article" or "article:published_time" in meta,
        is_for_subscribers=str(article.get("isAccessibleForFree", "")).lower() in ("false", "0", "no")
        or meta.get("article:content_tier", "").lower() == "locked",
        body=text_of(article.get("articleBody")),
    )


def article_node(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object of the page's article, or {}. The first one that has a headline wins."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and len(script.text or "") < LARGEST_JSON:
            found += [node for node in nodes(load_json(script.text or "")) if is_article(node)]
    return next((node for node in found if node.get("headline")), found[0] if found else {})


def load_json(source: str) -> Any:
    source = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$", "", source)
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in ``data`` that may be an article: at the top, in a list, a graph or as a page's main thing."""
    waiting, seen = [data], 0
    while waiting and seen < MOST_NODES:
        seen += 1
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and ARTICLE_TYPES.match(kind) for kind in kinds)


def read_meta(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements by lower-case name; the first of a name counts."""
    told: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and (content := text_of(element.get("content"))):
            told.setdefault(name.strip().lower(), content)
    return told


def text_of(value: Any) -> str:
    """A string that JSON-LD or an attribute holds, without entities; "" for anything else."""
    return entities.unescape(value).strip() if isinstance(value, str) else ""


def names_of(value: Any) -> list[str]:
    """The names in JSON-LD's many ways to name people: a string, an object, or a list of these."""
    if isinstance(value, list):
        return list(dict.fromkeys(name for item in value[:20] for name in names_of(item)))
    name = text_of(value.get("name") if isinstance(value, dict) else value)
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return names_of(value["name"])
    return [name] if name and not name.startswith("http") else []


def find_title(tree: HtmlElement, article: dict[str, Any], meta: dict[str, str]) -> str:
    """The headline that readers of the page see; else the declared one, since some sites put their name in the h1."""
    page_title = one_line(tree.findtext(".//title") or "")
    declared = one_line(text_of(article.get("headline")) or meta.get("og:title", "") or meta.get("twitter:title", ""))
    for h1 in tree.iter("h1"):
        heading = one_line(h1.text_content())
        is_articles = any(parent.tag in ("article", "main") for parent in h1.iterancestors())
        known = share_words(heading, declared) or share_words(heading, page_title)
        if 3 < len(heading) < 300 and (is_articles or known or not declared) and heading != meta.get("og:site_name"):
            return heading
    return without_site(declared or TITLE_SUFFIX.sub("", page_title), meta)


def share_words(a: str, b: str) -> bool:
    words_a, words_b = set(a.lower().split()), set(b.lower().split())
    return len(words_a & words_b) >= 0.5 * min(len(words_a), len(words_b)) > 0


def without_site(title: str, meta: dict[str, str]) -> str:
    site = re.escape(meta.get("og:site_name", ""))
    return re.sub(rf"\s+[|–—-]\s+{site}$", "", title, flags=re.I) if site else title


def find_outlet(tree: HtmlElement, article: dict[str, Any], meta: dict[str, str], title: str, url: str) -> str:
    """The site's name, in its own words where it has any."""
    publisher = names_of(article.get("publisher"))
    told = (meta.get("og:site_name", ""), *publisher[:1], meta.get("application-name", ""), beside_title(tree, title))
    return next((name for name in told if 1 < len(name) <= 80), "") or outlet_of(url)


def beside_title(tree: HtmlElement, title: str) -> str:
    """What the page's title names besides the headline: "Bridge to close | Harbour Post" is from Harbour Post."""
    page_title = one_line(tree.findtext(".//title") or "")
    if not title or title not in page_title:
        return ""
    rest = page_title.replace(title, "").strip(" |–—-:·•»«")
    return rest if 2 < len(rest) <= 40 else ""


def outlet_of(url: str) -> str:
    """A domain as a name: ``https://www.harbour-post.co.uk/…`` is "Harbour Post"."""
    host = urlsplit(url).hostname or ""
    if not host or ":" in host or re.fullmatch(r"[\d.]+", host):
        return host
    labels = [label for label in host.split(".") if label not in ("www", "m", "amp", "edition", "en")]
    while len(labels) > 1 and (len(labels[-1]) <= 3 or labels[-1] in ("info", "news", "example", "invalid", "test")):
        labels.pop()
    return " ".join(word.capitalize() for word in re.split(r"[-_]", labels[-1])) if labels else host


def find_byline(tree: HtmlElement, article: dict[str, Any], meta: dict[str, str], outlet: str) -> str:
    """The authors' names, joined by commas; "" where only the outlet is named."""
    marked = tree.xpath("//*[contains(@class, 'byline') or contains(@class, 'author')]")[:20]
    told = (
        names_of(article.get("author")),
        names_of(meta.get("author", "")),
        names_of(meta.get("article:author", "")),
        [element.text_content() for element in tree.xpath("//*[@rel='author' or @itemprop='author']")[:5]],
        [text for element in marked if BYLINE.match(text := one_line(element.text_content()))][:1],
    )
    return next((byline for names in told if (byline := joined_names(names, outlet))), "")


def joined_names(names: list[str], outlet: str) -> str:
    people = dict.fromkeys(BYLINE.sub(r"\1", one_line(name)) for name in names)
    return ", ".join([name for name in people if 2 < len(name) < 150 and "/" not in name and name != outlet][:8])


def find_time(tree: HtmlElement, article: dict[str, Any], meta: dict[str, str]) -> datetime | None:
    """When the article was published: its declared moment, else a marked one, else the day that its markup suggests."""
    told = [article.get("datePublished"), article.get("dateCreated"), *(meta.get(name) for name in DATE_NAMES)]
    marked = tree.xpath("//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime | //time/@datetime")
    for value in [*told, *marked[:5]]:
        if (moment := read_time(value)) and plausible(moment):
            return moment
    return day_from_markup(tree)


def plausible(moment: datetime) -> bool:
    return datetime(1990, 1, 1, tzinfo=UTC) < moment < datetime.now(UTC) + timedelta(days=2)


def day_from_markup(tree: HtmlElement) -> datetime | None:
    from htmldate import find_date

    try:
        found = find_date(tree, extensive_search=False, original_date=True, deferred_url_extractor=True)
    except (ValueError, TypeError, AttributeError):
        return None
    moment = read_time(found)
    return moment if moment and plausible(moment) else None


def find_language(tree: HtmlElement, article: dict[str, Any], meta: dict[str, str]) -> str:
    """The declared language as ISO 639-1, or ""."""
    declared = (
        tree.get("lang"),
        tree.get("xml:lang"),
        article.get("inLanguage"),
        meta.get("og:locale"),
        meta.get("content-language"),
    )
    for value in declared:
        if found := re.match(r"([a-z]{2})(?:[-_]|$)", text_of(value).lower()):
            return found[1]
    return ""


def canonical_url(tree: HtmlElement, article: dict[str, Any], meta: dict[str, str], url: str) -> str:
    """The article's address as its site writes it, without tracking; ``url`` where that names another site or page."""
    links = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    page = article.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    for told in [*links[:1], meta.get("og:url", ""), text_of(article.get("url")), text_of(page)]:
        try:
            address = urljoin(url, told.strip()) if told else ""
            parts, given = urlsplit(address), urlsplit(url)
        except ValueError:
            continue
        same_site = not url or site(parts.hostname) == site(given.hostname)
        whole = not url or len(parts.path) > 1 or len(given.path) <= 1
        if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and same_site and whole:
            return address
    return url


def site(host: str | None) -> str:
    return (host or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
