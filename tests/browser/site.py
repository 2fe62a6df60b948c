"""The whole program on a database of its own, as a newsroom runs it: web server and worker, production settings."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

from claims.management.commands.serve import answers, web_server

#: The first account: that of the person to whom stories belong that no view made.
LOG_IN = """
import json
from django.conf import settings
from django.test import Client
from claims.models import Newsroom, Person
Newsroom.objects.home()
ann = Person.objects.local()
ann.name, ann.email = "Ann Reed", "ann@news.example"
ann.set_password("a ferry in the fog")
ann.save()
client = Client()
client.force_login(ann, backend=settings.AUTHENTICATION_BACKENDS[-1])
print(json.dumps({"session": client.cookies["sessionid"].value}))
"""
ROOT = Path(__file__).resolve().parents[2]
#: Machines can be slow and busy; nothing waits that long on one that is not.
START_SECONDS = 300.0


class Site:
    """``origin`` is where it answers. The worker can be stopped, killed and replaced under it.

    ``database``: an address for DATABASE_URL; without one, an SQLite file in ``folder``.
    """

    def __init__(self, folder: Path, database: str = "") -> None:
        self.log_path = folder / "log.txt"
        self._log: IO[str] = self.log_path.open("w", encoding="utf-8")
        self._port = free_port()
        self.origin = f"http://127.0.0.1:{self._port}"
        self._env = os.environ | {
            "DATABASE_URL": database or f"sqlite:///{folder / 'claims.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "claims.settings",
            "DEBUG": "0",
            "SECRET_KEY": secrets.token_urlsafe(60),
            "SECURE_SSL_REDIRECT": "0",
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "CLAIMS_JOBS": "database",
            "LOG_LEVEL": "WARNING",
        }
        self.session = ""  # the cookie of Ann Reed, an admin, who is logged in
        self._web: subprocess.Popen[str] | None = None
        self._worker: subprocess.Popen[str] | None = None

    def start(self, *, compares: bool = True) -> None:
        """``compares``: with a worker."""
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.run("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        self.session = self.rows(LOG_IN)["session"]
        self._web = self._start(web_server("127.0.0.1", self._port))
        if compares:
            self.start_worker()
        deadline = time.monotonic() + START_SECONDS
        while not answers("127.0.0.1", self._port):
            assert self._web.poll() is None, self.log()
            assert time.monotonic() < deadline, f"The web server does not answer. {self.log()}"
            time.sleep(0.1)

    def stop(self) -> None:
        self.stop_worker()
        if self._web:
            end(self._web, signal.SIGTERM)
        self._log.close()

    def start_worker(self) -> None:
        self._worker = self._start([sys.executable, "manage.py", "worker"])

    def stop_worker(self) -> None:
        if self._worker:
            end(self._worker, signal.SIGTERM)
            self._worker = None

    def kill_worker(self) -> None:
        """As the system does when memory runs out: it cannot say anything any more."""
        if self._worker:
            end(self._worker, signal.SIGKILL)
            self._worker = None

    def run(self, *arguments: str, typed: str = "") -> str:
        """What a Python process with these arguments, and this typed into it, prints, on this site's database."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self._env,
            input=typed,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, script: str) -> dict[str, Any]:
        """Make rows with a script that prints one JSON object."""
        return json.loads(self.run("-c", f"import django; django.setup()\n{script}"))

    def log(self) -> str:
        self._log.flush()
        return self.log_path.read_text(encoding="utf-8")

    def _start(self, command: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=self._log, stderr=self._log, text=True)


def end(process: subprocess.Popen[str], told: signal.Signals) -> None:
    process.send_signal(told)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
