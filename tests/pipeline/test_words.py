"""Shared words weigh what they are worth."""

from __future__ import annotations

import numpy as np
import pytest

from claims.pipeline.words import read_words, shared, stem

TEXTS = [
    "The ferry Astrid struck the pier at Lindholm on Monday.",
    "On Monday the ferry Astrid hit a pier in Lindholm, hurting 14 people.",
    "The weather stayed calm and 14 gulls watched.",
    "",
]


def pair(matrix, other, a: int, b: int) -> float:
    return float(shared(matrix, other, np.array([a]), np.array([b]))[0])


def test_sentences_that_share_rare_words_weigh_more():
    table = read_words(TEXTS)
    assert pair(table.words, table.present, 0, 1) > pair(table.words, table.present, 1, 2) > 0
    assert pair(table.words, table.present, 0, 3) == 0


def test_stop_words_weigh_nothing():
    table = read_words(["The one was on it.", "It was on the other."])
    assert pair(table.words, table.present, 0, 1) == 0


def test_numbers_are_words_that_begin_with_a_digit():
    table = read_words(TEXTS)
    assert pair(table.numbers, table.present, 1, 2) > 0
    assert pair(table.numbers, table.present, 0, 1) == 0


def test_pairs_count_words_that_follow_each_other_in_one_sentence_only():
    table = read_words(["alpha beta gamma", "beta gamma alpha", "gamma", "alpha"])
    assert pair(table.pairs, table.pairs, 0, 1) == 1
    assert table.pairs[[2]].nnz == table.pairs[[3]].nnz == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("Minister's", "minister"), ("boats", "boat"), ("Lindholm’s", "lindholm"), ("deployed", "deploys")],
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


def test_no_text_has_no_words():
    assert read_words([]).words.shape == (0, 0)
