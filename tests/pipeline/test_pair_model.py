"""The pair model: what it says of pairs, that it says the same in any company, and what a wrong one is answered."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from claims.pipeline import pair_model
from claims.pipeline.alignment import (
    READ_PER_SENTENCE,
    doubtful_pairs,
    load_alignment_model,
    score_pairs,
)
from claims.pipeline.pair_model import ENTAILMENT, OUTPUTS, WEIGHTS, EntailmentReader, OwnReader, load_reader
from claims.pipeline.types import Sentence, UnusableInput

FERRY = "The ferry Halcyon ran aground off Lindholm early on Monday, the coastguard said."
AGROUND = "A ferry has run aground near Lindholm, according to the coastguard."
NOT_AGROUND = "The ferry Halcyon did not run aground off Lindholm, the coastguard said."
LIBRARY = "The council will close two of its nine libraries from next spring to save money."
PAIRS = [(FERRY, AGROUND), (FERRY, NOT_AGROUND), (FERRY, LIBRARY), (LIBRARY, AGROUND)]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def reader() -> OwnReader:
    return load_reader()  # type: ignore[return-value]


def test_the_same_claim_in_other_words_reads_more_alike_than_another_claim(reader):
    same = reader.read(PAIRS).same
    assert min(same[0], same[1]) > max(same[2], same[3])


def test_a_denial_excludes_and_a_summary_follows(reader):
    told = reader.read(PAIRS).entailment
    assert told.sum(axis=1) == pytest.approx(np.ones(4))
    assert ENTAILMENT[told[0].argmax()] == "entailment"
    assert ENTAILMENT[told[1].argmax()] == "contradiction"


def test_a_pair_reads_the_same_in_any_company_and_order(reader):
    alone = reader.read(PAIRS[:1]).outputs[0]
    crowd = [*PAIRS, *((f"{FERRY} {n}", LIBRARY) for n in range(40))]
    assert reader.read(crowd).outputs[0] == pytest.approx(alone, abs=0.15)  # log-odds, in half precision
    turned = reader.read(crowd[::-1]).outputs[::-1]
    assert np.array_equal(turned, reader.read(crowd).outputs)


def test_half_precision_stays_within_a_hundredth_of_full(reader, monkeypatch):
    monkeypatch.setattr(pair_model, "computes_bf16", lambda torch: False)
    full = OwnReader().read(PAIRS)
    assert reader.read(PAIRS).entailment == pytest.approx(full.entailment, abs=0.01)


def test_no_pairs_are_read_as_nothing(reader):
    assert reader.read([]).outputs.shape == (0, len(OUTPUTS))


def test_sentences_without_letters_and_of_200_words_are_read(reader):
    odd = [("", "…"), (" ".join(["word"] * 200), FERRY), ("1.2.3", "24/7")]
    assert np.isfinite(reader.read(odd).outputs).all()


def test_damaged_weights_are_refused_in_one_line(tmp_path):
    broken = tmp_path / WEIGHTS.name
    broken.write_bytes(WEIGHTS.read_bytes()[:-1])
    with pytest.raises(UnusableInput, match="are damaged") as told:
        OwnReader(broken).read(PAIRS)
    assert "\n" not in str(told.value)


def test_missing_weights_are_refused_in_one_line(tmp_path):
    with pytest.raises(UnusableInput, match="missing"):
        OwnReader(tmp_path / "none.safetensors").load()


def test_a_relation_model_that_is_no_folder_is_refused_by_name():
    with pytest.raises(UnusableInput, match="CLAIMS_RELATION_MODEL names /nowhere/at/all, and no such folder exists"):
        load_reader("/nowhere/at/all")


def test_a_folder_without_weights_is_refused(tmp_path):
    with pytest.raises(UnusableInput, match="no model that can be loaded"):
        load_reader(str(tmp_path))


@pytest.fixture(scope="module")
def another_model(tmp_path_factory):
    """A real, tiny cross-encoder for entailment with its labels in another order; its weights are random."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from claims.pipeline.packaged import minilm_folder

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("nli")
    labels = {0: "CONTRADICTION", 1: "ENTAILMENT", 2: "NEUTRAL"}
    config = BertConfig(num_hidden_layers=1, hidden_size=32, num_attention_heads=2, intermediate_size=32)
    config.id2label, config.label2id = labels, {label: at for at, label in labels.items()}
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(str(minilm_folder())).save_pretrained(folder)
    return folder


def test_another_model_reads_entailment_in_its_own_order_of_labels_and_ours_the_rest(another_model, reader):
    from sentence_transformers import CrossEncoder

    found = load_reader(str(another_model)).read(PAIRS)
    expected = CrossEncoder(str(another_model), device="cpu").predict(PAIRS, apply_softmax=True)
    assert found.entailment == pytest.approx(expected[:, [1, 2, 0]], abs=1e-3)
    assert np.array_equal(found.same, reader.read(PAIRS).same)


def test_a_model_with_other_labels_is_refused_in_one_line(another_model, tmp_path, reader):
    folder = tmp_path / "sentiment"
    shutil.copytree(another_model, folder)
    config = json.loads((folder / "config.json").read_text())
    config["id2label"] = {"0": "bad", "1": "fair", "2": "good"}
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(UnusableInput, match="tells bad, fair, good apart") as told:
        EntailmentReader(str(folder), reader).read(PAIRS)
    assert "\n" not in str(told.value)


def test_a_folder_that_holds_no_cross_encoder_is_refused(tmp_path, reader):
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(UnusableInput, match="cannot be loaded"):
        EntailmentReader(str(tmp_path), reader).load()


def test_the_pairs_in_doubt_are_read_and_no_more_than_the_sentences_allow():
    probability = np.array([0.01, 0.1, 0.27, 0.28, 0.3, 0.6, 0.99])
    assert doubtful_pairs(probability, 0.28, sentences=5).tolist() == [2, 3, 4]
    assert doubtful_pairs(probability, 0.28, sentences=100).tolist() == [1, 2, 3, 4, 5, 6]
    assert len(doubtful_pairs(np.full(1000, 0.2), 0.28, sentences=50)) <= READ_PER_SENTENCE * 50


def test_reading_changes_the_probability_of_what_was_in_doubt_only(encoder, reader):
    texts = [FERRY, LIBRARY, AGROUND, "Two of nine libraries will shut in spring."]
    sentences = [Sentence(f"{n // 2}.{n % 2}", n // 2, 0, len(t), t, "claim") for n, t in enumerate(texts)]
    vectors, model = encoder.encode(texts), load_alignment_model(encoder.name)
    wide, close = score_pairs(sentences, vectors, model), score_pairs(sentences, vectors, model, reader)
    read = np.isin(np.arange(len(wide.probability)), doubtful_pairs(wide.probability, model.wide.threshold, len(texts)))
    assert read.any()
    assert np.array_equal(wide.probability[~read], close.probability[~read])
    assert not np.array_equal(wide.probability[read], close.probability[read])


def test_neither_torch_nor_the_weights_are_loaded_before_a_pair_is_read():
    code = (
        "import sys; from claims.pipeline.pair_model import load_reader; reader = load_reader();"
        "print(sorted({'torch', 'transformers', 'safetensors'} & set(sys.modules)), sorted(vars(reader)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[] ['_weights', 'sha256']"
