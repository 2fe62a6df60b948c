"""What ``compare`` prints keeps to the contract and lets nothing run."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.pipeline.output import as_csv, as_html, as_json, as_text
from claims.pipeline.types import (
    Alignment,
    ClaimRow,
    ComparisonResult,
    Divergence,
    Evidence,
    Nearest,
    Origin,
    Part,
    Run,
    Sentence,
    SourceArticle,
    Utterance,
    Wording,
)

HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script>'


@pytest.fixture
def result() -> ComparisonResult:
    texts = ["Twelve people died.\nNobody else says this.", f"Fourteen people died.\n{HOSTILE}"]
    articles = tuple(SourceArticle(id=f"pk{k}", outlet=("+Post", "Courier")[k], text=t) for k, t in enumerate(texts))
    sentences = []
    for k, text in enumerate(texts):
        at = 0
        for n, line in enumerate(text.split("\n")):
            sentences.append(Sentence(f"{k}.{n}", k, at, at + len(line), line, "claim"))
            at += len(line) + 1
    differ = Divergence(
        "number", 0.9, "number.count", "+Post says 12; Courier says 14.",
        Evidence(0, 6, "Twelve", "12 people"), Evidence(0, 8, "Fourteen", "14 people"),
    )  # fmt: skip
    return ComparisonResult(
        articles=articles,
        sentences=tuple(sentences),
        statuses={"0.0": "diverge", "1.0": "diverge", "0.1": "unique", "1.1": "unique"},
        rows=(
            ClaimRow("c1", "diverge", ("0.0", "1.0"), ("+Post", "Courier"), 2, ("number",), 4.2),
            ClaimRow("c2", "unique", ("0.1",), ("+Post",), 1),
            ClaimRow("c3", "unique", ("1.1",), ("Courier",), 1),
        ),
        alignments=(Alignment("0.0", "1.0", 0.8, 0.9, "diverge", 0.9, (differ,)),),
        origins=(Origin("o1", ("pk0", "pk1"), 0.4, "Reuters", ("0.0",)),),
        run=Run("encoder", "0" * 64, {"alignment": 0.3}, "0.1.0", {"total": 0.1}),
        notices=("<b>Careful</b>",),
        nearest=(Nearest("0.1", "1.1", 0.31, 0.14), Nearest("1.1", "0.0", 0.12, 0.0)),
        utterances=(Utterance("u1", "the mayor", (Wording("0.0", 0, 6, "Twelve", "verbatim"),)),),
    )


def test_json_spans_are_the_words_they_name(result):
    told = json.loads(as_json(result))
    assert told["schema"] == 1
    assert told["articles"][0]["id"] == "0"
    for alignment in told["alignments"]:
        for divergence in alignment["divergences"]:
            for side in ("a", "b"):
                article = told["articles"][int(alignment[side].split(".")[0])]
                span = divergence[side]
                assert article["text"][span["start"] : span["end"]] == span["text"]
    assert told["origins"][0]["articles"] == ["0", "1"]
    assert {s for claim in told["claims"] for s in claim["sentences"]} == {"0.0", "0.1", "1.0", "1.1"}


def test_json_holds_nearest_sentences_utterances_and_possible_updates(result):
    told = json.loads(as_json(result))
    assert told["nearest"][0] == {"sentence": "0.1", "other": "1.1", "similarity": 0.31, "probability": 0.14}
    (utterance,) = told["utterances"]
    assert (utterance["id"], utterance["speaker"]) == ("u1", "the mayor")
    assert utterance["wordings"] == [
        {"sentence": "0.0", "start": 0, "end": 6, "text": "Twelve", "rendering": "verbatim", "credited_to": ""}
    ]
    assert [d["possible_update"] for x in told["alignments"] for d in x["divergences"]] == [False]


def test_json_and_text_name_the_words_of_a_long_sentence_that_state_the_claim(result):
    (pair,) = result.alignments
    partial = replace(result, alignments=(replace(pair, part_b=Part(0, 15, "clause")),))
    (told,) = json.loads(as_json(partial))["alignments"]
    assert told["part_a"] is None
    assert told["part_b"] == {"start": 0, "end": 15, "kind": "clause"}
    lines = as_text(partial).splitlines()
    at = lines.index("  Courier: Fourteen people died.")
    assert lines[at + 1] == "    in the words: Fourteen people"
    assert "in the words" not in as_text(result)


def test_a_spreadsheet_runs_no_cell(result):
    rows = list(csv.reader(io.StringIO(as_csv(result))))
    assert len(rows) == 4
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert any(HOSTILE in cell for cell in rows[3])


def test_html_shows_markup_as_text(result):
    page = as_html(result)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<b>Careful" not in page


def test_text_tells_divergences_first_and_in_words(result):
    told = as_text(result)
    assert told.index("+Post says 12; Courier says 14.") < told.index("Nobody else says this.")
    assert "0 claims agree, 1 diverge (1 difference), 2 are in one outlet only" in told


def test_text_tells_what_comes_closest_to_a_claim_of_one_outlet(result):
    lines = as_text(result).splitlines()
    at = lines.index("  +Post: Nobody else says this.")
    assert lines[at + 1] == f"    closest, in Courier, 14% likely the same claim: {HOSTILE}"
    assert "    closest, in +Post, nothing like it: Twelve people died." in lines


def test_text_and_html_say_where_one_outlet_alone_is_in_doubt(result):
    near = replace(result, nearest=(Nearest("0.1", "1.1", 0.31, 0.15),))
    assert f"    closest, in Courier, 15% likely the same claim, check this: {HOSTILE}" in as_text(near).splitlines()
    assert "<td><small>closest, 15% likely the same claim, check this: =HYPERLINK" in as_html(near)
    assert "&lt;script&gt;" in as_html(near).partition("check this")[2]


def test_every_format_says_possible_update_and_the_times_where_they_fit(result):
    times = [datetime(2026, 4, 29, hour, tzinfo=UTC) for hour in (6, 14)]
    (pair,) = result.alignments
    later = replace(
        result,
        articles=tuple(replace(a, published_at=t) for a, t in zip(result.articles, times, strict=True)),
        alignments=(replace(pair, divergences=(replace(pair.divergences[0], possible_update=True),)),),
    )
    note = "[number, possible update: +Post 2026-04-29 06:00, Courier 2026-04-29 14:00]"
    assert note in as_text(later)
    assert note in as_html(later)
    assert "(possible update)" in as_csv(later)
    assert "possible update" not in as_text(result) + as_html(result) + as_csv(result)


def test_text_and_html_tell_once_what_several_pairs_of_a_row_show_alike(result):
    (link,) = result.alignments
    twice = replace(
        result,
        alignments=(link, replace(link, a="0.1")),
        rows=(replace(result.rows[0], sentences=("0.0", "0.1", "1.0")), *result.rows[1:]),
    )
    for told in (as_text(twice), as_html(twice)):
        assert told.count("+Post says 12; Courier says 14.") == 1


def test_text_and_html_say_where_outlets_are_fewer_voices_than_names(result):
    assert "origin" not in as_text(result)
    copied = replace(result, rows=(replace(result.rows[0], origins=1), *result.rows[1:]))
    for told in (as_text(copied), as_html(copied)):
        assert "2 outlets, 1 origin: shared copy" in told


def test_text_calls_no_wording_verbatim_that_is_only_what_the_others_are_held_against(result):
    assert "  +Post (quoted): Twelve" in as_text(result).splitlines()
    wordings = (Wording("1.0", 0, 8, "Fourteen", "verbatim"), Wording("0.0", 0, 6, "Twelve", "altered"))
    lines = as_text(replace(result, utterances=(Utterance("u1", "the mayor", wordings),))).splitlines()
    assert "  Courier (fullest wording): Fourteen" in lines
    assert "  +Post (altered): Twelve" in lines


def test_text_keeps_what_interrupts_a_quotation_out_of_its_marks(result):
    text = "“We shut the sluice,” said Bo Lind, “and waited for the water.”"
    articles = (replace(result.articles[0], text=text), result.articles[1])
    said = (Utterance("u1", "Bo Lind", (Wording("0.0", 1, 62, text[1:62], "verbatim"),)),)
    lines = as_text(replace(result, articles=articles, utterances=said)).splitlines()
    assert "  +Post (quoted): “We shut the sluice,” said Bo Lind, “and waited for the water.”" in lines


def test_text_counts_a_difference_once_where_two_rows_hold_it(result):
    (link,) = result.alignments
    headline = replace(
        link, b="1.1", divergences=(replace(link.divergences[0], b=Evidence(22, 24, "14", "14 people")),)
    )
    twice = replace(
        result,
        alignments=(link, headline),
        rows=(*result.rows, replace(result.rows[0], id="c4", sentences=("0.0", "1.1"))),
    )
    assert "2 diverge (1 difference)" in as_text(twice)
