"""No spelling of an internal address, and no way round, makes this machine open it."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from claims.ingest.addresses import check_url, is_public
from claims.ingest.fetch import fetch_article
from claims.pipeline.types import UnusableInput

from .servers import fetcher, redirect, serve

INTERNAL = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.255.255.254/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://0/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://LOCALHOST:8080/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://10.0.0.5/",
    "http://172.16.9.9/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://[fc00:ec2::254]/",
    "http://224.0.0.1/",
    "http://[ff02::1]/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "https://127.0.0.1/",
]


@pytest.mark.parametrize("url", INTERNAL)
def test_an_internal_address_is_refused_in_every_spelling(url):
    with pytest.raises(UnusableInput, match="private network"):
        fetch_article(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.2/",
        "http://127.2/",
        "http://[::1]/",
        "http://0/",
        "http://10.0.0.1/",
        "http://0xa9fea9fe/",
        "//169.254.169.254/latest/",
        "http://[::ffff:10.0.0.1]/",
    ],
)
def test_a_redirect_to_an_internal_address_is_refused(url):
    with serve(redirect(url)) as address, pytest.raises(UnusableInput, match="private network"):
        fetch_article(f"{address}/", fetcher(address))


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::5"])
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(monkeypatch, inside):
    family = socket.AF_INET6 if ":" in inside else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (inside, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("a connection was made"))
    with pytest.raises(UnusableInput, match="private network"):
        fetch_article("http://news.example/")


def test_a_name_whose_answer_changes_after_the_check_gains_nothing(monkeypatch):
    """The connection goes to the number that was checked: the name is not looked up a second time."""
    answers = ["93.184.215.14", "127.0.0.1"]
    asked: list[str] = []
    connected: list[str] = []

    def look_up(host, port, *args, **kwargs):
        numeric = host if host[0].isdigit() else answers[min(len(asked), 1)]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (numeric, port))]

    def connect(self, address):
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(UnusableInput):
        fetch_article("http://rebinding.example/")
    assert connected == ["93.184.215.14"]


@pytest.mark.parametrize(
    "url", ["ftp://harbour-post.example/a", "file:///etc/passwd", "gopher://x/", "javascript:alert(1)"]
)
def test_other_schemes_are_refused(url):
    with pytest.raises(UnusableInput, match="http"):
        fetch_article(url)


@pytest.mark.parametrize("target", ["http://[::1", "http://\\x", "https://:0/", "http://a@b@c/"])
def test_a_redirect_to_no_address_is_told(target):
    with serve(redirect(target)) as address, pytest.raises(UnusableInput):
        fetch_article(f"{address}/", fetcher(address))


def test_a_redirect_to_another_scheme_is_refused():
    with serve(redirect("file:///etc/passwd")) as address, pytest.raises(UnusableInput, match="http"):
        fetch_article(f"{address}/", fetcher(address))


@pytest.mark.parametrize("url", ["http://user:secret@harbour-post.example/", "http://harbour-post.example@10.0.0.1/"])
def test_passwords_in_an_address_are_refused_and_not_repeated(url):
    with pytest.raises(UnusableInput, match="password") as refused:
        fetch_article(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 9200])
def test_ports_of_other_services_are_refused(port):
    with pytest.raises(UnusableInput, match="Port"):
        fetch_article(f"http://harbour-post.example:{port}/")


@pytest.mark.parametrize(
    "url", ["http://", "http:///a", "http://[::1", "http://a b/", "http://x:99999/", "", "news", "http://a\\b/"]
)
def test_what_is_no_address_is_told(url):
    with pytest.raises(UnusableInput):
        fetch_article(url)


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "①②⑦.0.0.1", "127。0。0。1", "xn--\x7f.example"])
def test_names_that_cannot_be_looked_up_are_told(host):
    with pytest.raises(UnusableInput):
        fetch_article(f"http://{host}/")


def test_public_addresses_are_public():
    for address in ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"):
        assert is_public(ipaddress.ip_address(address))


def test_an_address_keeps_its_query_and_loses_its_fragment():
    assert check_url(" https://harbour-post.example/a?b=1&c#top ") == "https://harbour-post.example/a?b=1&c"
