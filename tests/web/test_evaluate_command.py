"""``manage.py evaluate`` on small gold data: the figures are those worked out by hand, with n, for each source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.evaluation import pairs
from claims.pipeline import encoder as encoders
from tests.ingest.makers import ARTICLE_PAGE, PARAGRAPHS

FERRY = "The ferry struck the pier at Lindholm on Monday morning."
AGAIN = "On Monday morning the ferry hit the Lindholm pier."
SOUP = "Simmer the leeks in butter before you add the stock."
HURT = "The crash injured 14 passengers."
MORE_HURT = "The crash injured 19 passengers."
STOUT = "The brewery opened a new hall for its stout on Friday."


@pytest.fixture
def evaluate(capsys, request, monkeypatch):
    """Runs a task on a file; its figures by source."""
    if request.node.get_closest_marker("model"):
        real = request.getfixturevalue("encoder")
        monkeypatch.setattr(encoders, "load_encoder", lambda name="": real)

    def run(task: str, path: Path, *words: str) -> dict[str, dict[str, float]]:
        call_command("evaluate", task, str(path), "--format", "json", *words)
        told = json.loads(capsys.readouterr().out)
        assert told["task"] == task
        assert all(row["n"] > 0 for row in told["figures"].values())
        return told["figures"]

    return run


def lines(path: Path, *items: object) -> Path:
    path.write_text("".join(f"{json.dumps(item, ensure_ascii=False)}\n" for item in items), encoding="utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_alignment_is_measured_by_ranking_and_by_calibration(evaluate, monkeypatch, tmp_path):
    monkeypatch.setattr(pairs, "same_claim", lambda items, encoder: [0.95, 0.35, 0.65, 0.05])
    gold = lines(
        tmp_path / "pairs.jsonl",
        {"id": "p1", "a": FERRY, "b": AGAIN, "aligned": True, "source": "north"},
        {"id": "p2", "a": FERRY, "b": HURT, "aligned": True, "source": "south"},
        {"id": "p3", "a": FERRY, "b": SOUP, "aligned": False, "source": "south"},
        {"id": "p4", "a": HURT, "b": SOUP, "aligned": False},
    )
    predictions = tmp_path / "predictions.jsonl"
    figures = evaluate("alignment", gold, "--predictions", str(predictions))
    assert list(figures) == ["north", "south", "all"]
    # Of the four pairs of a right and a wrong item, 0.35 < 0.65 alone is in the wrong order. Each item is in a bin of
    # its own, so the error is the mean of 0.05, 0.65, 0.65 and 0.05.
    assert figures["all"] == {"n": 4, "aligned": 2, "auc": 0.75, "calibration_error": 0.35}
    assert figures["south"] == {"n": 2, "aligned": 1, "auc": 0.0, "calibration_error": 0.65}
    assert figures["north"] == {"n": 1, "aligned": 1, "calibration_error": 0.05}, "nothing to rank, so no figure"
    assert read_lines(predictions)[1] == {"id": "p2", "probability": 0.35}


def test_relation_is_measured_by_what_is_called_a_divergence(evaluate, monkeypatch, tmp_path):
    diverge, agree = ({"agree": 1 - p, "neutral": 0.0, "diverge": p} for p in (0.9, 0.1))
    monkeypatch.setattr(pairs, "relation", lambda items, encoder: [diverge, diverge, diverge, agree, agree])
    labels = ["diverge", "diverge", "neutral", "diverge", "agree"]
    gold = lines(tmp_path / "gold.jsonl", *({"id": n, "a": HURT, "b": HURT, "label": x} for n, x in enumerate(labels)))
    predictions = tmp_path / "predictions.jsonl"
    figures = evaluate("relation", gold, "--predictions", str(predictions))
    # Three are called divergences, two of them rightly; one of the three that are was missed; three of five are right.
    assert figures == {"all": {"n": 5, "accuracy": 0.6, "diverge_precision": 0.6667, "diverge_recall": 0.6667}}
    assert read_lines(predictions)[0] == {"id": 0, "agree": 0.1, "neutral": 0.0, "diverge": 0.9}
    assert len(read_lines(predictions)) == 5


def test_numbers_are_counted_with_their_evidence(evaluate, tmp_path):
    gold = lines(
        tmp_path / "numbers.jsonl",
        {"id": "same", "a": HURT, "b": "Fourteen passengers were injured.", "numbers_differ": False},
        {"id": "more", "a": HURT, "b": MORE_HURT, "numbers_differ": True},
        {"id": "none", "a": FERRY, "b": SOUP, "numbers_differ": True},
    )
    predictions = tmp_path / "predictions.jsonl"
    figures = evaluate("numbers", gold, "--predictions", str(predictions))
    half = {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert figures == {"all": {"n": 3, **half, "right": 1, "shown": 1, "wanted": 2}}
    same, more, none = read_lines(predictions)
    assert (same["differ"], more["differ"], none["differ"]) == (False, True, False)
    assert [(found["a"].split()[0], found["b"].split()[0]) for found in more["evidence"]] == [("14", "19")]


@pytest.mark.model
def test_predictions_on_real_sentences_are_probabilities_that_tell_them_apart(evaluate, tmp_path):
    texts = [(FERRY, AGAIN, "agree"), (FERRY, SOUP, "neutral"), (HURT, MORE_HURT, "diverge")]
    items = [
        {"id": n, "a": a, "b": b, "label": told, "aligned": told != "neutral"} for n, (a, b, told) in enumerate(texts)
    ]
    gold, predictions = lines(tmp_path / "gold.jsonl", *items), tmp_path / "predictions.jsonl"
    assert evaluate("alignment", gold, "--predictions", str(predictions))["all"]["auc"] == 1.0
    assert all(0 <= told["probability"] <= 1 for told in read_lines(predictions))
    assert evaluate("relation", gold, "--predictions", str(predictions))["all"]["accuracy"] == 1.0
    for told in read_lines(predictions):
        assert told["agree"] + told["neutral"] + told["diverge"] == pytest.approx(1, abs=0.001)


def make_story(**fields: Any) -> dict[str, Any]:
    """Two outlets that share one claim, which differs in a number, and each have one of their own."""
    return {
        "id": "north-1",
        "articles": [
            {"outlet": "Post", "sentences": [HURT, SOUP]},
            {"outlet": "Courier", "sentences": [MORE_HURT, STOUT]},
        ],
        "claims": [{"sentences": ["0.0", "1.0"], "diverging": [{"a": "0.0", "b": "1.0", "kinds": ["number"]}]}],
        "unique": ["0.1", "1.1"],
    } | fields


@pytest.mark.model
def test_a_story_is_measured_in_four_ways(evaluate, tmp_path):
    right = tmp_path / "story.json"
    right.write_text(json.dumps(make_story()), encoding="utf-8")
    figures = evaluate("stories", right)
    assert list(figures) == [
        f"{source} {m}" for source in ("north", "all") for m in ("pairs", "unique", "diverge", "kinds")
    ]
    one = {"n": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0, "right": 1, "shown": 1, "wanted": 1}
    assert figures["all pairs"] == figures["all diverge"] == figures["all kinds"] == one
    assert figures["all unique"] == one | {"right": 2, "shown": 2, "wanted": 2}

    # To annotators who saw the other two sentences agree, what was found is wrong and what they saw was missed.
    wrong = tmp_path / "wrong.json"
    wrong.write_text(
        json.dumps(make_story(claims=[{"sentences": ["0.1", "1.1"]}], unique=["0.0", "1.0"])), encoding="utf-8"
    )
    figures = evaluate("stories", wrong)
    nothing = {"n": 1, "precision": 0.0, "recall": 0.0, "f1": 0.0, "right": 0}
    assert figures["all pairs"] == nothing | {"shown": 1, "wanted": 1}
    assert figures["all unique"] == nothing | {"shown": 2, "wanted": 2}
    assert figures["all diverge"] == nothing | {"shown": 1, "wanted": 0}


@pytest.mark.model
def test_shuffled_articles_are_grouped_again(evaluate, tmp_path):
    ferry = {"articles": [{"title": FERRY, "sentences": [HURT]}, {"title": AGAIN, "sentences": [MORE_HURT]}]}
    kitchen = {
        "articles": [{"title": "", "sentences": [SOUP]}, {"sentences": ["Leek soup: cook leeks in butter, add stock."]}]
    }
    figures = evaluate("grouping", lines(tmp_path / "stories.jsonl", ferry, kitchen))
    whole = {"precision": 1.0, "recall": 1.0, "f1": 1.0, "right": 2, "shown": 2, "wanted": 2}
    assert figures == {"all": {"n": 4, "stories": 2, **whole}}


def test_extraction_is_measured_by_the_words_of_pages(evaluate, tmp_path):
    (tmp_path / "bridge.html").write_text(ARTICLE_PAGE, encoding="utf-8")
    expected = ["Old bridge to close", *PARAGRAPHS, "And four more words."]
    (tmp_path / "bridge.txt").write_text("\n".join(expected), encoding="utf-8")
    (tmp_path / "front.html").write_text("<html><body><p>No article.</p></body></html>", encoding="utf-8")
    (tmp_path / "front.txt").write_text("Six words that are not there", encoding="utf-8")
    figures = evaluate("extraction", tmp_path)
    bridge, front, both = (figures[name] for name in ("bridge", "front", "all"))
    assert (bridge["precision"], bridge["wanted"] - bridge["right"]) == (1.0, 4)
    assert (front["right"], front["shown"], front["wanted"]) == (0, 0, 6)
    assert (both["n"], both["wanted"]) == (2, bridge["wanted"] + 6)


def test_the_table_has_a_line_a_source(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(pairs, "same_claim", lambda items, encoder: [0.9])
    gold = lines(tmp_path / "pairs.jsonl", {"a": FERRY, "b": AGAIN, "aligned": True, "source": "north"})
    call_command("evaluate", "alignment", str(gold))
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["n", "aligned", "calibration_error"]
    assert [row.split() for row in rows] == [["north", "1", "1", "0.1"], ["all", "1", "1", "0.1"]]


def test_a_line_may_hold_any_character_of_json(evaluate, tmp_path):
    gold = lines(tmp_path / "numbers.jsonl", {"a": "One\u2028two\x85three", "b": "One", "numbers_differ": False})
    assert evaluate("numbers", gold)["all"]["n"] == 1


@pytest.mark.parametrize(
    ("task", "held", "says"),
    [
        ("relation", b'{"a": "x", "b": "y"}', "line 1 has no field label that holds text"),
        ("relation", b'{"a": "x", "b": "y", "label": "entailment"}', "entailment is none"),
        ("alignment", b'{"a": "x", "b": 3, "aligned": true}', "line 1 has no field b that holds text"),
        ("alignment", b'\n{"a": "x", "b": "y", "aligned": "yes"}', "line 2 has no field aligned that holds true or"),
        ("numbers", b'["a", "b", "numbers_differ"]', "line 1 is no JSON object"),
        ("numbers", b"not json", "line 1 is no JSON"),
        ("numbers", b"\xff\xfe\x00", "is no UTF-8 text"),
        ("numbers", b"\n \n", "no items"),
        ("stories", b'{"articles": []}', "is no gold story"),
        ("stories", b"[1]", "is no gold story"),
        ("grouping", b'{"articles": [{"title": "x"}]}', "Story 1 has an article without sentences"),
        ("extraction", b"a file", "holds no NAME.html"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_clear_line(task, held, says, tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(held)
    with pytest.raises(CommandError, match=says) as refused:
        call_command("evaluate", task, str(path))
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("task", ["relation", "alignment", "numbers", "stories", "grouping", "extraction"])
def test_a_missing_file_is_one_clear_line(task, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.jsonl") as refused:
        call_command("evaluate", task, str(tmp_path / "nowhere.jsonl"))
    assert refused.value.returncode == 2
