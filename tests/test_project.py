"""What stands in several places stays equal: settings and their list, versions, the words of make, links."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

import claims
from claims.pipeline import types

ROOT: Path = settings.BASE_DIR
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def settings_read(source: str) -> set[str]:
    """The environment variables that ``env.bool("DEBUG", …)`` and the like ask for."""
    return {
        str(node.args[0].value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }


def first_cells(document: str, after: str = "", before: str = "\n\0") -> set[str]:
    """The words in code type in the first column of the tables between two headings."""
    part = document.partition(after)[2].partition(before)[0] if after else document.partition(before)[0]
    cells = re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_every_setting_is_listed_and_every_listed_one_is_read():
    listed = first_cells(read("docs/settings.md"), before="## Words of `make`")
    assert listed == settings_read(read("claims/settings.py"))


def test_no_other_module_reads_the_environment():
    readers = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "claims").rglob("*.py")
        if re.search(r"os\.getenv|os\.environ(\.get\(|\[(?!.*\] =))", path.read_text(encoding="utf-8"))
    ]
    assert readers == []


def test_every_variable_of_make_is_listed():
    used = set(re.findall(r"^([A-Z]+) =", read("Makefile"), re.MULTILINE)) - {"BIN", "PY"}
    used |= set(re.findall(r"\$\{([A-Z_]+):-\}", read("bin/setup"))) | {"CHROMIUM"}
    assert first_cells(read("docs/settings.md"), after="## Words of `make`") == used


def test_the_version_is_the_same_everywhere():
    assert tomllib.loads(read("pyproject.toml"))["project"]["version"] == claims.__version__
    newest = re.search(r"^## (\S+) \((\d{4}-\d\d-\d\d)\)", read("CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert newest[1] == claims.__version__


def test_every_requirement_is_pinned_and_its_packages_come_from_no_other_index():
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        for line in read(name).splitlines():
            requirement = line.partition("#")[0].strip()
            assert not requirement or re.fullmatch(r"-[rc] \S+\.txt|[\w.\[\]-]+==[\w.]+", requirement), (name, line)
    encoder = [line for line in read("requirements-encoder.txt").splitlines() if not line.startswith(("#", "--only"))]
    assert [line for line in encoder if not re.fullmatch(r"[\w-]+==[\d.]+ --hash=sha256:[0-9a-f]{64}", line)] == []
    assert len(encoder) == 5


def test_the_words_of_make_are_those_of_the_readme_and_of_its_help():
    words = set(re.findall(r"^([a-z]+):.*## ", read("Makefile"), re.MULTILINE))
    assert words == {"help", "run", "test", "check", "bench"}
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for word in words - {"help"}:
        assert f"make {word}\t" in said
        assert f"`make {word}`" in read("CONTRIBUTING.md")
    assert re.search(r"^make run .*\nmake test ", read("README.md"), re.MULTILINE)


def test_every_kind_of_divergence_is_in_the_glossary():
    glossary = read("docs/glossary.md")
    for kind in types.Kind.__args__:  # type: ignore[attr-defined]
        assert f"`{kind}`" in glossary, kind


def links(document: Path) -> Iterator[str]:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target and not target.startswith("#"):
            yield target.partition("#")[0]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(document):
    assert [target for target in links(document) if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_exists(document):
    """Names in code type that look like a path of this repository."""
    named = re.findall(
        r"`((?:claims|tests|docs|templates|benchmarks|bin)/[\w./-]+\.\w+)(?:::\w+)?`", document.read_text("utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_decision_records_are_numbered_dated_and_short():
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [path.name[:4] for path in records] == [f"{n:04}" for n in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 30, path.name
        assert re.match(r"# \d{4}: .+\n\n\d{4}-\d\d-\d\d · \w+\n", text), path.name
        for part in ("Context", "Decision", "Consequences"):
            assert f"**{part}.**" in text, (path.name, part)
