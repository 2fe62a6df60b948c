"""``manage.py serve`` as a newcomer meets it: in a process of its own, on a database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from claims.management.children import Child, stop, watch

SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'serve.sqlite3'}", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def serving(tmp_path: Path, port: int, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A server that has printed its address."""
    process = start(tmp_path, "--no-sample", "--port", str(port), **environment)
    try:
        assert process.stdout
        for line in process.stdout:
            if "Open http" in line:
                assert line.strip() == f"Open http://127.0.0.1:{port}"
                break
        else:
            pytest.fail("the server ended without printing its address")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS)


def test_a_port_in_use_is_one_line_that_names_another(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said, _ = (process := start(tmp_path, "--port", str(port))).communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert f"Port {port} is in use" in said
    assert f"make run PORT={port + 1}" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--port", "70000"), "There is no port 70000"),
        (("--host", "a..b"), "a..b is not an address of this machine"),
        (("--host", "192.0.2.1"), "192.0.2.1:8000 cannot be listened on"),
    ],
)
def test_an_address_that_cannot_be_served_is_one_line(tmp_path, arguments, words):
    said, _ = (process := start(tmp_path, *arguments)).communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert words in said
    assert said.count("\n") == 1


def test_a_database_that_cannot_be_opened_is_one_line(tmp_path):
    said, _ = (process := start(tmp_path / "no-such-folder", "--port", str(free_port()))).communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert "serve.sqlite3 cannot be used: unable to open database file" in said
    assert said.count("\n") == 1


def test_an_empty_folder_becomes_a_server_that_answers(tmp_path):
    port = free_port()
    with serving(tmp_path, port), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=SECONDS) as page:
        assert page.status == 200


def test_a_missing_page_is_told_in_our_words_and_static_files_need_no_building(tmp_path):
    port = free_port()
    with serving(tmp_path, port, DEBUG="1"):
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/stories/99/", timeout=SECONDS)
        page = missing.value.read().decode()
        assert missing.value.code == 404
        assert "There is nothing at this address" in page
        assert "DEBUG" not in page
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/claims/base.css", timeout=SECONDS) as style:
            assert style.status == 200


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_stops_at_once_and_leaves_no_process_behind(tmp_path, sent):
    port = free_port()
    with serving(tmp_path, port) as process:
        asked = time.monotonic()
        process.send_signal(sent)
        process.communicate(timeout=SECONDS)  # ends only when web server and worker, too, have closed this pipe
        assert time.monotonic() - asked < 5
        assert process.returncode == 0
    socket.create_server(("127.0.0.1", port)).close()


def test_a_child_that_cannot_start_ends_it_with_a_line(tmp_path, capfd):
    broken = Child("The worker", [sys.executable, "-c", "raise SystemExit('no')"])
    with pytest.raises(SystemExit, match="The worker could not start"):
        watch([broken])
    stop([broken])


def test_a_child_that_dies_is_started_again_after_a_pause(monkeypatch, capfd):
    monkeypatch.setattr("claims.management.children.SETTLED_SECONDS", 0.0)
    child = Child("The worker", [sys.executable, "-c", "import time; time.sleep(60)"])
    first = child.process
    first.kill()
    first.wait()
    until = time.monotonic() + SECONDS
    while child.process is first and time.monotonic() < until:
        child.look_after()
        time.sleep(0.05)
    assert child.process.poll() is None
    assert "The worker stopped (exit status -9); starting it again in 1 s." in capfd.readouterr().err
    stop([child])
    assert child.process.poll() is not None


def test_a_child_that_keeps_dying_is_started_ever_more_rarely(capfd):
    child = Child("The worker", [sys.executable, "-c", "raise SystemExit(3)"])
    child.process.wait()
    said = ""
    until = time.monotonic() + SECONDS
    while "in 4 s" not in said and time.monotonic() < until:
        child.look_after()
        said += capfd.readouterr().err
        time.sleep(0.05)
    assert said.index("in 2 s") < said.index("in 4 s")
    stop([child])


def test_a_child_that_will_not_stop_is_ended(monkeypatch, capfd):
    monkeypatch.setattr("claims.management.children.STOP_SECONDS", 0.2)
    deaf = "import signal as s, time; s.signal(s.SIGTERM, s.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    child = Child("The worker", [sys.executable, "-c", deaf])
    until = time.monotonic() + SECONDS
    while "ready" not in capfd.readouterr().out and time.monotonic() < until:
        time.sleep(0.05)
    stop([child])
    assert child.process.wait(SECONDS) == -signal.SIGKILL
