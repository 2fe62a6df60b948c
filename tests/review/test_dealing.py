"""Dealing: everyone gets their share, no item too many judges, and nobody takes what another looks at."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from claims.review.dealing import Seat, deal, is_looking, most_urgent_first, sample, take_over, urgency

ITEMS = list(range(100, 160))
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("judges", [1, 2])
@pytest.mark.parametrize("people", [[1], [1, 2], [1, 2, 3], [4, 7, 9, 11, 20]])
def test_each_item_gets_as_many_different_judges_as_wanted_and_there_are(people, judges):
    seats = deal(ITEMS, people, judges)
    assert len(seats) == len(set(seats)) == len(ITEMS) * min(judges, len(people))
    assert list(dict.fromkeys(seat.item for seat in seats)) == ITEMS, "in the order of the items"


@pytest.mark.parametrize("judges", [1, 2])
def test_everyone_gets_the_same_number_spread_over_the_whole_order(judges):
    for part in (ITEMS, ITEMS[:30]):
        load = Counter(seat.person for seat in deal(part, [1, 2, 3, 4], judges))
        assert max(load.values()) - min(load.values()) <= 1


def test_every_two_people_judge_about_as_many_items_together():
    judges: dict[int, set[int]] = {}
    for seat in deal(ITEMS, [1, 2, 3, 4], 2):
        judges.setdefault(seat.item, set()).add(seat.person)
    together = Counter(frozenset(two) for two in judges.values())
    assert set(together) == {frozenset(two) for two in combinations([1, 2, 3, 4], 2)}
    assert max(together.values()) - min(together.values()) <= 2


def test_nothing_is_dealt_where_nobody_is():
    assert deal(ITEMS, [], 2) == []
    assert deal([], [1], 1) == []
    assert deal([5], [1], 1) == [Seat(5, 1)]


def test_the_later_half_of_what_waits_is_handed_over():
    assert take_over([1, 2, 3, 4], mine=[], looked_at=[]) == [3, 4]
    assert take_over([1], mine=[], looked_at=[]) == [1]
    assert take_over([], mine=[], looked_at=[]) == []


def test_nothing_is_handed_over_that_is_looked_at_or_that_i_judge_as_well():
    assert take_over([1, 2, 3, 4, 5], mine=[5], looked_at=[4]) == [2, 3]
    assert take_over([1, 2], mine=[1], looked_at=[2]) == []


def test_a_sample_keeps_the_order_and_comes_out_the_same_for_the_same_seed():
    drawn = sample(ITEMS, 10, seed=7)
    assert drawn == sorted(drawn) == sample(ITEMS, 10, seed=7)
    assert len(drawn) == 10
    assert drawn != sample(ITEMS, 10, seed=8)
    assert sample(ITEMS, 1000, seed=7) == ITEMS


def test_somebody_looks_at_an_item_until_the_time_is_up():
    assert is_looking(NOW + timedelta(seconds=1), NOW)
    assert not is_looking(NOW, NOW)
    assert not is_looking(None, NOW)


def test_contested_pairs_come_first_then_doubtful_lone_sentences_and_sure_agreements_last():
    told = {
        1: ("agree", 0.84),
        2: ("diverge", 0.85),
        3: ("unique", 0.995),
        4: ("diverge", 0.03),
        5: ("agree", 0.35),
        6: ("unique", 0.65),
        7: ("diverge", 0.6),
        8: ("diverge", 0.99),
        9: ("unique", 0.8),
    }
    order = most_urgent_first({item: urgency(*proposed) for item, proposed in told.items()})
    assert order == [4, 7, 2, 6, 9, 5, 8, 3, 1]


def test_equally_urgent_items_stay_in_their_order():
    assert most_urgent_first({7: 1.0, 5: 1.0}) == [7, 5], "equal ones keep their order"
