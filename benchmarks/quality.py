"""How good the results are, by ``manage.py evaluate`` on data that nothing was fitted to."""

from __future__ import annotations

import io
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

#: What is measured: a title, the task, the files.
TASKS = (
    ("The sample story, written for this project", "stories", [ROOT / "claims" / "sample" / "gold.json"]),
    ("Pages written for this project: words extracted", "extraction", [ROOT / "tests" / "ingest" / "pages"]),
    ("Five annotated stories, kept apart", "stories", sorted((SHARED / "eval" / "stories_gold").glob("*.json"))),
    ("Sentence pairs of one event: the same claim?", "alignment", [SHARED / "eval" / "alignment_pairs.jsonl"]),
    ("Headline pairs: do their numbers differ?", "numbers", [SHARED / "eval" / "numbers.jsonl"]),
    ("Sentence pairs: agree, neutral or diverge?", "relation", [SHARED / "eval" / "relation.jsonl"]),
    ("203 stories found again from 609 shuffled articles", "grouping", [SHARED / "eval" / "stories.jsonl"]),
)


def measure() -> str:
    return "\n\n".join(_one(title, task, files) for title, task, files in TASKS)


def _one(title: str, task: str, files: list[Path]) -> str:
    if not files or not all(file.exists() for file in files):
        return f"**{title}** (`evaluate {task}`): not measured, since ../shared is not here."
    told = io.StringIO()
    call_command("evaluate", task, *map(str, files), stdout=told)
    return f"**{title}** (`evaluate {task}`)\n\n```\n{told.getvalue().rstrip()}\n```"
