"""The results do not get worse: benchmarks/floors.json on our own gold data, and on ../shared/eval where it is.

A floor lies a little under what was measured, and never above what the engine is asked to reach: when a figure rises
for good, its floor may follow.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from benchmarks.ablation import (
    Variant,
    chained_rows,
    compare_with,
    connected,
    without_asides,
    without_fitted,
    without_rules,
)
from benchmarks.aligners import plain_cosine, shipped
from benchmarks.perturb import GOLD, make_items
from benchmarks.targets import TARGETS
from benchmarks.texts import make_story
from claims.evaluation.gold import load_story
from claims.evaluation.metrics import Table
from claims.evaluation.tasks import TASKS
from claims.pipeline.pair_model import load_reader
from claims.pipeline.types import Alignment, Kind, Sentence

ROOT = Path(__file__).resolve().parents[1]
FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))
STORIES = sorted(GOLD.glob("*.json"))


@pytest.fixture(scope="session")
def figures_of(encoder, tmp_path_factory) -> Callable[[str], Table]:
    """The figures of a set, measured once; the test skips where its files are not here."""
    known: dict[str, Table] = {}

    def measure(name: str) -> Table:
        if name not in known:
            told = FLOORS["sets"][name]
            files = [path for pattern in told["files"] for path in find(pattern)]
            if not files:
                pytest.skip("../shared is not here")
            if every := told.get("every"):
                files = [thinned(path, every, tmp_path_factory.mktemp("thinned")) for path in files]
            known[name] = TASKS[told["task"]](files, encoder, load_reader()).figures
        return known[name]

    return measure


def find(pattern: str) -> list[Path]:
    start = ROOT.parent if pattern.startswith("../") else ROOT
    return sorted(start.glob(pattern.removeprefix("../")))


def thinned(path: Path, every: int, folder: Path) -> Path:
    """Every so-manieth item, since a floor needs no thousands."""
    few = folder / path.name
    few.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[::every]), encoding="utf-8")
    return few


@pytest.mark.model
@pytest.mark.parametrize("floor", FLOORS["floors"], ids=lambda f: f"{f['set']}: {f['row']} {f['figure']}")
def test_a_figure_holds_its_floor(floor, figures_of):
    row = figures_of(floor["set"])[floor["row"]]
    if "most" in floor:
        assert row[floor["figure"]] <= floor["most"], row
    else:
        assert row[floor["figure"]] >= floor["least"], row


def test_no_floor_asks_for_more_than_the_engine_is_asked_to_reach():
    for floor in FLOORS["floors"]:
        for target in TARGETS:
            if (floor["set"], floor["row"], floor["figure"]) == (target.task, target.row, target.column):
                assert floor.get("least", 0) <= target.least, floor
                assert floor.get("most", 1) >= target.least or not target.low_is_good, floor


def test_every_target_has_a_floor():
    held = {(floor["set"], floor["row"], floor["figure"]) for floor in FLOORS["floors"]}
    close = ("close_error", "shown_error")
    assert {(t.task, t.row, t.column) for t in TARGETS if t.column not in close} <= held


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_gold_story_of_ours_is_sound(path):
    raw = json.loads(path.read_text(encoding="utf-8"))
    texts = {f"{k}.{n}": s for k, a in enumerate(raw["articles"]) for n, s in enumerate(a["sentences"])}
    assert len(raw["articles"]) == 3
    assert all(10 <= len(article["sentences"]) <= 15 for article in raw["articles"])
    told = {s for claim in raw["claims"] for s in claim["sentences"]}
    assert told | {*raw["unique"], *raw["not_claims"]} == set(texts), "each sentence has its part"
    assert not told & {*raw["unique"], *raw["not_claims"]}
    for claim in raw["claims"]:
        assert len({s.split(".")[0] for s in claim["sentences"]}) > 1, claim["claim"]
        assert (claim["relation"] == "diverge") == bool(claim.get("diverging")), claim["claim"]
        for d in claim.get("diverging", ()):
            assert {d["a"], d["b"]} <= set(claim["sentences"])
            assert d["a_span"] in texts[d["a"]], d
            assert d["b_span"] in texts[d["b"]], d
            assert set(d["kinds"]) <= set(get_args(Kind))


def test_our_gold_stories_hold_every_kind_wire_copy_and_sentences_that_claim_nothing():
    stories = [load_story(path) for path in STORIES]
    kinds = Counter(kind for story in stories for told in story.diverging.values() for kind in told)
    assert set(kinds) == set(get_args(Kind))
    assert min(kinds.values()) >= 3
    assert all(len(story.checkable) < sum(map(len, story.sentences)) for story in stories)
    business = next(story for story in stories if story.source == "business")
    assert set(business.sentences[1]) & set(business.sentences[2]), "two outlets print one agency's sentences"


def test_the_pairs_are_what_their_templates_make():
    made = list(make_items((GOLD / "kinds.txt").read_text(encoding="utf-8")))
    kept = [json.loads(line) for line in (GOLD / "kinds.jsonl").read_text(encoding="utf-8").splitlines()]
    assert kept == made, "python -m benchmarks.perturb makes them anew"
    kinds = Counter(kind for item in kept for kind in item["kinds"])
    assert min(kinds[kind] for kind in get_args(Kind)) >= 8
    assert sum(not item["kinds"] for item in kept) > len(kept) / 3


def test_a_template_gives_every_slot_its_turn():
    (line,) = ["Two died. || {number|Two|Three|2} men {contradiction|died|lived}."]
    assert [(item["b"], item["kinds"]) for item in make_items(f"# a comment\n\n{line}\n")] == [
        ("Two men died.", []),
        ("Three men died.", ["number"]),
        ("Two men lived.", ["contradiction"]),
        ("Three men lived.", ["contradiction", "number"]),
        ("2 men died.", []),
    ]


@pytest.mark.model
def test_a_part_that_is_switched_off_is_missing(encoder):
    story = load_story(next(path for path in STORIES if path.stem == "politics"))
    whole = compare_with(Variant("everything on", shipped(encoder)), story)
    assert whole["diverge"].right > 0
    blind = compare_with(Variant("no divergences", shipped(encoder), (without_rules(), without_fitted())), story)
    assert blind["diverge"].shown == 0
    assert blind["pairs"].right >= whole["pairs"].right, "no clash parts a pair"
    assert compare_with(Variant("cosine", plain_cosine(encoder)), story)["pairs"] != whole["pairs"]
    chained = compare_with(Variant("chains", shipped(encoder), (chained_rows(),)), story)
    assert chained["rows"].shown >= whole["rows"].shown
    everything = compare_with(Variant("no asides", shipped(encoder), (without_asides(),)), story)
    assert everything["lone"].shown >= whole["lone"].shown
    assert compare_with(Variant("everything on", shipped(encoder)), story) == whole, "what was switched off is on again"


def test_components_chain_what_is_linked_only_through_a_third():
    by_id = {f"{k}.0": Sentence(f"{k}.0", k, 0, 1, "x", "claim") for k in range(5)}
    links = [Alignment(*pair, 0.9, 0.9) for pair in (("0.0", "1.0"), ("1.0", "2.0"), ("3.0", "4.0"))]
    assert connected(links, by_id) == [("0.0", "1.0", "2.0"), ("3.0", "4.0")]


def test_a_made_up_story_is_the_same_each_time_and_as_large_as_asked():
    story = make_story(4, 30)
    assert story == make_story(4, 30)
    assert story != make_story(4, 30, seed=1)
    lines: list[Any] = [article.text.replace("\n", " ").count(". ") for article in story]
    assert len(story) == 4
    assert all(25 <= count <= 40 for count in lines)
