"""Fetching from real sockets on this machine: what is read, and how what cannot be read is refused."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from claims.ingest.feeds import IsFeed
from claims.ingest.fetch import fetch_article
from claims.pipeline.types import UnusableInput

from .makers import ARTICLE_PAGE, FIRST_SENTENCE, docx_bytes, pdf_bytes
from .servers import fetcher, page, redirect, serve

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Bridge to close</title><link>https://harbour-post.example/a</link>
<pubDate>Tue, 10 Mar 2026 08:00:00 GMT</pubDate></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
<item><title>Ferry late</title><link>/b</link></item></channel></rss>"""


def refusal(answer, **limits) -> str:
    with serve(answer) as address, pytest.raises(UnusableInput) as refused:
        fetch_article(f"{address}/news/bridge", fetcher(address, **limits))
    return str(refused.value)


def test_a_page_is_read_with_its_address():
    with serve(page(ARTICLE_PAGE.encode())) as address:
        article = fetch_article(f"{address}/news/bridge#comments", fetcher(address))
    assert article.url == f"{address}/news/bridge"
    assert FIRST_SENTENCE in article.text


def test_the_server_says_which_encoding_a_page_has():
    body = (
        ARTICLE_PAGE.replace("Mayor", "Maïre").encode("koi8_r", "replace").replace(b"bridge", "мост".encode("koi8_r"))
    )
    with serve(page(body, "text/html; charset=koi8-r")) as address:
        assert "мост" in fetch_article(address + "/", fetcher(address)).text


def test_redirects_are_followed_to_the_article():
    def answer(path, connection):
        (page(ARTICLE_PAGE.encode()) if path == "/new" else redirect("/new"))(path, connection)

    with serve(answer) as address:
        assert fetch_article(f"{address}/old", fetcher(address)).url == f"{address}/new"


def test_a_compressed_page_is_unpacked():
    packed = gzip.compress(ARTICLE_PAGE.encode())
    with serve(page(packed, headers=("Content-Encoding: gzip",))) as address:
        assert FIRST_SENTENCE in fetch_article(f"{address}/a", fetcher(address)).text


@pytest.mark.parametrize(
    ("body", "content_type", "path"),
    [
        (f"Bridge to close\n{FIRST_SENTENCE}\n".encode(), "text/plain; charset=utf-8", "/a"),
        (f"# Bridge to close\n\n{FIRST_SENTENCE}\n".encode(), "text/markdown", "/a.md"),
        (pdf_bytes([["Bridge to close", "", FIRST_SENTENCE]]), "application/pdf", "/a"),
        (pdf_bytes([["Bridge to close", "", FIRST_SENTENCE]]), "application/octet-stream", "/files/a.pdf?x=1"),
        (pdf_bytes([["Bridge to close", "", FIRST_SENTENCE]]), "text/html", "/download"),
        (docx_bytes(["Bridge to close", FIRST_SENTENCE]), "application/octet-stream", "/a.docx"),
    ],
)
def test_downloads_are_read_by_their_type(body, content_type, path):
    with serve(page(body, content_type)) as address:
        article = fetch_article(address + path, fetcher(address))
    assert FIRST_SENTENCE in article.text
    assert article.url == address + path


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("401 Unauthorized", "login"),
        ("402 Payment Required", "paywall"),
        ("403 Forbidden", "refuses"),
        ("404 Not Found", "no page at this address"),
        ("410 Gone", "removed"),
        ("429 Too Many Requests", "Try again in some minutes"),
        ("451 Unavailable For Legal Reasons", "legal"),
        ("500 Internal Server Error", "fault of its own"),
        ("503 Service Unavailable", "Try again later"),
        ("418 I'm a teapot", "418"),
    ],
)
def test_each_refusal_of_a_server_says_what_it_is_and_what_to_do(status, words):
    told = refusal(page(b"<p>no</p>", status=status))
    assert words in told
    assert "paste its text" in told


def test_a_redirect_loop_ends():
    assert "circle" in refusal(redirect("/news/bridge"))


def test_the_body_of_a_redirect_is_not_read():
    def answer(path, connection):
        if path == "/new":
            page(ARTICLE_PAGE.encode())(path, connection)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    with serve(answer) as address:
        assert fetch_article(f"{address}/old", fetcher(address, seconds=5)).url == f"{address}/new"


def test_a_chain_of_redirects_ends():
    def answer(path, connection):
        redirect(path + "x")(path, connection)

    assert "too often" in refusal(answer)


def test_an_endless_body_is_cut_at_the_limit():
    def answer(path, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"<p>more and more</p>" * 1000)

    assert "larger than 2 MB" in refusal(answer, most_bytes=2_000_000)


