"""A loopback web server whose answers a test writes by hand, and a fetcher that may reach it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from claims.ingest.fetch import Fetcher

LOOPBACK = "127.0.0.1"
#: Writes an answer to a request for the path given.
Answer = Callable[[str, socket.socket], None]


@contextmanager
def serve(answer: Answer, requests: list[bytes] | None = None) -> Iterator[str]:
    """The address of a server that answers each request by ``answer`` and closes; ``requests`` notes them."""
    listener = socket.create_server((LOOPBACK, 0))

    def handle(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                if not (more := connection.recv(65_536)):
                    return
                request += more
            if requests is not None:
                requests.append(request)
            answer(request.split()[1].decode(), connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=handle, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def page(body: bytes, content_type: str = "text/html", status: str = "200 OK", headers: tuple[str, ...] = ()) -> Answer:
    """An answer that gives ``body`` whatever the path."""
    head = "\r\n".join(
        [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    )
    return lambda path, connection: connection.sendall(head.encode() + b"\r\nConnection: close\r\n\r\n" + body)


def redirect(target: str) -> Answer:
    return page(b"", status="302 Found", headers=(f"Location: {target}",))


def fetcher(address: str, **limits: float) -> Fetcher:
    """A fetcher that may open the server at ``address``, with everything else refused as ever."""
    trusting = Fetcher(trusted=frozenset({LOOPBACK}), ports=frozenset({int(address.rpartition(":")[2]), 80, 443}))
    return replace(trusting, **limits)  # type: ignore[arg-type]
