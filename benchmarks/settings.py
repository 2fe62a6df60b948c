"""The project's settings with a database of its own and one more address: a view that does nothing."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("BENCHMARK_DATABASE", str(Path(tempfile.mkdtemp()) / "benchmark.sqlite3"))
os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['BENCHMARK_DATABASE']}"
os.environ.setdefault("LOG_LEVEL", "WARNING")

from claims.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
DEBUG = False
SECURE_SSL_REDIRECT = False
