"""Sessions in the database: dealing, votes, undo, bulk, settling, a later comparison, and the trail of it all."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.comparison.load import load_result
from claims.models import Adjudication, AuditEntry, Note, ReviewItem, Verdict
from claims.models.review import Refused
from claims.models.review_audit import WrittenOnce
from claims.policies import Role
from claims.review import settling, voting
from claims.review.ballot import Ballot, BallotError
from claims.review.figures import figures, outcome
from claims.review.judges import join
from claims.review.opening import Plan, catch_up, counts_ahead, look_ahead, open_session
from claims.review.proposals import Choice
from claims.review.record import load_record
from tests.factories import make_compared_story, make_member, make_newsroom

from .makers import (
    AGREE,
    APART,
    DIVERGE,
    UNSURE,
    compare_again,
    first,
    judge_all,
    judge_of,
    judges_of,
    make_people,
    make_session,
    reveal,
    reworded,
    vote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return make_compared_story()


@pytest.fixture
def session(story):
    return make_session(story)


def tally_is_right(session):
    session.refresh_from_db()
    kept = {pk: counts for pk, counts in session.tally.items() if any(counts.values())}
    session.recount()
    return kept == session.tally


# Opening


def test_everything_that_the_comparison_proposes_is_an_item_with_its_exact_words(story, session):
    result = load_result(story.comparisons.get())
    pairs, lone = session.items.exclude(sort="lone"), session.items.filter(sort="lone")
    assert pairs.count() == len(result.alignments)
    assert lone.count() == sum(row.relation == "unique" for row in result.rows)
    for item in pairs:
        article = story.articles.get(pk=item.a_article_id)
        assert article.text[item.a_start : item.a_end] == item.a_text
        assert item.a_sha256 == article.text_sha256
        assert item.b_text


def test_every_item_is_dealt_to_two_people_or_one(story):
    people = make_people(story, 3)
    two, one = make_session(story, people), make_session(story, people, judges=1)
    assert {item.seats.count() for item in two.items.all()} == {2}
    assert {item.seats.count() for item in one.items.all()} == {1}
    dealt = [p.dealt for p in two.participants.all()]
    assert max(dealt) - min(dealt) <= 1
    assert sum(dealt) == 2 * two.items.count()


def test_a_session_can_be_about_what_fits_a_filter(story):
    session = make_session(story, rows="filter", choice=Choice(relation="diverge", kind="number"))
    assert {tuple(item.kinds) for item in session.items.all()} == {("number",)}
    session = make_session(story, rows="filter", choice=Choice(outlets=("Harbour Post",), words="boats everyone"))
    assert session.items.exists()
    assert all("boats" in item.a_text for item in session.items.all())


def test_a_sample_is_drawn_by_its_seed(story):
    numbers = [
        list(make_session(story, rows="sample", sample_size=5, seed=seed).items.values_list("a_text", "b_text"))
        for seed in (1, 1, 2)
    ]
    assert len(numbers[0]) == 5
    assert numbers[0] == numbers[1] != numbers[2]


def test_in_reading_order_items_follow_the_articles(story):
    session = make_session(story, order="reading")
    first_article = session.items.filter(a_outlet="Harbour Post").order_by("number")
    starts = [item.a_start for item in first_article]
    assert starts == sorted(starts)


def test_in_order_of_urgency_contested_pairs_come_first_and_sure_agreements_last(story):
    relations = list(make_session(story).items.order_by("number").values_list("relation", flat=True))
    contested = relations.count("diverge")
    assert set(relations[:contested]) == {"diverge"}
    assert set(relations[-relations.count("agree") :]) == {"agree"}


def test_a_session_without_items_or_people_is_not_opened(story):
    with pytest.raises(Refused, match="Choose more rows"):
        make_session(story, rows="filter", choice=Choice(words="zebra"))
    with pytest.raises(Refused, match="one person"):
        open_session(story.comparisons.get(), make_member(story.newsroom, Role.EDITOR), Plan("Nobody", []))


# Voting


def test_a_vote_counts_and_a_changed_mind_keeps_the_vote_before(session):
    judge, item = judges_of(session)[0], first(session, relation="diverge")
    vote(item, judge, AGREE)
    vote(item, judge, APART)
    votes = list(item.verdicts.order_by("version").values_list("gist", "version", "is_current"))
    assert votes == [("same agree", 1, False), ("apart", 2, True)]
    assert tally_is_right(session)


def test_the_same_form_twice_counts_once(session):
    judge, item, token = judges_of(session)[0], first(session, relation="agree"), uuid.uuid4()
    vote(item, judge, AGREE, token)
    vote(item, judge, AGREE, token)
    assert item.verdicts.count() == 1
    assert session.audit_entries.filter(payload__action="judged").count() == 1


def test_the_same_form_with_another_answer_is_a_change_of_mind(session):
    judge, item, token = judges_of(session)[0], first(session, relation="agree"), uuid.uuid4()
    vote(item, judge, AGREE, token)
    vote(item, judge, APART, token)
    vote(item, judge, AGREE, token)
    assert [v.gist for v in item.verdicts.order_by("version")] == ["same agree", "apart", "same agree"]
    assert item.verdicts.get(is_current=True).version == 3


def test_a_vote_takes_four_queries_and_a_changed_one_five(session, django_assert_num_queries):
    judge, item = judges_of(session)[0], first(session, relation="agree")
    savepoints = 2
    with django_assert_num_queries(4 + savepoints):
        vote(item, judge, AGREE)
    with django_assert_num_queries(5 + savepoints):
        vote(item, judge, APART)


def test_two_people_who_vote_on_one_item_both_count(session):
    item = first(session, relation="diverge")
    for judge in judges_of(session):
        vote(item, judge, DIVERGE)
    assert item.verdicts.filter(is_current=True).count() == 2


@pytest.mark.parametrize("ballot", [Ballot("absent"), Ballot("same", "diverge", ("number",), (0, 10_000))])
def test_a_ballot_that_makes_no_sense_leaves_nothing_behind(session, ballot):
    item = first(session, relation="diverge")
    with pytest.raises(BallotError):
        vote(item, judges_of(session)[0], ballot)
    assert not Verdict.objects.exists()
    assert session.audit_entries.count() == 1


def test_no_vote_is_taken_after_the_reveal_or_the_seal(session):
    judge, item = judges_of(session)[0], first(session)
    reveal(session)
    with pytest.raises(Refused, match="revealed"):
        vote(item, judge, UNSURE)
    settling.seal(session.pk, session.created_by)
    with pytest.raises(Refused, match="sealed"):
        vote(item, judge, UNSURE)


def test_undo_brings_back_what_was_said_before_and_keeps_everything(session):
    judge, item = judges_of(session)[0], first(session, relation="agree")
    vote(item, judge, UNSURE)
    vote(item, judge, APART)
    assert voting.undo(session.pk, judge) == [item.number]
    assert item.verdicts.get(is_current=True).gist == "unsure"
    assert tally_is_right(session)
    voting.undo(session.pk, judge)
    assert not item.verdicts.filter(is_current=True).exists()
    assert item.verdicts.count() == 2
    assert tally_is_right(session)
    with pytest.raises(Refused, match="left to undo"):
        voting.undo(session.pk, judge)
    vote(item, judge, AGREE)
    assert item.verdicts.get(is_current=True).version == 3


def test_accepting_at_once_counts_only_likely_pairs_not_judged_before_and_is_undone_as_one(session):
    judge = judges_of(session)[0]
    seen = list(session.items.values_list("number", flat=True))
    vote(first(session, relation="agree"), judge, APART)
    token = uuid.uuid4()
    count = voting.accept_all(session.pk, judge, seen, 0.85, token)
    likely = session.items.filter(sort="pair", probability__gte=0.85)
    assert count == likely.count() - 1 > 0
    assert voting.accept_all(session.pk, judge, seen, 0.85, token) == 0, "the same form twice"
    assert Verdict.objects.filter(bulk=token).count() == count
    assert not Verdict.objects.filter(bulk=token, item__sort="lone").exists()
    assert tally_is_right(session)
    assert len(voting.undo(session.pk, judge)) == count
    assert Verdict.objects.filter(is_current=True).count() == 1
    assert tally_is_right(session)
    assert settling.faults(session.pk) == []


def test_a_pair_that_the_machine_missed_is_added_once_and_judged_by_two(session):
    judge = judges_of(session)[0]
    lone = [i.a_id for i in session.items.filter(sort="lone")]
    a = next(id_ for id_ in lone if id_.startswith("0."))
    b = next(id_ for id_ in lone if id_.startswith("2."))
    item = voting.add_pair(session.pk, judge, b, a, session.comparison_id)
    again = voting.add_pair(session.pk, judge, a, b, session.comparison_id)
    assert item == again
    assert (item.sort, item.a_id, item.b_id, item.seats.count()) == ("added", a, b, 2)
    vote(item, judge, AGREE)
    for ids in [(a, a), (a, "7.1"), ("", "")]:
        with pytest.raises(Refused):
            voting.add_pair(session.pk, judge, *ids, session.comparison_id)
    with pytest.raises(Refused, match="compared again"):
        voting.add_pair(session.pk, judge, a, b, session.comparison_id + 1)


def test_who_is_done_takes_over_the_later_half_of_what_waits_for_another(story):
    session = make_session(story, judges=1)
    ann, ben = judges_of(session)
    with pytest.raises(Refused, match="wait for you"):
        voting.take_over_from(session.pk, ann, ben.participant)
    for seat in session.participants.get(pk=ann.participant).seats.all():
        vote(seat.item, ann, UNSURE)
    waiting = session.participants.get(pk=ben.participant).seats.count()
    assert voting.take_over_from(session.pk, ann, ben.participant) == waiting - waiting // 2
    left = session.participants.get(pk=ben.participant)
    assert left.dealt == left.seats.count() == waiting // 2
    assert tally_is_right(session)


def test_next_comes_what_waits_and_after_the_end_the_beginning(session):
    judge = judges_of(session)[0]
    me = session.participants.get(pk=judge.participant)
    last = session.items.count()
    assert me.next_number(0) == 1
    assert me.next_number(1) == 2
    vote(first(session, number=2), judge, UNSURE)
    assert me.next_number(1) == 3
    assert me.next_number(last) == 1
    for item in session.items.exclude(number=2):
        vote(item, judge, UNSURE)
    assert me.next_number(0) is None


def test_every_item_knows_its_neighbours_and_what_waits_next_besides_it(session):
    judge = judges_of(session)[0]
    me = session.participants.get(pk=judge.participant)
    session.items.filter(number__in=[1, 5, 6]).update(retired_at=timezone.now())
    for number in (2, 8, session.items.count()):
        vote(first(session, number=number), judge, UNSURE)
    live = list(session.items.live().values_list("number", flat=True))
    for item in session.items.in_place(judge.participant):
        assert item.previous == max((n for n in live if n < item.number), default=None)
        assert item.next == min((n for n in live if n > item.number), default=None)
        waits = me.next_number(item.number)
        assert item.then == (waits if waits != item.number else None)
    assert {item.then for item in session.items.in_place(None)} == {None}


def test_the_figures_are_those_of_the_latest_vote(session):
    ann, ben = judges_of(session)
    names = {p.pk: str(p) for p in session.participants.all()}
    for judge in (ann, ben):
        vote(first(session, number=2), judge, UNSURE)
    session.refresh_from_db()
    assert figures(session, names).overall[0].found.items == 1
    assert figures(session, names) is figures(session, names), "read once"
    for judge in (ann, ben):
        vote(first(session, number=3), judge, UNSURE)
    session.refresh_from_db()
    assert figures(session, names).overall[0].found.items == 2
    assert outcome(session)["disputed"] == 2


# Settling


def test_what_is_disputed_is_decided_beside_the_votes(session):
    ann, ben = judges_of(session)
    item, alike, unsure = session.items.filter(relation="agree")[:3]
    for each, (one, other) in {item: (AGREE, APART), alike: (AGREE, AGREE), unsure: (UNSURE, UNSURE)}.items():
        vote(each, ann, one)
        vote(each, ben, other)
    assert set(session.items.all().disputed()) == {item, unsure}
    editor = session.created_by
    with pytest.raises(Refused, match="not revealed"):
        settling.adjudicate(session.pk, item.number, editor, AGREE, "The same event.", item.fingerprint)
    reveal(session)
    settling.adjudicate(session.pk, item.number, editor, AGREE, "The same event.", item.fingerprint)
    settling.adjudicate(session.pk, item.number, editor, APART, "On a second reading.", item.fingerprint)
    assert [v.gist for v in item.verdicts.order_by("pk")] == ["same agree", "apart"]
    assert [d.is_current for d in item.adjudications.order_by("pk")] == [False, True]
    assert list(session.items.all().undecided()) == [unsure]
    with pytest.raises(Refused, match="what holds"):
        settling.adjudicate(session.pk, unsure.number, editor, UNSURE, "No idea.", unsure.fingerprint)


def test_a_sealed_session_cannot_be_changed_only_reopened_for_all_to_see(session):
    judge, item, editor = judges_of(session)[0], first(session), session.created_by
    with pytest.raises(Refused, match="Reveal"):
        settling.seal(session.pk, editor)
    reveal(session)
    settling.seal(session.pk, editor)
    session.refresh_from_db()
    for change in [
        lambda: vote(item, judge, UNSURE),
        lambda: voting.undo(session.pk, judge),
        lambda: voting.accept_all(session.pk, judge, [1], 0.5, uuid.uuid4()),
        lambda: voting.write_note(session.pk, 1, judge.membership, judge.number, "Late.", uuid.uuid4()),
        lambda: settling.adjudicate(session.pk, 1, editor, AGREE, "Late.", item.fingerprint),
        lambda: settling.reveal(session.pk, editor),
        lambda: settling.seal(session.pk, editor),
        lambda: join(session.pk, editor, [], {"title": "Other"}),
    ]:
        with pytest.raises(Refused):
            change()
    assert session.audit_entries.last().payload["action"] == "sealed"
    settling.reopen(session.pk, editor, "A reader wrote in.", to_judge=True)
    session.refresh_from_db()
    assert (session.state, session.sealed_at, session.reopened_because) == ("judging", None, "A reader wrote in.")
    assert not session.hides_votes, "what was seen stays seen"
    vote(item, judge, UNSURE)


# A later comparison


def test_after_a_comparison_that_found_the_same_every_vote_stands(story, session):
    judge = judges_of(session)[0]
    judge_all(session, judge)
    votes = Verdict.objects.count()
    outlook = catch_up(session.pk, compare_again(story), session.created_by)
    assert outlook.standing == session.items.count()
    assert not outlook.changed + outlook.gone
    assert Verdict.objects.filter(is_current=True, item__retired_at=None).count() == votes
    assert tally_is_right(session)


def test_a_changed_word_asks_for_another_look_at_the_rows_that_it_touches_and_no_others(story, session):
    ann, ben = judges_of(session)
    judge_all(session, ann)
    result = load_result(story.comparisons.get())
    item = next(i for i in session.items.all() if "12 passengers" in i.a_text and "14" in i.b_text)
    compared = compare_again(story, **reworded(result, item.a_id, "blaze", "flash"))
    ahead = look_ahead(session, compared)
    touched = {i.number for i, _ in ahead.changed}
    same_sentence = {i.number for i in session.items.exclude(sort="lone") if item.a_id in (i.a_id, i.b_id)}
    elsewhere = {i.number for i in session.items.filter(sort="lone").exclude(a_outlet=item.a_outlet)}
    assert touched == same_sentence | elsewhere
    assert not ahead.gone
    catch_up(session.pk, compared, session.created_by)
    item.refresh_from_db()
    follower = item.followed_by
    assert item.retired_at
    assert item.verdicts.count() == 1, "the vote stays with what was judged"
    assert "flash" in follower.a_text
    assert follower.verdicts.count() == 0, "and does not move to what only looks alike"
    assert "words" in follower.look_again
    assert {s.participant_id for s in follower.seats.all()} == {ann.participant, ben.participant}
    assert tally_is_right(session)
    assert settling.faults(session.pk) == []
    with pytest.raises(Refused, match="changed since"):
        vote(item, ann, AGREE)
    vote(follower, ann, AGREE)


@pytest.mark.parametrize("rows", ["all", "filter", "sample"])
def test_counts_ahead_are_those_of_the_whole_outlook_and_read_less(story, rows):
    session = make_session(story, rows=rows, choice=Choice(relation="diverge", kind="number"), sample_size=9, seed=3)
    judge = judges_of(session)[0]
    voting.add_pair(session.pk, judge, "0.1", "1.3", session.comparison_id)
    result = load_result(session.comparison)
    number = next(n for n, link in enumerate(result.alignments) if link.divergences)
    earlier = compare_again(story, alignments=result.alignments[:number] + result.alignments[number + 2 :])
    for newer in (earlier, compare_again(story, **reworded(result, "0.3", "e", "a"), alignments=result.alignments)):
        outlook = look_ahead(session, newer)
        expected = {
            "standing": outlook.standing,
            "changed": len(outlook.changed),
            "gone": len(outlook.gone),
            "new": len(outlook.new(session)),
        }
        with CaptureQueriesContext(connection) as asked:
            assert counts_ahead(session, newer) == expected
        assert not any("claims_nearest" in query["sql"] for query in asked), "which can be most of a comparison"
        assert [item.judged for item in session.items.live()] == session.items.live().judged()
        catch_up(session.pk, newer, session.created_by)
        session.refresh_from_db()


def test_what_is_no_longer_proposed_is_gone_and_what_is_proposed_for_the_first_time_is_new(story, session):
    result = load_result(story.comparisons.get())
    fewer = result.alignments[1:]
    compared = compare_again(story, alignments=fewer)
    ahead = look_ahead(session, compared)
    assert len(ahead.gone) == 1
    later = compare_again(story, alignments=result.alignments)
    catch_up(session.pk, compared, session.created_by)
    session.refresh_from_db()
    assert len(look_ahead(session, later).new(session)) == 1
    catch_up(session.pk, later, session.created_by)
    assert session.items.live().count() == len(result.alignments) + session.items.filter(sort="lone").count()
    assert session.items.filter(fingerprint=ahead.gone[0][0].fingerprint).count() == 2


def test_another_proposal_about_the_same_words_asks_for_another_look(story, session):
    result = load_result(story.comparisons.get())
    n = next(n for n, link in enumerate(result.alignments) if link.divergences)
    links = list(result.alignments)
    links[n] = replace(links[n], relation="agree", divergences=())
    ahead = look_ahead(session, compare_again(story, alignments=tuple(links)))
    assert [standing.reason for _, standing in ahead.changed] == [
        "Something else is proposed about these sentences now."
    ]
    links[n] = replace(result.alignments[n], probability=0.51)
    assert not look_ahead(session, compare_again(story, alignments=tuple(links))).changed, (
        "a probability is no proposal"
    )


def test_a_sealed_or_revealed_session_takes_no_comparison_in(story, session):
    reveal(session)
    with pytest.raises(Refused):
        catch_up(session.pk, compare_again(story), session.created_by)


# The trail


def test_the_trail_tells_everything_and_nobody_by_name(session):
    ann = judges_of(session)[0]
    item = first(session, relation="agree")
    vote(item, ann, AGREE)
    voting.write_note(session.pk, item.number, ann.membership, ann.number, "See page 3.", uuid.uuid4())
    voting.undo(session.pk, ann)
    reveal(session)
    settling.seal(session.pk, session.created_by)
    actions = [entry.payload["action"] for entry in session.audit_entries.all()]
    assert actions == ["opened", "judged", "noted", "undid", "revealed", "sealed"]
    names = {str(p) for p in session.participants.all()}
    assert not [e for e in session.audit_entries.all() if any(name in str(e.payload) for name in names)]
    assert settling.faults(session.pk) == []


def test_an_entry_is_never_changed_by_the_program(session):
    entry = session.audit_entries.get()
    with pytest.raises(WrittenOnce):
        entry.save()
    with pytest.raises(WrittenOnce):
        AuditEntry.objects.update(payload={})


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (lambda s: Verdict.objects.update(answer="apart", relation="", gist="apart"), "votes stored"),
        (lambda s: Verdict.objects.all().delete(), "votes stored"),
        (lambda s: Adjudication.objects.update(reason="Because."), "decisions stored"),
        (lambda s: ReviewItem.objects.filter(number=1).update(a_text="Otherwise."), "words or the proposal"),
        (lambda s: s.audit_entries.filter(number=2).delete(), "missing"),
        (lambda s: super(type(s.audit_entries.all()), s.audit_entries.all()).update(sha256="0" * 64), "changed after"),
    ],
)
def test_whoever_changes_rows_behind_the_programs_back_is_found_out(session, tamper, says, capsys):
    ann, ben = judges_of(session)
    item = first(session, relation="agree")
    vote(item, ann, AGREE)
    vote(item, ben, APART)
    reveal(session)
    settling.adjudicate(session.pk, item.number, session.created_by, AGREE, "The same event.", item.fingerprint)
    session.refresh_from_db()
    call_command("verify_audit")
    tamper(session)
    assert any(says in fault for fault in settling.faults(session.pk))
    with pytest.raises(SystemExit):
        call_command("verify_audit", session.pk)
    assert says in capsys.readouterr().out


def test_the_record_holds_all_of_a_session_in_few_queries(story, session, django_assert_max_num_queries):
    ann, ben = judges_of(session)
    with pytest.raises(Refused, match="hidden"):
        load_record(session)
    judge_all(session, ann)
    item = first(session, relation="agree")
    vote(item, ben, APART)
    voting.write_note(session.pk, item.number, ann.membership, ann.number, "See page 3.", uuid.uuid4())
    reveal(session)
    settling.adjudicate(session.pk, item.number, session.created_by, AGREE, "The same event.", item.fingerprint)
    session.refresh_from_db()
    with django_assert_max_num_queries(12):
        record = load_record(session)
    assert len(record.items) == session.items.count()
    found = record.items[item.number - 1]
    assert [said.ballot.gist for said in found.current] == ["same agree", "apart"]
    assert found.is_disputed
    assert found.outcome == "same agree"
    assert [decision.reason for decision in found.decisions] == ["The same event."]
    assert [note.text for note in found.notes] == ["See page 3."]
    assert record.runs[session.comparison_id]["encoder"] == "test-encoder"
    assert record.trail[-1].sha256 == record.chain_head == session.chain_head
    assert record.figures.overall[0].found.items == 1
    assert {article.outlet for article in record.articles} == {a.outlet.name for a in story.articles.all()}
    assert {article.version for article in record.articles} == {1}


def test_who_leaves_stays_in_the_record_without_a_name(session):
    judge = judges_of(session)[0]
    vote(first(session), judge, UNSURE)
    session.participants.get(pk=judge.participant).membership.person.delete()
    reveal(session)
    assert f"former member {judge.number}" in {person.name for person in load_record(session).people}
    assert settling.faults(session.pk) == []


def test_a_newsroom_goes_with_its_sessions(story, session):
    newcomer = make_newsroom()
    story.newsroom = newcomer
    story.save()
    member = make_member(newcomer, Role.REVIEWER)
    other = make_session(story, [member], member, judges=1)
    vote(first(other), judges_of(other)[0], UNSURE)
    compare_again(story)
    newcomer.delete()
    assert not AuditEntry.objects.exists()
    assert not Verdict.objects.exists()


# What the database itself refuses


def test_the_database_refuses_what_the_rules_forbid(session):
    judge, item = judges_of(session)[0], first(session, relation="agree")
    vote(item, judge, AGREE)
    base = {"item": item, "participant_id": judge.participant, "token": uuid.uuid4(), "gist": "x"}
    for wrong in [
        {"answer": "same", "relation": "", "version": 2, "is_current": False},
        {"answer": "apart", "relation": "agree", "version": 2, "is_current": False},
        {"answer": "apart", "version": 2, "is_current": True},
        {"answer": "apart", "version": 1, "is_current": False},
        {"answer": "apart", "version": 2, "is_current": False, "a_start": 5, "a_end": 5},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Verdict.objects.create(**base | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.create(item=item, by_id=judge.membership, text="", token=uuid.uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.filter(pk=item.pk).update(b_text="")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(session).objects.filter(pk=session.pk).update(state="sealed")
    assert judge_of(session, session.participants.get(pk=judge.participant).membership) == judge
