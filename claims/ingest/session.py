"""An HTTP session that connects only to addresses it has checked, and whose connections can be cut from outside."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import requests
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter

from .addresses import is_public


class Line:
    """The connections of one fetch.

    A time-out between two bytes does not end a server that sends one byte every second, in its headers even; cutting
    the connection does. Each socket is kept as a duplicate, because TLS takes the original over.
    """

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []
        self.is_cut = False

    def add(self, connection: socket.socket) -> None:
        self.sockets.append(connection.dup())
        if self.is_cut:
            self.cut()

    def cut(self) -> None:
        self.is_cut = True
        for connection in self.sockets:
            with suppress(OSError):  # it ended by itself
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


class GuardedAdapter(IPFilterAdapter):
    """Connects to the address that it looked up and found public, or to one of ``trusted``, and to no other.

    The library refuses most internal addresses by itself; ``is_public`` adds those that it does not know.
    """

    def __init__(self, https: bool, trusted: frozenset[str], line: Line) -> None:
        loopback = any(ipaddress.ip_address(address).is_loopback for address in trusted)
        super().__init__(is_https_proto=https, allow_loopback=loopback)
        self.trusted = trusted
        self.line = line

    def build_connection_pool_key_attributes(self, request, verify, cert=None):
        try:
            host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        except UnicodeError as error:  # a label of more than 63 characters
            raise requests.exceptions.InvalidURL(str(error)) from error
        address = ipaddress.ip_address(host["host"].strip("[]"))
        if not is_public(address) and str(address) not in self.trusted:
            raise InvalidIPAddress(address)
        return host, pool

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = on_line(pool.ConnectionCls, self.line)
        return pool


def on_line(kind: Any, line: Line) -> Any:
    """The connection class ``kind``, made to hand each of its sockets to ``line``."""

    class ConnectionOnLine(kind):
        def _new_conn(self) -> socket.socket:
            connection = super()._new_conn()
            line.add(connection)
            return connection

    return ConnectionOnLine


class SteppingSession(HTTPSession):
    """Leaves each redirect to its caller, who checks it."""

    def resolve_redirects(self, *args: Any, **kwargs: Any) -> Iterator[requests.Response]:
        # Even when told not to follow redirects, requests looks one step ahead, and for that reads a redirect's whole
        # body into memory, without a limit.
        return iter(())


def open_session(user_agent: str, timeouts: tuple[float, float], trusted: frozenset[str], line: Line) -> HTTPSession:
    """A session that neither follows redirects nor reads proxies, passwords or certificates from the environment.

    ``timeouts``: seconds to connect, and between two bytes. ``trusted``: addresses opened although not public.
    """
    session = SteppingSession(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=timeouts,
            user_agent_override=user_agent,
        )
    )
    session.trust_env = False
    session.mount("http://", GuardedAdapter(False, trusted, line))
    session.mount("https://", GuardedAdapter(True, trusted, line))
    return session
