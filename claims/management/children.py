"""Child processes that are kept running, and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from django.conf import settings

POLL_SECONDS = 0.1
STOP_SECONDS = 4.0
#: A child that ends sooner than this after its start was not able to work at all.
SETTLED_SECONDS = 5.0
LONGEST_PAUSE = 30.0


class Child:
    """A process that is started again when it ends, after a pause that doubles while it keeps ending early.

    It has a session of its own, so that Ctrl-C reaches only this command, which then stops its children in order.
    """

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self._command = command
        self._pause = 1.0
        self._start_at = 0.0
        self._start()

    def _start(self) -> None:
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(self._command, cwd=settings.BASE_DIR, start_new_session=True)

    def has_settled(self) -> bool:
        return time.monotonic() - self._started_at > SETTLED_SECONDS

    def look_after(self) -> None:
        if self.process.poll() is None:
            return
        if not self._start_at:
            self._plan_restart()
        elif time.monotonic() >= self._start_at:
            self._start_at = 0.0
            self._start()

    def _plan_restart(self) -> None:
        self._pause = 1.0 if self.has_settled() else min(2 * self._pause, LONGEST_PAUSE)
        self._start_at = time.monotonic() + self._pause
        print(
            f"{self.name} stopped (exit status {self.process.returncode}); starting it again in {self._pause:.0f} s.",
            file=sys.stderr,
        )


def watch(children: list[Child]) -> None:
    """Look after the children for ever; give up when one cannot even start."""
    for child in children:
        while not child.has_settled():
            if child.process.poll() is not None:
                sys.exit(f"{child.name} could not start; the reason stands above.")
            time.sleep(POLL_SECONDS)
    while True:
        for child in children:
            child.look_after()
        time.sleep(POLL_SECONDS)


def stop(children: list[Child]) -> None:
    """Ask every child to stop, and end the ones that have not after a few seconds; their work is taken up again."""
    running = [child.process for child in children if child.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            os.killpg(process.pid, signal.SIGKILL)
