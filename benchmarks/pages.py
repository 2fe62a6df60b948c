"""How long the pages take over HTTP, against an empty Django view of the same server; their queries and sizes."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Story
from tests.factories import make_compared_story

from .timing import side_by_side, table


def measure() -> str:
    call_command("migrate", verbosity=0)
    small = make_compared_story(outlets=3, sentences=40, shared=34, title="Three outlets")
    large = make_compared_story(outlets=20, sentences=60, shared=40, title="Twenty outlets")
    with server() as port:
        return "\n\n".join([_one("3 outlets × 40 sentences", small, port), _one("20 outlets × 60", large, port)])


def _one(title: str, story: Story, port: int) -> str:
    comparison = story.comparisons.first()
    assert comparison is not None  # the factory compared it
    names = ("story", "story_side_by_side", "story_matrix")
    pages: list[tuple[str, str, dict[str, str]]] = [(name, reverse(name, args=[story.pk]), {}) for name in names]
    claim = reverse("claim", args=[story.pk, 1])
    pages += [("claim, as a page", claim, {}), ("claim, as a fragment", claim, {"HX-Request": "true"})]
    rows, visitor = [], http.client.HTTPConnection("127.0.0.1", port)
    for name, address, headers in pages:
        with CaptureQueriesContext(connection) as queries:
            Client(headers={"Host": "localhost"}).get(address, headers=headers)
        page, nothing = side_by_side(
            40, partial(_get, visitor, address, headers), partial(_get, visitor, "/empty/", {})
        )
        size = len(_get(visitor, address, headers))
        rows.append((name, len(queries), f"{size / 1000:.0f} kB", f"{page * 1000:.1f} ms", f"{page / nothing:.1f}"))
    heads = (
        f"{title}, {comparison.alignments.count()} links",
        "queries (< 15)",
        "size",
        "time",
        "× an empty view (≤ 5)",
    )
    return table(heads, rows)


def _get(visitor: http.client.HTTPConnection, address: str, headers: dict[str, str]) -> bytes:
    visitor.request("GET", address, headers=headers)
    answer = visitor.getresponse()
    body = answer.read()
    assert answer.status == 200, (address, answer.status)
    return body


@contextmanager
def server() -> Iterator[int]:
    """gunicorn as ``make run`` starts it, on a free port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "claims.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    process = subprocess.Popen([*command, "--log-level", "error"], env=dict(os.environ))
    try:
        for _ in range(100):
            time.sleep(0.1)
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port
    finally:
        process.terminate()
        process.wait()
