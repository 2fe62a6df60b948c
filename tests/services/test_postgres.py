"""The rules that lean on the database, against a real PostgreSQL: the same tests, with another DATABASE_URL."""

import os
import subprocess
import sys
from pathlib import Path

from .postgres import SERVER, require_postgres

ROOT = Path(__file__).resolve().parents[2]
TESTS = [
    "jobs",
    "comparison",
    "stories",
    "articles",
    "sentences",
    "job_pages",
    "people_rooms",
    "people_sharing",
    "review_odd_forms",
    "review_pages",
    "versions",
    "threshold",
    "confirmed",
]


def test_jobs_comparisons_and_pages_work_on_postgresql():
    require_postgres()
    database = {"DATABASE_URL": SERVER, "PYTEST_ADDOPTS": ""}
    reviews = ["tests/review/test_sessions.py", "tests/review/test_outcomes.py"]
    tests = [*(f"tests/web/test_{name}.py" for name in TESTS), *reviews, "tests/api"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--create-db", *tests],
        cwd=ROOT,
        env=os.environ | database,
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
