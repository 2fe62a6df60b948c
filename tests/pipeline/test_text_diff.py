"""How one version of a text became another."""

from __future__ import annotations

import random
import time

import pytest

from claims.pipeline.text_diff import diff_texts, essence, standing

OLD = (
    "Fire on the ferry\n"
    "The ferry burned for two hours. Nobody was hurt. “We saw smoke,” said a passenger.\n"
    "The cause is not known. The line did not answer."
)


def fates(before: str, after: str) -> list[tuple[str, str]]:
    """What happened to each sentence that is not the same, and the sentence."""
    found = [(p.fate, p.after or p.before) for p in diff_texts(before, after) if p.fate != "same"]
    return [(fate, piece.text.strip()) for fate, piece in found if piece]


def test_a_text_that_stays_has_no_changes():
    assert fates(OLD, OLD) == []


def test_a_changed_sentence_is_told_word_by_word():
    passages = diff_texts(OLD, OLD.replace("two hours", "three long hours"))
    [changed] = [p for p in passages if p.fate != "same"]
    assert changed.fate == "changed"
    assert [(c.before.strip(), c.after.strip()) for c in changed.changes if c.operation != "equal"] == [
        ("two", "three long")
    ]


def test_sentences_come_go_and_move():
    assert fates(OLD, OLD.replace("Nobody was hurt. ", "")) == [("removed", "Nobody was hurt.")]
    assert fates(OLD, OLD + " Police are looking into it.") == [("added", "Police are looking into it.")]
    moved = OLD.replace("Nobody was hurt. ", "") + " Nobody was hurt."
    assert fates(OLD, moved) == [("moved away", "Nobody was hurt."), ("moved here", "Nobody was hurt.")]


def test_a_sentence_in_place_of_another_is_one_removed_and_one_added():
    after = OLD.replace("Nobody was hurt.", "Sixteen lorries sank.")
    assert fates(OLD, after) == [("removed", "Nobody was hurt."), ("added", "Sixteen lorries sank.")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“We saw smoke,” she said.", '"We saw smoke", she said.'),
        ("The line’s ship — the Star — sank.", "The line's ship – the Star – sank."),
        ("On Monday, it sank.", "On Monday  it sank."),
    ],
)
def test_forms_of_marks_white_space_and_commas_are_tiny_edits(before, after):
    assert essence(before) == essence(after)
    assert [fate for fate, _ in fates(before, after)] == ["tiny"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It cost 1.5 million.", "It cost 15 million."),
        ("It cost 1.5 million.", "It cost 1,5 million."),
        ("It was -5 degrees.", "It was 5 degrees."),
        ("It cost £5.", "It cost $5."),
        ("He is guilty.", "He is guilty?"),
        ("The minister lied.", "The minister “lied”."),
        ("They told us so.", "They told US so."),
        ("A rise of .5 points.", "A rise of 5 points."),
    ],
)
def test_what_changes_the_meaning_is_no_tiny_edit(before, after):
    assert [fate for fate, _ in fates(before, after)] in (["changed"], ["removed", "added"])


@pytest.mark.parametrize("seed", range(30))
def test_the_passages_make_up_both_texts(seed):
    draw = random.Random(seed)
    words = ["ferry", "burned", "“so”,", "two.", "hours!", "Nobody", "\n", "said", "A.", "…", "ü"]
    before, after = (" ".join(draw.choices(words, k=draw.randrange(60))) for _ in range(2))
    passages = diff_texts(before, after)
    for text, side in ((before, "before"), (after, "after")):
        pieces = [getattr(p, side) for p in passages if getattr(p, side)]
        assert "".join(piece.text for piece in pieces) == text
        assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    for passage in passages:
        if passage.before and passage.after:
            assert "".join(c.before for c in passage.changes) == passage.before.text.strip()
            assert "".join(c.after for c in passage.changes) == passage.after.text.strip()


def test_a_stretch_stands_where_its_words_are_found_again():
    sentences = ["Fire on the ferry", "The ferry burned for two hours.", "Nobody was hurt.", "The cause is not known."]
    spans = [(OLD.index(s), OLD.index(s) + len(s)) for s in sentences]
    after = OLD.replace("two hours", "three hours").replace("Nobody was hurt. ", "") + " Nobody was hurt."
    assert standing(spans, diff_texts(OLD, after)) == [True, False, True, True]
    assert standing(spans, diff_texts(OLD, "")) == [False] * 4
    assert standing(spans, diff_texts(OLD, OLD)) == [True] * 4


def test_a_stretch_of_two_sentences_stands_only_if_both_do():
    span = (OLD.index("The ferry"), OLD.index(" “We"))
    assert standing([span], diff_texts(OLD, OLD.replace("The cause", "A cause"))) == [True]
    assert standing([span], diff_texts(OLD, OLD.replace("Nobody", "No one"))) == [False]


def long_text(sentences: int, words: int, seed: int = 0) -> str:
    draw = random.Random(seed)
    told = (" ".join(f"word{draw.randrange(400)}" for _ in range(words)).capitalize() for _ in range(sentences))
    return ". ".join(told) + "."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (long_text(2000, 25), long_text(2000, 25, seed=1)),
        (long_text(2000, 25), long_text(2000, 25).replace(" word7 ", " word8 ")),
        (long_text(1, 45_000), long_text(1, 45_000, seed=1)),
        ("A. " * 130_000, "B. " * 130_000),
        ("…" * 400_000, "." * 400_000),
        (" " * 400_000, "\n" * 400_000),
    ],
    ids=["rewritten", "a word in many sentences", "one sentence", "two letters", "dots", "white space"],
)
def test_the_longest_texts_cost_seconds_at_most(before, after):
    start = time.process_time()
    for passage in diff_texts(before, after):
        assert passage.changes
    assert time.process_time() - start < 8
