"""Real worker processes on a real database file: one is killed in the middle of a job, another takes the job up."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: The worker with a comparison that needs no model, and takes as long as WORK_SECONDS says.
WORKER = """
import os, time, django
django.setup()
from django.core.management import call_command
from claims import jobs
from claims.pipeline.types import ComparisonResult
from tests.factories import RUN

def compute(story, progress):
    progress("embed", 1, 90)
    time.sleep(float(os.environ["WORK_SECONDS"]))
    return ComparisonResult(tuple(a.as_source() for a in story.articles.all()), (), {}, (), (), (), RUN)

jobs.compute = compute
call_command("worker")
"""
START = """
import django
django.setup()
from claims.models import Job
from tests.factories import make_article, make_story
story = make_story()
make_article(story); make_article(story)
print(Job.objects.start(story).pk)
"""


class Machine:
    """A database file and the processes that work on it."""

    def __init__(self, folder):
        self.path = folder / "claims.sqlite3"
        self.env = os.environ | {
            "DATABASE_URL": f"sqlite:///{self.path}",
            "DJANGO_SETTINGS_MODULE": "claims.settings",
            "CLAIMS_JOBS": "database",
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def run(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.env, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def start_worker(self, work_seconds):
        env = self.env | {"WORK_SECONDS": str(work_seconds)}
        worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
        self.workers.append(worker)
        return worker

    def job(self):
        with closing(sqlite3.connect(self.path, timeout=20)) as database:
            return database.execute("SELECT state, stage, attempts FROM claims_job").fetchone()

    def await_job(self, state, stage=None):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found = self.job()
            if found[0] == state and stage in {None, found[1]}:
                return found
            time.sleep(0.05)
        raise AssertionError(f"the job is {self.job()}, and not {state} {stage or ''}")

    def let_time_pass(self):
        """As if the last heartbeat had been a minute ago."""
        with closing(sqlite3.connect(self.path, timeout=20)) as database, database:
            database.execute("UPDATE claims_job SET heartbeat_at = datetime('now', '-1 minute')")


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path)
    machine.run("manage.py", "migrate", "--verbosity", "0")
    machine.run("-c", START)
    yield machine
    for worker in machine.workers:
        worker.kill()
        worker.wait()


def comparisons(machine):
    with closing(sqlite3.connect(machine.path, timeout=20)) as database:
        return database.execute("SELECT count(*) FROM claims_comparison").fetchone()[0]


def test_a_killed_workers_job_is_taken_up_by_another(machine):
    doomed = machine.start_worker(work_seconds=60)
    machine.await_job("running", "embed")
    doomed.send_signal(signal.SIGKILL)
    doomed.wait()
    machine.let_time_pass()
    machine.start_worker(work_seconds=0)
    state, _, attempts = machine.await_job("done")
    assert (state, attempts) == ("done", 2)
    assert comparisons(machine) == 1


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_ends_at_once_and_hands_its_job_back(machine, told):
    worker = machine.start_worker(work_seconds=60)
    machine.await_job("running", "embed")
    worker.send_signal(told)
    assert worker.wait(timeout=10) == 0
    assert machine.job()[0] == "queued"


def test_an_idle_worker_told_to_stop_ends_at_once(machine):
    worker = machine.start_worker(work_seconds=0)
    machine.await_job("done")
    time.sleep(0.2)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
