"""Which web addresses this machine may be sent to: only those that anybody could reach from outside.

Whoever gives an address makes this machine open it, and so could reach what only it can: its own services, the local
network, a cloud's metadata. The check is made on the numeric address that is then connected to, after the name was
looked up, and again for every redirect; a check of the spelling alone misses "0x7f.1" and names that lead inside.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urljoin, urlsplit

from claims.pipeline.types import UnusableInput

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST_URL = 2_000
NO_ADDRESS = "This is not a web address. Copy it again from the browser's address bar."
INTERNAL = "This address leads into a private network, which is not opened from here. Paste the article's text instead."


def check_url(url: str, ports: frozenset[int] = PORTS) -> str:
    """``url`` without its fragment. Raises UnusableInput for one that is no public web address by its spelling."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise UnusableInput(NO_ADDRESS) from None
    if parts.scheme.lower() not in ("http", "https"):
        raise UnusableInput("Only addresses that start with http:// or https:// can be opened. Paste the text instead.")
    if not host or len(url) > LONGEST_URL or any(c.isspace() or c in "\\\x00" for c in url):
        raise UnusableInput(NO_ADDRESS)
    if "@" in parts.netloc:
        raise UnusableInput("This address carries a user name or password. Remove it, or paste the article's text.")
    if (port or default_port(parts)) not in ports:
        raise UnusableInput(f"Port {port} is not one that web sites use. Paste the article's text instead.")
    return parts._replace(fragment="").geturl()


def join_url(base: str, target: str) -> str:
    """The address that ``target``, a link or a redirect on the page ``base``, leads to."""
    try:
        return urljoin(base, target)
    except ValueError:
        raise UnusableInput(NO_ADDRESS) from None


def default_port(parts: SplitResult) -> int:
    return 443 if parts.scheme.lower() == "https" else 80


def is_public(address: Address) -> bool:
    """Whether ``address`` is one that the whole internet reaches, IPv4 addresses wrapped in IPv6 included."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return is_public(inner)
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_loopback)
