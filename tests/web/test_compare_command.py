"""``manage.py compare`` keeps to its contract: the result and nothing else on standard output, 0 or 2, no server."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims.pipeline import encoder as encoders
from tests.ingest.makers import ARTICLE_PAGE

POST = (
    "Ferry strikes pier at Lindholm\n"
    "The ferry Astrid struck the pier at Lindholm on Monday morning, injuring 14 passengers.\n"
    "Captain Ida Brandt blamed a broken rudder for the crash.\n"
    "Advertisement\n"
    "The harbour will stay closed until Wednesday while divers inspect the pier."
)
COURIER = (
    "Passengers hurt in Lindholm ferry crash 😀\n"
    "Nineteen passengers were injured when the ferry Astrid struck the pier at Lindholm on Monday morning.\n"
    "Divers will inspect the pier and the harbour stays shut until Wednesday.\n"
    "The ferry company had been fined twice for late safety drills."
)
#: Stands for a pulled plug: nothing but the machine itself can be reached, and no name is looked up.
UNPLUGGED = """
import socket
def refuse(*args, **kwargs):
    raise OSError("the network is unplugged")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
"""


@pytest.fixture
def sources(tmp_path) -> list[str]:
    """Two articles on one event, as files."""
    paths = [tmp_path / "harbour-post.txt", tmp_path / "courier.txt"]
    for path, text in zip(paths, (POST, COURIER), strict=True):
        path.write_text(text, encoding="utf-8")
    return [str(path) for path in paths]


@pytest.fixture
def compare(capsys, encoder, monkeypatch):
    """Runs the command in this process; its standard output and error."""
    monkeypatch.setattr(encoders, "load_encoder", lambda name="": encoder)

    def run(*words: str) -> tuple[str, str]:
        call_command("compare", *words)
        told = capsys.readouterr()
        return told.out, told.err

    return run


def run_process(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "compare", *words]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, check=False)


@pytest.mark.model
def test_it_needs_neither_a_network_nor_a_database(sources, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(UNPLUGGED, encoding="utf-8")
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "PYTHONPATH": str(tmp_path)}
    done = run_process(*sources, "--format", "json", "--quiet", **nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    check_contract(json.loads(done.stdout))


def check_contract(told: dict[str, Any]) -> None:
    assert told["schema"] == 1
    texts = {article["id"]: article["text"] for article in told["articles"]}
    sentences = {s["id"]: s for article in told["articles"] for s in article["sentences"]}
    for number, article in enumerate(told["articles"]):
        assert article["id"] == str(number)
        assert {"outlet", "title", "url", "byline", "published_at", "language"} <= article.keys()
    for id_, sentence in sentences.items():
        words = texts[id_.partition(".")[0]][sentence["start"] : sentence["end"]]
        assert words
        assert words == words.strip()
        assert sentence["role"] in {"claim", "heading", "boilerplate"}
        assert sentence["status"] in {"agree", "diverge", "unique", "none"}
    check_claims(told, sentences)
    for alignment in told["alignments"]:
        check_alignment(alignment, texts, sentences)
    seconds = told["run"]["seconds"]
    assert seconds.keys() >= {"load", "split", "embed", "align", "relate", "total"}
    run = {"encoder", "encoder_sha256", "relation_model", "relation_model_sha256", "thresholds", "version", "seconds"}
    assert told["run"].keys() >= run


def check_claims(told: dict[str, Any], sentences: dict[str, Any]) -> None:
    shown = [id_ for claim in told["claims"] for id_ in claim["sentences"]]
    assert {id_ for id_, s in sentences.items() if s["role"] == "claim"} <= set(shown)
    assert len(shown) == len(set(shown)), "a sentence stands in one claim"
    for claim in told["claims"]:
        assert claim["relation"] in {"agree", "diverge", "unique"}
        outlets = {told["articles"][int(id_.partition(".")[0])]["outlet"] for id_ in claim["sentences"]}
        assert set(claim["outlets"]) == outlets
        assert 1 <= claim["origins"] <= len(outlets)
        assert bool(claim["kinds"]) == (claim["relation"] == "diverge")


def check_alignment(alignment: dict[str, Any], texts: dict[str, str], sentences: dict[str, Any]) -> None:
    assert alignment["a"].partition(".")[0] != alignment["b"].partition(".")[0]
    assert alignment["relation"] in {"agree", "diverge"}
    for score in ("similarity", "probability", "relation_probability"):
        assert 0 <= alignment[score] <= 1
    assert bool(alignment["divergences"]) == (alignment["relation"] == "diverge")
    for divergence in alignment["divergences"]:
        assert divergence.keys() >= {"kind", "probability", "rule", "explanation"}
        for side in "ab":
            evidence, sentence = divergence[side], sentences[alignment[side]]
            text = texts[alignment[side].partition(".")[0]]
            assert text[evidence["start"] : evidence["end"]] == evidence["text"]
            assert sentence["start"] <= evidence["start"] < evidence["end"] <= sentence["end"]
            assert evidence["value"]


@pytest.mark.model
def test_the_json_keeps_to_the_contract_and_finds_what_was_planted(compare, sources):
    told = json.loads(compare(*sources, "--format", "json")[0])
    check_contract(told)
    roles = {s["role"] for s in told["articles"][0]["sentences"]}
    assert roles == {"claim", "boilerplate"}
    found = [d for alignment in told["alignments"] for d in alignment["divergences"]]
    assert [(d["kind"], d["a"]["text"].split()[0], d["b"]["text"].split()[0]) for d in found] == [
        ("number", "14", "Nineteen")
    ]


@pytest.mark.model
def test_outlets_are_named_in_order_and_else_by_their_source(compare, sources, tmp_path):
    page = tmp_path / "page.html"
    named = '<head><meta property="og:site_name" content="Karsund Times">'
    page.write_text(ARTICLE_PAGE.replace("<head>", named), encoding="utf-8")
    told = json.loads(compare(str(page), *sources, "--format", "json")[0])
    assert [article["outlet"] for article in told["articles"]] == ["Karsund Times", "harbour-post", "courier"]
    told = json.loads(compare(*sources, "--format", "json", "--outlet", "Zed Post", "--outlet", "A Courier")[0])
    assert [article["outlet"] for article in told["articles"]] == ["Zed Post", "A Courier"]
    told = json.loads(compare(*sources, "--format", "json", "--outlet", "Post")[0])
    assert [article["outlet"] for article in told["articles"]] == ["Post", "courier"]


@pytest.mark.model
def test_the_text_says_the_divergence_in_words_and_is_the_default(compare, sources):
    told, _ = compare(*sources, "--outlet", "Harbour Post", "--outlet", "Daily Courier")
    assert told.startswith("2 articles: ")
    assert "Harbour Post says 14" in told
    assert told == compare(*sources, "--outlet", "Harbour Post", "--outlet", "Daily Courier", "--format", "text")[0]


@pytest.mark.model
def test_the_csv_has_a_line_a_claim_and_a_column_an_article(compare, sources):
    lines = list(csv.reader(io.StringIO(compare(*sources, "--format", "csv")[0])))
    assert lines[0][4:6] == ["harbour-post (0)", "courier (1)"]
    assert len({len(line) for line in lines}) == 1
    assert [line[1] for line in lines if "Nineteen" in line[5]] == ["diverge"]


@pytest.mark.model
def test_the_html_is_one_page_in_which_hostile_text_stays_text(compare, sources):
    Path(sources[0]).write_text(POST + "\n<script>alert(1)</script> was what the sign read.", encoding="utf-8")
    told, _ = compare(*sources, "--format", "html", "--outlet", "<b>Post</b>")
    assert told.startswith("<!doctype html>")
    assert "&lt;script&gt;alert(1)" in told
    assert "<script" not in told
    assert "<b>" not in told


@pytest.mark.model
def test_names_that_are_no_text_do_no_harm(compare, sources):
    told, _ = compare(*sources, "--format", "json", "--outlet", "Po\udcffst\x00", "--outlet", "Cour\u202eier\n")
    assert [article["outlet"] for article in json.loads(told)["articles"]] == ["Po\ufffdst", "Courier"]
    told.encode()


@pytest.mark.model
def test_with_output_the_result_is_in_the_file_and_nowhere_else(compare, sources, tmp_path):
    path = tmp_path / "result.json"
    out, _ = compare(*sources, "--format", "json", "--output", str(path))
    assert out == ""
    check_contract(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.model
def test_progress_goes_to_standard_error_unless_quiet(compare, sources):
    told, progress = compare(*sources, "--format", "json")
    assert json.loads(told)
    assert {line.partition(":")[0] for line in progress.splitlines()} == {"split", "load", "embed", "align", "relate"}
    assert compare(*sources, "--quiet")[1] == ""


@pytest.mark.model
def test_unrelated_articles_are_compared_and_said_to_share_no_claim(compare, sources, tmp_path):
    garden = tmp_path / "garden.txt"
    garden.write_text("Tomatoes like warm soil.\nA mulch of straw keeps slugs away from ripe fruit.", encoding="utf-8")
    assert "share no claim" in compare(sources[0], str(garden))[0]


def test_every_source_that_cannot_be_used_has_one_line_that_says_why(sources, tmp_path):
    unusable = {
        "broken.pdf": (b"%PDF-1.7\nbroken", "damaged or not a PDF"),
        "looping.pdf": (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
            "damaged",
        ),
        "empty.txt": (b"", "is empty"),
        "blank.txt": (b" \n\t\n", "is empty"),
        "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture, not text"),
        "bomb.docx": (b"PK\x03\x04" + bytes(200), "damaged or not a Word document"),
        "teaser.html": (b"<html><body><p>Hi</p></body></html>", "No article was found"),
        "long.txt": (b"The ferry burned. " * 116_000, "may have up to 400,000"),
        "notes.odt": (b"text", "cannot be read"),
    }
    for name, (data, _) in unusable.items():
        (tmp_path / name).write_bytes(data)
    expected = {str(tmp_path / name): says for name, (_, says) in unusable.items()} | {
        str(tmp_path / "missing.txt"): "no such file",
        str(tmp_path): "This is a folder",
        "http://127.0.0.1/a": "private network",
        "http://169.254.169.254/latest/meta-data": "private network",
        "http://[::ffff:10.0.0.1]/a": "private network",
        "file:///etc/passwd": "Only addresses that start with http",
    }
    done = run_process(sources[0], *expected)
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert len(lines) == len(expected), done.stderr
    for line, (source, says) in zip(lines, expected.items(), strict=True):
        assert line.startswith(f"{source}: ")
        assert says in line


@pytest.mark.model
@pytest.mark.parametrize(
    ("words", "says"),
    [([], "at least two articles"), (["{}", "--output", "/nowhere/result.json"], "/nowhere/result.json cannot be")],
)
def test_what_cannot_be_done_is_one_line_and_exit_status_two(compare, capsys, sources, words, says):
    with pytest.raises(SystemExit) as ended:
        compare(sources[0], *(word.format(sources[1]) for word in words), "--quiet")
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert says in told.err


def test_an_encoder_that_is_not_there_is_one_line(capsys, sources):
    with pytest.raises(SystemExit) as ended:
        call_command("compare", *sources, "--encoder", "/nowhere/model")
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert "/nowhere/model" in told.err


def test_an_unknown_format_is_refused(sources):
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("compare", *sources, "--format", "yaml")


@pytest.mark.model
def test_a_threshold_can_be_chosen_and_stands_in_the_record(compare, sources):
    told = json.loads(compare(*sources, "--format", "json", "--threshold", "0.9")[0])
    assert told["run"]["thresholds"]["alignment"] == 0.9
    assert told["run"]["model_threshold"] < 0.9
    assert all(alignment["probability"] >= 0.9 for alignment in told["alignments"])


@pytest.mark.parametrize("threshold", ["0.01", "1", "nan"])
def test_a_threshold_out_of_range_is_refused_in_one_line(compare, sources, capsys, threshold):
    with pytest.raises(SystemExit) as stopped:
        compare(*sources, "--threshold", threshold)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.strip() == "A threshold lies between 0.1 and 0.95. Choose one in between."
