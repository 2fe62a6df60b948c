"""A web address into its article, from a network that cannot be trusted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import NoReturn
from urllib.parse import unquote, urlsplit

import requests
import urllib3
from requests_hardened.ip_filter import InvalidIPAddress

from claims import __version__
from claims.pipeline.types import UnusableInput

from .addresses import INTERNAL, NO_ADDRESS, PORTS, check_url, join_url
from .decode import what_binary
from .extracted import Extracted
from .session import Line, open_session

USER_AGENT = f"Mozilla/5.0 (compatible; claims/{__version__}; compares news articles at a journalist's request)"
PASTE = "Open the page in a browser and paste its text instead."
STATUS = {
    401: "This page asks for a login.",
    402: "This page is behind a paywall.",
    403: "The site refuses to give this page to programs.",
    404: "There is no page at this address (404): check it for a typing error.",
    407: "A proxy stands before this page and asks for a login.",
    410: "This page was removed by its site (410).",
    429: "The site gets too many requests and asks to wait. Try again in some minutes.",
    451: "This page is withheld for legal reasons (451).",
}
FEED_STARTS = (b"<rss", b"<feed", b"<rdf:rdf")
TYPES = {
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}
PAGES = ("text/html", "application/xhtml+xml")
UNSURE = ("", "application/octet-stream", "binary/octet-stream", "text/xml", "application/xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave: the address that gave it, after redirects; its media type and charset; the body unpacked."""

    url: str
    media_type: str
    charset: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """The limits of one fetch. ``trusted`` and ``ports`` are for code such as tests, and never set by users."""

    seconds: float = 20.0
    connect_seconds: float = 5.0
    most_bytes: int = 10_000_000
    most_redirects: int = 5
    ports: frozenset[int] = PORTS
    trusted: frozenset[str] = frozenset()

    def get(self, url: str) -> Answer:
        """The answer at ``url``, within ``seconds`` in all. Raises UnusableInput, in words for whoever gave the URL."""
        url = check_url(url, self.ports)
        line = Line()
        worker = ThreadPoolExecutor(1, thread_name_prefix="fetch")  # looking up a name cannot be interrupted otherwise
        try:
            answer = worker.submit(self._get, url, line)
            if not wait([answer], self.seconds).done:
                raise UnusableInput(
                    f"The site took longer than {self.seconds:g} seconds. Try again, or paste the text."
                )
            return answer.result()
        finally:
            line.cut()
            worker.shutdown(wait=False)

    def _get(self, url: str, line: Line) -> Answer:
        timeouts = (self.connect_seconds, 2 * self.seconds)  # between two bytes: the deadline for all comes first
        with open_session(USER_AGENT, timeouts, self.trusted, line) as session:
            for _ in range(self.most_redirects + 1):
                with self._open(session, url) as response:
                    target = session.get_redirect_target(response)
                    if not target:
                        return self._answer(url, response)
                url = check_url(join_url(url, target), self.ports)
        raise UnusableInput(f"This address redirects in a circle or too often. {PASTE}")

    def _open(self, session: requests.Session, url: str) -> requests.Response:
        headers = {"Accept": "text/html, application/xhtml+xml, */*;q=0.5", "Accept-Encoding": "gzip, deflate"}
        try:
            return session.get(url, headers=headers, stream=True)
        except (OSError, urllib3.exceptions.HTTPError, ValueError) as error:
            explain(error)

    def _answer(self, url: str, response: requests.Response) -> Answer:
        if problem := problem_of(response.status_code):
            raise UnusableInput(problem)
        media_type, _, rest = response.headers.get("Content-Type", "").partition(";")
        charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
        return Answer(url, media_type.strip().lower(), charset, self._body(response))

    def _body(self, response: requests.Response) -> bytes:
        """The body unpacked, counted while it arrives: neither an endless nor a packed one fills the memory."""
        body = bytearray()
        try:
            while chunk := response.raw.read1(65_536, decode_content=True):
                body += chunk
                if len(body) > self.most_bytes:
                    raise UnusableInput(f"This page is larger than {self.most_bytes // 1_000_000} MB. {PASTE}")
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if isinstance(error, UnusableInput):
                raise
            explain(error)
        return bytes(body)


def problem_of(status: int) -> str:
    """The sentences for a reader about an answer without a page; "" for one with."""
    if 200 <= status < 300:
        return ""
    if status >= 500:
        return f"The site has a fault of its own at the moment ({status}). Try again later. {PASTE}"
    return f"{STATUS.get(status, f'The site did not give this page (status {status}).')} {PASTE}"


def explain(error: Exception) -> NoReturn:
    """Raises UnusableInput with a reader's words for what ``requests`` or ``urllib3`` ran into."""
    told = str(error)
    if isinstance(error, InvalidIPAddress):
        raise UnusableInput(INTERNAL) from None
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        message = "The secure connection to the site failed, so it may not be the site that it says."
    elif isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        raise UnusableInput(NO_ADDRESS) from None
    elif "resolve" in told:
        message = "There is no site with this name: check the address."
    elif isinstance(error, requests.exceptions.Timeout | urllib3.exceptions.TimeoutError):
        message = "The site does not answer."
    elif isinstance(error, urllib3.exceptions.DecodeError):
        message = "The site's answer is damaged."
    else:
        message = "The connection to the site failed."
    raise UnusableInput(f"{message} {PASTE}") from error


def fetch_article(url: str, fetcher: Fetcher | None = None) -> Extracted:
    """The article at ``url``. Raises IsFeed for a feed, and UnusableInput where no article can be had."""
    return read_answer((fetcher or Fetcher()).get(url))


def read_answer(answer: Answer) -> Extracted:
    start = answer.body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if is_feed(answer.media_type, start):
        from .feeds import IsFeed, read_feed

        raise IsFeed(read_feed(answer.body, answer.url))
    if not answer.body.strip():
        raise UnusableInput(f"The site gave an empty page. {PASTE}")
    may_be_page = answer.media_type in PAGES or (answer.media_type in UNSURE and b"<html" in start)
    if may_be_page and not what_binary(answer.body):
        from .html import extract_html

        return extract_html(answer.body, answer.url, answer.charset)
    return read_download(answer)


def is_feed(media_type: str, start: bytes) -> bool:
    if media_type in ("application/rss+xml", "application/atom+xml", "application/rdf+xml"):
        return True
    may_be = media_type in PAGES or media_type in UNSURE or media_type in TYPES
    # A feed's first element follows at most a declaration, comments and style sheets.
    return may_be and b"<html" not in start and any(mark in start for mark in FEED_STARTS) and start.startswith(b"<")


def read_download(answer: Answer) -> Extracted:
    from .files import READERS, read_file
    from .page_details import outlet_of

    name = unquote(urlsplit(answer.url).path).rpartition("/")[2]
    named = "." + name.rpartition(".")[2].lower()
    suffix = TYPES.get(answer.media_type, named if answer.media_type in UNSURE and named in READERS else "")
    if answer.body.startswith(b"%PDF-"):
        suffix = ".pdf"  # whatever the server says
    if not suffix:
        kind = what_binary(answer.body) or answer.media_type or "no kind that is known"
        raise UnusableInput(f"This address gives {kind}, not an article. Give the address of an article's page.")
    extracted = read_file(name if named == suffix else f"{name or 'page'}{suffix}", answer.body)
    return replace(extracted, url=answer.url, outlet=extracted.outlet or outlet_of(answer.url))
