"""``python -m benchmarks [PART …]``: measures, prints, and writes the results into benchmarks/README.md."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

README = Path(__file__).with_name("README.md")


def main(parts: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    from benchmarks import ablation, claimdiff, engine, pages, quality, review

    modules = (quality, ablation, claimdiff, engine, pages, review)
    parts_of = {module.__name__.rpartition(".")[2]: module for module in modules}
    known = {name: module.measure for name, module in parts_of.items()}
    for part in parts:
        if part not in known:
            sys.exit(f"No such part: {part}. There are: {', '.join(known)}.")
    for part, measure in known.items():  # in this order: reviews make accounts, after which pages ask for a login
        if not parts or part in parts:
            results = f"{_where()}\n\n{measure()}"
            print(results)
            _write(part, results)


def _where() -> str:
    machine = f"{os.cpu_count()} cores ({_processor()}), Python {platform.python_version()}"
    return f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine}."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _write(part: str, results: str) -> None:
    """Put ``results`` between the part's marks in the README."""
    text = README.read_text(encoding="utf-8")
    start, end = f"<!-- {part} -->", f"<!-- /{part} -->"
    before, after = text.split(start)[0], text.split(end)[1]
    README.write_text(f"{before}{start}\n{results}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
