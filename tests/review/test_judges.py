"""Judges who are taken out, leave or may not judge any more: their votes stay, and nothing waits for nobody."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest

from claims.accounts import change_role, delete_account, end_membership
from claims.models import Participant, ReviewSession, Seat, Verdict
from claims.models.review import Refused
from claims.policies import Role
from claims.review import settling, voting
from claims.review.dealing import Seat as Place
from claims.review.dealing import deal
from claims.review.figures import figures
from claims.review.judges import join, release, take_out
from claims.review.opening import catch_up
from claims.review.record import load_record
from claims.review.trail import describe, entries_for
from tests.factories import make_compared_story, make_member

from .makers import UNSURE, compare_again, judge_all, judge_of, make_people, make_session, reveal, vote

TITLE = {"title": "Before we print"}


# Dealing, without a database


def test_who_has_an_item_already_counts_as_one_of_its_judges():
    assert deal([1, 2], [7, 8], 2, taken={1: {7}, 2: {9, 5}}) == [Place(1, 8)]


def test_who_has_less_waiting_gets_more():
    dealt = deal(list(range(10)), [7, 8], 1, load={7: 6})
    assert Counter(place.person for place in dealt) == {8: 8, 7: 2}


# In the database

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> ReviewSession:
    """Blind, three judges, two for each item; the first has judged three of what was dealt to them."""
    story = make_compared_story()
    session = make_session(story, make_people(story, 3))
    leaver = session.participants.order_by("pk")[0]
    for seat in leaver.seats.order_by("number")[:3]:
        vote(seat.item, judge_of(session, leaver.membership), UNSURE)
    session.refresh_from_db()
    return session


@pytest.fixture
def leaver(session) -> Participant:
    return session.participants.order_by("pk")[0]


def waiting_for(participant: Participant) -> int:
    return Seat.objects.waiting().filter(participant=participant).count()


def check_all_is_dealt(session: ReviewSession, leaver: Participant) -> None:
    """Every live item has two judges: places, or votes of someone whose place went."""
    assert waiting_for(leaver) == 0
    for item in session.items.live():
        judges = set(item.seats.values_list("participant", flat=True))
        judges |= set(item.verdicts.filter(is_current=True).values_list("participant", flat=True))
        assert len(judges) == 2, item
    for participant in session.participants.all():
        assert participant.dealt == participant.seats.filter(item__retired_at=None).count()
    kept = {pk: counts for pk, counts in ReviewSession.objects.get(pk=session.pk).tally.items() if any(counts.values())}
    session.recount()
    assert kept == session.tally


def test_what_waits_for_somebody_who_is_taken_out_is_dealt_to_the_others_evenly(session, leaver):
    before = waiting_for(leaver)
    assert take_out(session.pk, session.created_by, leaver.pk) == before > 0
    check_all_is_dealt(session, leaver)
    others = [waiting_for(p) for p in session.participants.exclude(pk=leaver.pk)]
    assert max(others) - min(others) <= 2


def test_votes_of_somebody_who_is_taken_out_stay_and_count(session, leaver):
    take_out(session.pk, session.created_by, leaver.pk)
    assert Verdict.objects.filter(participant=leaver, is_current=True).count() == 3
    for other in session.participants.there():
        judge_all(session, judge_of(session, other.membership))
    reveal(session)
    record = load_record(session)
    assert str(leaver) in [person.name for person in record.people if person.is_judge]
    pairs = figures(session, {p.pk: str(p) for p in session.participants.all()}).pairs
    assert any(leaver.pk in two for two, _ in pairs)
    assert settling.faults(session.pk) == []


def test_somebody_who_is_taken_out_can_do_nothing_any_more_in_the_session(session, leaver):
    me, item = judge_of(session, leaver.membership), session.items.all()[0]
    take_out(session.pk, session.created_by, leaver.pk)
    lone = [i.a_id for i in session.items.filter(sort="lone")]
    for act in [
        lambda: vote(item, me, UNSURE),
        lambda: voting.undo(session.pk, me),
        lambda: voting.accept_all(session.pk, me, [item.number], 0.1, uuid.uuid4()),
        lambda: voting.add_pair(session.pk, me, lone[0], lone[-1], session.comparison_id),
        lambda: voting.take_over_from(session.pk, me, session.participants.there()[0].pk),
    ]:
        with pytest.raises(Refused, match="took you out"):
            act()
    assert Verdict.objects.filter(participant=leaver).count() == 3


def test_somebody_who_was_taken_out_can_join_again_and_goes_on(session, leaver):
    take_out(session.pk, session.created_by, leaver.pk)
    join(session.pk, session.created_by, [leaver.membership], TITLE)
    assert session.participants.there().count() == session.participants.count() == 3
    me = judge_of(session, leaver.membership)
    other = session.participants.exclude(pk=leaver.pk)[0]
    assert voting.take_over_from(session.pk, me, other.pk) > 0
    leaver.refresh_from_db()
    number = leaver.next_number(0)
    assert number
    vote(session.items.get(number=number), me, UNSURE)
    assert settling.faults(session.pk) == []


def test_nobody_is_taken_out_twice_nor_the_last_who_may_judge(session, leaver):
    first, second, third = session.participants.order_by("pk")
    take_out(session.pk, session.created_by, first.pk)
    with pytest.raises(Refused, match="does not judge"):
        take_out(session.pk, session.created_by, first.pk)
    change_role(second.membership, Role.VIEWER, by=session.created_by)
    with pytest.raises(Refused, match="needs somebody who judges"):
        take_out(session.pk, session.created_by, third.pk)
    assert session.participants.there().count() == 2


def test_nobody_is_taken_out_after_the_votes_have_ended(session, leaver):
    reveal(session)
    with pytest.raises(Refused, match="revealed"):
        take_out(session.pk, session.created_by, leaver.pk)


def test_what_nobody_else_can_take_waits_for_whoever_joins_next(session):
    first, second, _ = session.participants.order_by("pk")
    take_out(session.pk, session.created_by, first.pk)
    take_out(session.pk, session.created_by, second.pk)
    left = waiting_for(first) + waiting_for(second)
    assert left > 0, "the third judge is one person, and each item takes two"
    newcomer = make_people(session.story, 1)[0]
    join(session.pk, session.created_by, [newcomer], TITLE)
    joined = session.participants.get(membership=newcomer)
    assert waiting_for(joined) == left
    told = describe({"due_on": None} | session.audit_entries.last().payload)
    assert "; 1 joined, and got" in told, "how many, and not who"
    check_all_is_dealt(session, first)
    assert waiting_for(second) == 0


@pytest.mark.parametrize("how", ["viewer", "removed", "account deleted"])
def test_what_waits_for_somebody_who_may_not_judge_any_more_goes_to_others_at_once(session, leaver, how):
    if how == "viewer":
        change_role(leaver.membership, Role.VIEWER, by=session.created_by)
    elif how == "removed":
        end_membership(leaver.membership, by=session.created_by)
    else:
        delete_account(leaver.membership.person)
    check_all_is_dealt(session, leaver)
    last = session.audit_entries.last().payload
    assert (last["action"], last["other"]) == ("handed on", leaver.membership.number)
    assert "may judge" in describe(last)
    assert settling.faults(session.pk) == []


def test_a_role_that_still_lets_somebody_judge_moves_nothing(session, leaver):
    before = waiting_for(leaver)
    change_role(leaver.membership, Role.EDITOR, by=session.created_by)
    assert waiting_for(leaver) == before
    assert session.audit_entries.filter(payload__action="handed on").count() == 0


def test_who_left_while_the_votes_had_ended_gets_nothing_when_it_is_reopened(session, leaver):
    reveal(session)
    end_membership(leaver.membership, by=session.created_by)
    assert waiting_for(leaver) > 0
    settling.reopen(session.pk, session.created_by, "A reader wrote in.", to_judge=True)
    check_all_is_dealt(session, leaver)


def test_a_later_comparison_puts_nothing_to_somebody_who_was_taken_out(session, leaver):
    judged = Verdict.objects.filter(participant=leaver).values_list("item", flat=True)
    take_out(session.pk, session.created_by, leaver.pk)
    result = compare_again(session.story, alignments=())
    outlook = catch_up(session.pk, result, session.created_by)
    assert {item.pk for item, _ in [*outlook.changed, *outlook.gone]} & set(judged)
    check_all_is_dealt(session, leaver)


def test_an_added_pair_is_put_to_nobody_who_may_not_judge(session, leaver):
    first, second, third = session.participants.order_by("pk")
    take_out(session.pk, session.created_by, first.pk)
    lone = [i.a_id for i in session.items.filter(sort="lone")]
    a, b = lone[0], next(id_ for id_ in lone if id_[0] != lone[0][0])
    item = voting.add_pair(session.pk, judge_of(session, second.membership), a, b, session.comparison_id)
    assert set(item.seats.values_list("participant", flat=True)) == {second.pk, third.pk}


def test_in_a_blind_pass_the_trail_tells_judges_nothing_of_who_was_taken_out(session, leaver):
    take_out(session.pk, session.created_by, leaver.pk)
    reader = ReviewSession.objects.visible_to(session.participants.there()[0].membership.person).get(pk=session.pk)
    assert "took out" not in {entry.payload["action"] for entry in entries_for(reader)}
    leading = ReviewSession.objects.visible_to(session.created_by.person).get(pk=session.pk)
    last = entries_for(leading)[0].payload
    assert last["action"] == "took out"
    assert f"took member {leaver.membership.number} out" in describe(last)


def test_releasing_somebody_who_judges_nowhere_does_nothing(session):
    stranger = make_member(session.story.newsroom, Role.REVIEWER)
    release(stranger, session.created_by.number)
    assert session.audit_entries.filter(payload__action="handed on").count() == 0
