"""``manage.py evaluate`` on small gold data: the figures are those worked out by hand, with n, for each source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.evaluation import pairs, tasks
from claims.evaluation.tasks import TASKS
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
        """The figures without their intervals, each of which lies around its figure."""
        call_command("evaluate", task, str(path), "--format", "json", *words)
        told = json.loads(capsys.readouterr().out)
        assert told["task"] == task
        for row in told["figures"].values():
            assert row["n"] > 0
            for name, (low, high) in row.pop("intervals", {}).items():
                assert low <= row[name] <= high, name
        return told["figures"]

    return run


def lines(path: Path, *items: object) -> Path:
    path.write_text("".join(f"{json.dumps(item, ensure_ascii=False)}\n" for item in items), encoding="utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_alignment_is_measured_by_ranking_and_by_calibration(evaluate, monkeypatch, tmp_path):
    monkeypatch.setattr(pairs, "same_claim", lambda items, *_: [0.95, 0.35, 0.65, 0.05])
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
    monkeypatch.setattr(pairs, "relation", lambda items, *_: [diverge, diverge, diverge, agree, agree])
    labels = ["diverge", "diverge", "neutral", "diverge", "agree"]
    gold = lines(tmp_path / "gold.jsonl", *({"id": n, "a": HURT, "b": HURT, "label": x} for n, x in enumerate(labels)))
    predictions = tmp_path / "predictions.jsonl"
    monkeypatch.setattr(tasks, "is_fitted_on", lambda item: True)
    figures = evaluate("relation", gold, "--predictions", str(predictions))
    # Three are called divergences, two of them rightly; one of the three that are was missed; three of five are right.
    assert figures == {"all": {"n": 5, "accuracy": 0.6, "diverge_precision": 0.6667, "diverge_recall": 0.6667}}
    assert read_lines(predictions)[0] == {"id": 0, "agree": 0.1, "neutral": 0.0, "diverge": 0.9}
    assert len(read_lines(predictions)) == 5


def test_what_the_stance_model_was_not_fitted_on_is_told_apart(evaluate, monkeypatch, tmp_path):
    agree = {"agree": 0.9, "neutral": 0.1, "diverge": 0.0}
    monkeypatch.setattr(pairs, "relation", lambda items, *_: [agree] * len(items))
    monkeypatch.setattr(tasks, "is_fitted_on", lambda item: item["b"] == HURT)
    rows = ((HURT, "agree"), (SOUP, "neutral"), (FERRY, "agree"), (MORE_HURT, "diverge"))
    items = ({"id": n, "a": HURT, "b": b, "label": label} for n, (b, label) in enumerate(rows))
    figures = evaluate("relation", lines(tmp_path / "gold.jsonl", *items))
    assert (figures["all"]["n"], figures["all"]["accuracy"]) == (4, 0.5)
    assert (figures["all apart"]["n"], figures["all apart"]["accuracy"]) == (3, 0.3333)


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
def test_a_story_is_measured_in_six_ways_and_by_kind(evaluate, tmp_path):
    right = tmp_path / "story.json"
    right.write_text(json.dumps(make_story()), encoding="utf-8")
    figures = evaluate("stories", right)
    measures = ("pairs", "unique", "diverge", "kinds", "rows", "lone")
    assert list(figures) == [*(f"{source} {m}" for source in ("north", "all") for m in measures), "all number"]
    one = {"n": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0, "right": 1, "shown": 1, "wanted": 1}
    assert all(figures[f"all {measure}"] == one for measure in ("pairs", "diverge", "kinds", "rows", "number"))
    assert figures["all unique"] == figures["all lone"] == one | {"right": 2, "shown": 2, "wanted": 2}

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
def test_what_makes_no_claim_is_no_lone_claim(evaluate, tmp_path):
    """``unique`` looks only at what annotators call a claim; ``lone`` at every sentence that a page calls one."""
    path = tmp_path / "story.json"
    path.write_text(json.dumps(make_story(unique=["0.1"], not_claims=["1.1"])), encoding="utf-8")
    figures = evaluate("stories", path)
    assert (figures["all unique"]["shown"], figures["all unique"]["precision"]) == (1, 1.0)
    assert (figures["all lone"]["shown"], figures["all lone"]["precision"]) == (2, 0.5)


@pytest.mark.model
def test_candidates_are_measured_against_plain_cosine(evaluate, tmp_path):
    path, predictions = tmp_path / "story.json", tmp_path / "predictions.jsonl"
    path.write_text(json.dumps(make_story()), encoding="utf-8")
    (row, same) = evaluate("candidates", path, "--predictions", str(predictions)).values()
    assert row == same
    assert (row["n"], row["pairs"], row["recall"], row["cosine_recall_at_10"]) == (1, 1, 1.0, 1.0)
    assert 1 <= row["candidates"] <= row["possible"] == 4
    assert read_lines(predictions)[0]["id"] == "north-1"


@pytest.mark.model
def test_the_nearest_by_cosine_stop_at_ten(evaluate, tmp_path):
    """Eleven sentences of the other outlet come nearer than the one that annotators aligned, from both sides."""
    near = [f"Cook {n} was simmering leeks in stock when the ferry struck the pier at Lindholm." for n in range(1, 13)]
    story = make_story(
        articles=[{"sentences": [FERRY, *near]}, {"sentences": [SOUP, *near]}],
        claims=[{"sentences": ["0.0", "1.0"]}],
        unique=[],
    )
    path = tmp_path / "story.json"
    path.write_text(json.dumps(story), encoding="utf-8")
    assert evaluate("candidates", path)["all"]["cosine_recall_at_10"] == 0.0


@pytest.mark.model
def test_calibration_is_judged_over_candidates_and_near_the_decision(evaluate, capsys, tmp_path):
    path, diagram = tmp_path / "story.json", tmp_path / "reliability.svg"
    path.write_text(json.dumps(make_story()), encoding="utf-8")
    row = evaluate("calibration", path, "--reliability", str(diagram))["all"]
    assert (row["stories"], row["same"]) == (1, 1)
    assert 0 <= row["calibration_error"] <= 1
    # The one pair at or above the threshold is right, so its error is what its probability lacks of 1.
    call_command("evaluate", "calibration", str(path), "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert sum(b["n"] for b in told["bins"]) == row["n"]
    assert row["shown_error"] == pytest.approx(1 - told["bins"][-1]["probability"], abs=1e-4)
    assert diagram.read_text(encoding="utf-8").startswith("<svg")


def test_a_diagram_of_alignment_shows_its_bins(evaluate, monkeypatch, tmp_path):
    monkeypatch.setattr(pairs, "same_claim", lambda items, *_: [0.95, 0.05])
    told = [{"a": FERRY, "b": AGAIN, "aligned": True}, {"a": FERRY, "b": SOUP, "aligned": False}]
    diagram = tmp_path / "alignment.svg"
    evaluate("alignment", lines(tmp_path / "pairs.jsonl", *told), "--reliability", str(diagram))
    assert "0.9 to 1.0: n 1, said 0.95, right 1.00" in diagram.read_text(encoding="utf-8")


def test_a_task_without_probabilities_draws_no_diagram(tmp_path):
    gold = lines(tmp_path / "numbers.jsonl", {"a": HURT, "b": HURT, "numbers_differ": False})
    with pytest.raises(CommandError, match="judges no probability") as refused:
        call_command("evaluate", "numbers", str(gold), "--reliability", str(tmp_path / "no.svg"))
    assert refused.value.returncode == 2


def test_kinds_are_measured_one_by_one_and_together(evaluate, tmp_path):
    day = {"a_date": "2026-03-02", "b_date": "2026-03-02"}
    gold = lines(
        tmp_path / "kinds.jsonl",
        {"a": HURT, "b": MORE_HURT, "kinds": ["number"]},
        {"a": HURT, "b": "Fourteen passengers were injured.", "kinds": []},
        {"a": FERRY, "b": SOUP, "kinds": ["place"]},
        {"a": "The sale begins on Monday.", "b": "The sale begins on Thursday.", "kinds": ["date"]} | day,
        {"a": "The sale begins today.", "b": "The sale begins on Monday.", "kinds": []} | day,
    )
    predictions = tmp_path / "predictions.jsonl"
    figures = evaluate("kinds", gold, "--predictions", str(predictions))
    assert list(figures) == ["date", "number", "place", "all"]
    assert [figures["number"][name] for name in ("n", "right", "shown", "wanted")] == [5, 1, 1, 1]
    assert [figures["place"][name] for name in ("right", "shown", "wanted")] == [0, 0, 1]
    assert [figures["all"][name] for name in ("right", "shown", "wanted")] == [2, 2, 3]
    assert [told["kinds"] for told in read_lines(predictions)] == [["number"], [], [], ["date"], []]


def test_topics_are_drawn_whole(capsys, monkeypatch, tmp_path):
    """Two topics hold the same answers: drawn whole they always give the same area, drawn by item many."""
    scores, answers = [0.9, 0.2, 0.6, 0.4] * 2, [True, True, False, False] * 2
    monkeypatch.setattr(pairs, "same_claim", lambda items, *_: scores)

    def interval(field: str) -> list[float]:
        told = [{"a": FERRY, "b": SOUP, "aligned": a, field: f"{n // 4}"} for n, a in enumerate(answers)]
        call_command("evaluate", "alignment", str(lines(tmp_path / "pairs.jsonl", *told)), "--format", "json")
        return json.loads(capsys.readouterr().out)["figures"]["all"]["intervals"]["auc"]

    assert interval("topic") == [0.5, 0.5]
    low, high = interval("note")
    assert low < 0.5 < high


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
    monkeypatch.setattr(pairs, "same_claim", lambda items, *_: [0.9])
    gold = lines(tmp_path / "pairs.jsonl", {"a": FERRY, "b": AGAIN, "aligned": True, "source": "north"})
    call_command("evaluate", "alignment", str(gold))
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["n", "aligned", "calibration_error"], "one item has no interval"
    assert [row.split() for row in rows[:2]] == [["north", "1", "1", "0.1"], ["all", "1", "1", "0.1"]]
    assert [row.split() for row in rows[2:]] == [[], ["n", "said", "right"], ["0.9–1.0", "1", "0.9", "1.0"]]


def test_an_interval_stands_right_of_its_figure(capsys, tmp_path):
    item = {"a": HURT, "b": MORE_HURT, "numbers_differ": True}
    call_command("evaluate", "numbers", str(lines(tmp_path / "numbers.jsonl", item, item)))
    head, row = capsys.readouterr().out.splitlines()
    names = ["precision", "recall", "f1"]
    assert head.split() == ["n", *(word for name in names for word in (name, name, "95%")), "right", "shown", "wanted"]
    assert row.split() == ["all", "2", *["1.0", "1.00–1.00"] * 3, "2", "2", "2"]


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
        ("kinds", b'{"a": "x", "b": "y"}', "line 1 has no field kinds that holds a list"),
        ("kinds", b'{"a": "x", "b": "y", "kinds": [], "a_date": "May"}', "May is no date"),
        ("candidates", b"[1]", "is no gold story"),
        ("calibration", b"[1]", "is no gold story"),
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


@pytest.mark.parametrize("task", TASKS)
def test_a_missing_file_is_one_clear_line(task, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.jsonl") as refused:
        call_command("evaluate", task, str(tmp_path / "nowhere.jsonl"))
    assert refused.value.returncode == 2
