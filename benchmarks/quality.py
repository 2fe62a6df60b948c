"""How good the results are, by the tasks of ``manage.py evaluate``, and what the first table asks for."""

from __future__ import annotations

from pathlib import Path

from claims.evaluation.reliability import reliability_svg
from claims.evaluation.tables import as_lines
from claims.evaluation.tasks import TASKS, Outcome
from claims.pipeline.packaged import MINILM
from claims.pipeline.pair_model import load_reader

from .known import remembering_encoder
from .targets import target_table

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OWN = sorted((ROOT / "benchmarks" / "gold").glob("*.json"))
STORIES = sorted((SHARED / "eval" / "stories_gold").glob("*.json"))
PAIRS = SHARED / "eval" / "alignment_pairs.jsonl"

#: What is measured: a title, the task, the files.
MEASURED = (
    ("Five stories written for this project", "stories", OWN),
    ("The sample story, written for this project", "stories", [ROOT / "claims" / "sample" / "gold.json"]),
    ("Sentence pairs written for this project: kinds", "kinds", [ROOT / "benchmarks" / "gold" / "kinds.jsonl"]),
    ("Pages written for this project: words extracted", "extraction", [ROOT / "tests" / "ingest" / "pages"]),
    ("Five annotated stories, kept apart", "stories", STORIES),
    ("The same: is what readers aligned among the candidates?", "candidates", STORIES),
    ("The same: does the probability hold?", "calibration", STORIES),
    ("Sentence pairs of one event: the same claim?", "alignment", [PAIRS]),
    ("Headline pairs: do their numbers differ?", "numbers", [SHARED / "eval" / "numbers.jsonl"]),
    ("Sentence pairs: agree, neutral or diverge?", "relation", [SHARED / "eval" / "relation.jsonl"]),
    ("203 stories found again from 609 shuffled articles", "grouping", [SHARED / "eval" / "stories.jsonl"]),
)
DIAGRAM = "reliability.svg"


def measure() -> str:
    parts, shared = [], {}
    for title, task, files in MEASURED:
        if not files or not all(file.exists() for file in files):
            parts.append(f"**{title}** (`evaluate {task}`): not measured, since ../shared is not here.")
            continue
        outcome = TASKS[task](files, remembering_encoder(), load_reader())
        if SHARED in files[0].parents:
            shared[task] = outcome
        parts.append(f"**{title}** (`evaluate {task}`)\n\n```\n" + "\n".join(as_lines(outcome)) + "\n```")
    if STORIES:
        parts.insert(0, target_table(shared, STORIES, PAIRS, remembering_encoder(MINILM.name)))
        parts.insert(1, _diagram(shared["calibration"]))
    return "\n\n".join(parts)


def _diagram(outcome: Outcome) -> str:
    title = "Same claim? What was said and what was right, candidate pairs of five annotated stories"
    (ROOT / "benchmarks" / DIAGRAM).write_text(reliability_svg(outcome.bins, title), encoding="utf-8")
    return f"![{title}; the table below the heading “does the probability hold?” gives the numbers]({DIAGRAM})"
