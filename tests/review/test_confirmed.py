"""How often reviewers confirmed what was proposed at a probability: the figures, without a database."""

from __future__ import annotations

import pytest

from claims.pipeline.calibration import OWN, Scale
from claims.review.confirmed import LEAST, Proposed, Share, Tally, is_confirmed, outcome, proposed_by, wilson


def tally(scale: Scale = OWN, **cells: dict[int, tuple[int, int]]) -> Tally:
    return Tally(cells, scale)


def test_it_is_said_in_one_line_with_n_and_an_interval():
    share = tally(same={61: (20, 25), 69: (11, 15)}).near("same", 0.655)
    assert share
    assert share.says == "At 60–70%, reviewers here confirmed 31 of 40"
    assert share.sure == "95% interval 62% to 88%"


@pytest.mark.parametrize(("confirmed", "n", "low", "high"), [(0, 10, 0.0, 0.2775), (81, 263, 0.2553, 0.3662)])
def test_the_interval_is_wilson_s(confirmed, n, low, high):
    """The second is Newcombe's example (Statistics in Medicine 17, 1998, table I: 0.2553 to 0.3662)."""
    assert wilson(confirmed, n) == pytest.approx((low, high), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_too_few_items_are_not_told():
    assert tally(same={65: (LEAST - 1, LEAST - 1)}).near("same", 0.65) is None
    assert tally(same={65: (LEAST, LEAST)}).near("same", 0.65)
    assert tally(same={65: (LEAST, LEAST)}).near("number", 0.65) is None
    assert Tally().near("same", 0.65) is None


def test_the_ends_of_the_range_belong_to_it_and_steps_to_the_upper_one():
    found = tally(same={99: (10, 10), 60: (3, 10), 59: (9, 10), 0: (0, 10)})
    assert [share.at for share in found.steps("same")] == ["90–100%", "60–70%", "50–60%", "0–10%"]
    assert found.near("same", 1.0) == Share(10, 10, 0.9, 1.0)
    assert found.near("same", 0.6) == Share(3, 10, 0.6, 0.7)
    assert found.near("same", 0.0) == Share(0, 10, 0.0, 0.1)
    assert found.total("same") == Share(22, 40, 0.0, 1.0)


def test_it_is_told_on_the_scale_of_the_page_it_stands_on():
    halved = Scale(1.0, -1.0)
    found = tally(halved, same={70: (12, 20)}, number={70: (12, 20)}, lone={30: (8, 20)})
    assert halved.tell(0.705) == pytest.approx(0.468, abs=1e-3)
    assert found.near("same", 0.47) == Share(12, 20, 0.4, 0.5)
    assert found.near("number", 0.7) == Share(12, 20, 0.7, 0.8), "kinds are told by rules, on no scale"
    assert found.near("lone", 1 - float(halved.tell(0.695))) == Share(8, 20, 0.5, 0.6)


def test_a_pair_proposes_one_claim_and_each_kind_once_as_surely_as_it_can():
    kinds = [("number", 0.7), ("date", 0.6), ("number", 0.9)]
    found = proposed_by("pair", 0.4, {"probability": 0.8}, kinds, OWN)
    assert found == [Proposed("same", 0.8), Proposed("number", 0.9), Proposed("date", 0.6)]
    (alone,) = proposed_by("lone", 0.7, {}, [], OWN)
    assert (alone.about, alone.probability) == ("lone", pytest.approx(0.7))
    assert proposed_by("added", 0.0, {}, [], OWN) == [], "a person put it there"
    scale = Scale(0.5, 0.2)
    (own,) = proposed_by("pair", 0.4, {"probability": float(scale.tell(0.8))}, [], scale)
    assert own.probability == pytest.approx(0.8)
    assert [Proposed("same", p).percent for p in (0.29, 0.2999, 0.0, 1.0)] == [29, 29, 0, 99]


@pytest.mark.parametrize(
    ("decision", "votes", "holds"),
    [
        ("", [("same agree", False), ("same agree", False)], "same agree"),
        ("", [("same agree", False)], "same agree"),
        ("", [("same agree", False), ("apart", False)], ""),
        ("", [("unsure", False), ("unsure", False)], ""),
        ("", [], ""),
        ("apart", [("same agree", False), ("apart", False)], "apart"),
        ("", [("same agree", True), ("same agree", True)], ""),
        ("", [("same agree", True), ("same agree", False)], "same agree"),
        ("", [("same agree", True), ("apart", False)], ""),
        ("same agree", [("same agree", True)], "same agree"),
    ],
)
def test_what_holds_is_the_decision_or_what_all_say_who_looked(decision, votes, holds):
    assert outcome(decision, votes) == holds


@pytest.mark.parametrize(
    ("about", "gist", "is_right"),
    [
        ("same", "same agree", True),
        ("same", "same diverge number", True),
        ("same", "apart", False),
        ("number", "same diverge date number", True),
        ("number", "same diverge date", False),
        ("number", "same agree", False),
        ("number", "apart", False),
        ("lone", "absent", True),
        ("lone", "found 7:120", False),
    ],
)
def test_a_kind_is_confirmed_where_the_claim_is_one_and_the_kind_named(about, gist, is_right):
    assert is_confirmed(about, gist) is is_right