def test_an_endless_chunked_body_is_cut_at_the_limit():
    def answer(path, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")

    assert "larger than 2 MB" in refusal(answer, most_bytes=2_000_000)


def test_a_gzip_bomb_is_stopped_by_what_it_unpacks_to():
    bomb = gzip.compress(b"<p>" + b" " * 200_000_000)
    assert len(bomb) < 300_000
    assert "larger than 10 MB" in refusal(page(bomb, headers=("Content-Encoding: gzip",)))


def drip(connection: socket.socket, data: bytes) -> None:
    for byte in data:
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


def test_a_body_that_drips_ends_at_the_deadline():
    def answer(path, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        drip(connection, b"<p>slow</p>" * 100)

    started = time.monotonic()
    assert "took longer than 1 seconds" in refusal(answer, seconds=1)
    assert time.monotonic() - started < 3


def test_headers_that_drip_end_at_the_deadline_and_the_connection_is_closed():
    ended = []

    def answer(path, connection):
        try:
            drip(connection, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 200)
        except OSError:
            ended.append(time.monotonic())

    started = time.monotonic()
    assert "took longer" in refusal(answer, seconds=1)
    for _ in range(30):
        if ended:
            break
        time.sleep(0.1)
    assert ended, "the connection stayed open"
    assert ended[0] - started < 4


def test_a_server_that_never_answers_ends_at_the_deadline():
    def answer(path, connection):
        time.sleep(5)

    assert "took longer" in refusal(answer, seconds=1)


def test_a_server_that_hangs_up_is_told():
    def answer(path, connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>cut")

    assert "connection to the site failed" in refusal(answer)


def test_an_answer_that_is_no_http_is_told():
    assert "connection to the site failed" in refusal(
        lambda path, connection: connection.sendall(b"220 mail ready\r\n")
    )


def test_damaged_compression_is_told():
    assert "damaged" in refusal(page(b"this is not gzip", headers=("Content-Encoding: gzip",)))


def test_a_server_without_tls_is_told():
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer_in_clear():
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer_in_clear, daemon=True).start()
        address = f"https://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(UnusableInput, match="secure connection"):
            fetch_article(address, fetcher(address))


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate of this test")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *names]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def shake_hands():
            connection, _ = listener.accept()
            with suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(1000)

        threading.Thread(target=shake_hands, daemon=True).start()
        address = f"https://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(UnusableInput, match="secure connection"):
            fetch_article(address, fetcher(address))


def test_an_unreachable_port_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(UnusableInput, match="connection to the site failed"):
        fetch_article(address, fetcher(address))


def test_a_name_that_does_not_exist_is_told():
    with pytest.raises(UnusableInput, match="no site with this name"):
        fetch_article("https://no-such-outlet.invalid/news")


@pytest.mark.parametrize("content_type", ["image/svg+xml", "video/mp4", "application/json", "text/css", "audio/mpeg"])
def test_other_content_is_refused_by_its_type(content_type):
    assert content_type in refusal(page(b"no article", content_type))


@pytest.mark.parametrize("content_type", ["text/html", "application/zip", ""])
def test_an_archive_is_refused_whatever_type_the_server_says(content_type):
    assert "ZIP archive" in refusal(page(b"PK\x03\x04" + bytes(300), content_type))


def test_a_picture_that_claims_to_be_text_is_refused():
    assert "a picture" in refusal(page(b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "text/plain"))


def test_an_empty_page_is_told():
    assert "empty page" in refusal(page(b"  \n"))


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/xml; charset=utf-8", "text/html", "text/plain"])
def test_a_feed_offers_its_articles(content_type):
    with serve(page(FEED, content_type)) as address, pytest.raises(IsFeed, match="Choose articles") as found:
        fetch_article(f"{address}/feed", fetcher(address))
    feed = found.value.feed
    assert feed.title == "Harbour Post"
    assert feed.entries[0].url == "https://harbour-post.example/a"
    assert feed.entries[0].published_at == datetime(2026, 3, 10, 8, tzinfo=UTC)
    assert all(entry.url.startswith("http") for entry in feed.entries)


def test_a_feed_with_entities_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + FEED[21:]
    assert "entities" in refusal(page(bomb, "application/rss+xml"))


def test_the_request_says_who_asks_and_carries_no_secrets(monkeypatch, tmp_path):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login editor password hunter2")
    monkeypatch.setenv("NETRC", str(netrc))
    requests: list[bytes] = []
    with serve(page(ARTICLE_PAGE.encode()), requests) as address:
        fetch_article(f"{address}/a", fetcher(address))
    assert b"claims/" in requests[0]
    assert b"Authorization" not in requests[0]
