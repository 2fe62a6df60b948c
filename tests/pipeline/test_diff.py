"""How one wording becomes another."""

from itertools import pairwise

import pytest

from claims.pipeline.diff import Change, diff_words, similarity


def words(changes: list[Change]) -> list[tuple[str, str, str]]:
    return [(c.operation, c.before.strip(), c.after.strip()) for c in changes if c.operation != "equal"]


def test_a_deletion_beside_an_insertion_is_one_replacement():
    changes = diff_words("The fire killed 12 people.", "The fire killed 14 people.")
    assert words(changes) == [("replace", "12", "14")]


def test_what_only_one_wording_has_is_deleted_or_inserted():
    changes = diff_words("The old bridge will reopen soon.", "The bridge will reopen very soon.")
    assert words(changes) == [("delete", "old", ""), ("insert", "", "very")]


@pytest.mark.parametrize("number", ["2,400", "7.4", "04:40", "well-known", "council’s"])
def test_a_number_or_a_joined_word_is_one_word(number):
    assert words(diff_words(f"It said {number} then.", "It said so then.")) == [("replace", number, "so")]


def test_case_and_apostrophes_make_no_difference():
    assert words(diff_words("The dam's gate opened.", "the dam’s Gate opened.")) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“We had 20 minutes,” she said.", "She said: “We had twenty  minutes to go.”"),
        ("", "All of it is new. "),
        ("All of it is gone.", ""),
        (" … ", "🚢 وصلت السفينة"),
    ],
)
def test_the_changes_make_up_both_wordings_exactly(before, after):
    changes = diff_words(before, after)
    assert "".join(c.before for c in changes) in (before, "")
    assert "".join(c.after for c in changes) in (after, "")
    if before.strip() and after.strip():
        assert "".join(c.before for c in changes) == before
        assert "".join(c.after for c in changes) == after


def test_no_two_changes_stand_side_by_side():
    changes = diff_words("a b c d e f g h", "x a c y d q f h z")
    for first, second in pairwise(changes):
        assert "equal" in (first.operation, second.operation)


def test_similarity_is_1_for_equal_wordings_and_0_for_strangers():
    assert similarity(diff_words("The gate opened.", "The gate opened.")) == 1
    assert similarity(diff_words("gate opened", "bridge closes")) == 0
    assert 0 < similarity(diff_words("The gate opened at dawn.", "The gate opened at noon.")) < 1
    assert similarity(diff_words("", "")) == 0
