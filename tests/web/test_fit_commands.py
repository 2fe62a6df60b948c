"""The commands that fit the engine, on a few stories of our own: what they write can be loaded and used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.evaluation.held_out import load_readings
from claims.pipeline import features
from claims.pipeline.alignment import READING_NAMES, load_regression
from claims.pipeline.encoder import DEFAULT, PACKAGED
from claims.pipeline.lone_pairs import NAMES as LONE_NAMES
from claims.pipeline.pair_model import ENTAILMENT, OUTPUTS, OwnReader

pytestmark = pytest.mark.model

GOLD = Path(__file__).resolve().parents[2] / "benchmarks" / "gold"
ENTAILMENTS = [
    ("Two ferries left the harbour at dawn.", "Boats left the harbour.", "entailment"),
    ("Two ferries left the harbour at dawn.", "No boat left the harbour.", "contradiction"),
    ("Two ferries left the harbour at dawn.", "The ferries were full.", "neutral"),
    ("The mayor opened the library on Monday.", "A library was opened.", "entailment"),
    ("The mayor opened the library on Monday.", "The library stayed shut on Monday.", "contradiction"),
    ("The mayor opened the library on Monday.", "The mayor read from a novel.", "neutral"),
]


@pytest.fixture(scope="module")
def training(tmp_path_factory) -> Path:
    """Three stories and forty-eight pairs of entailment."""
    folder = tmp_path_factory.mktemp("training")
    (folder / "stories_gold").mkdir()
    for path in sorted(GOLD.glob("*.json"))[:3]:
        shutil.copy(path, folder / "stories_gold")
    lines = [
        json.dumps({"premise": f"{a} ({n})", "hypothesis": b, "label": label, "source": "own"})
        for n in range(20)
        for a, b, label in ENTAILMENTS
    ]
    (folder / "nli.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def fitted(training, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("fitted")
    call_command("fit_pair_model", training, output=folder / "pairs.safetensors", readings=folder / "readings.npz")
    return folder


def test_the_pair_model_is_small_holds_no_word_embeddings_and_can_be_loaded(fitted):
    import hashlib

    from safetensors import safe_open

    weights = fitted / "pairs.safetensors"
    assert weights.stat().st_size < 25e6
    with safe_open(weights, "pt") as stored:
        assert not [name for name in stored.keys() if "word_embeddings" in name]  # noqa: SIM118 - no mapping
    reader = OwnReader(weights, hashlib.sha256(weights.read_bytes()).hexdigest())
    told = reader.read([(a, b) for a, b, _ in ENTAILMENTS]).entailment
    assert told.shape == (len(ENTAILMENTS), len(ENTAILMENT))


def test_every_story_is_read_by_a_network_that_was_not_fitted_on_it(fitted, training):
    readings = load_readings(fitted / "readings.npz")
    names = {json.loads(path.read_text())["id"] for path in (training / "stories_gold").glob("*.json")}
    assert set(readings) == names
    assert all(outputs.shape == (2, len(OUTPUTS)) for pairs in readings.values() for outputs in pairs.values())


def test_the_alignment_model_is_fitted_on_what_was_read(fitted, training, capsys):
    output = fitted / "alignment.json"
    call_command("fit_alignment", training / "stories_gold", readings=fitted / "readings.npz", output=output)
    assert 0 < load_regression(DEFAULT.name, "close", READING_NAMES, output).threshold < 1
    assert load_regression(DEFAULT.name, "lone", LONE_NAMES, output).weights.shape == (len(LONE_NAMES),)
    assert "close: threshold" in capsys.readouterr().out


def test_each_encoder_has_an_alignment_model_of_its_own(fitted, training):
    output, stories = fitted / "both.json", training / "stories_gold"
    for encoder in PACKAGED:
        call_command("fit_alignment", stories, readings=fitted / "readings.npz", output=output, encoder=encoder)
    default, quick = (load_regression(name, "wide", features.NAMES, output) for name in PACKAGED)
    assert default.weights.tolist() != quick.weights.tolist()
    unknown = load_regression("another", "wide", features.NAMES, output)
    assert unknown.weights.tolist() == default.weights.tolist(), "one that none was fitted for gets the default's"


def test_readings_that_are_missing_are_asked_for_by_name(training, tmp_path):
    with pytest.raises(CommandError, match=r"Run manage.py fit_pair_model first"):
        call_command("fit_alignment", training / "stories_gold", readings=tmp_path / "none.npz")


def test_a_folder_without_entailment_is_refused_with_its_name(training, tmp_path):
    shutil.copytree(training / "stories_gold", tmp_path / "stories_gold")
    with pytest.raises(CommandError, match=r"nli\.jsonl holds no pairs"):
        call_command("fit_pair_model", tmp_path)
