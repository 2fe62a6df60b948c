"""What a newsroom's sessions found is counted when their votes end, and told on claims' pages."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Outcome, ShareLink
from claims.policies import Role
from claims.review import settling, voting
from claims.review.ballot import Ballot
from claims.review.outcomes import load_tally, recount
from tests.factories import RUN, make_compared_story, make_member, make_newsroom
from tests.web.people import client_of

from .makers import APART, UNSURE, compare_again, first, judge_all, judges_of, make_session, reveal, vote

pytestmark = pytest.mark.django_db
DECIDED = Ballot("same", "diverge", ("number",))


def outcomes(about: str = "same") -> list[bool]:
    return list(Outcome.objects.filter(about=about).order_by("item__number").values_list("is_confirmed", flat=True))


def test_nothing_is_counted_before_the_votes_end():
    session = make_session(is_blind=True)
    for judge in judges_of(session):
        judge_all(session, judge)
    assert not Outcome.objects.exists()
    reveal(session)
    assert all(outcomes())
    assert len(outcomes()) == session.items.filter(sort="pair").count()
    assert len(outcomes("lone")) == session.items.filter(sort="lone").count()
    assert len(outcomes("number")) == sum("number" in item.kinds for item in session.items.all())


def test_disputes_count_once_they_are_decided_and_unsure_never():
    session = make_session()
    one, other = judges_of(session)
    item, unclear = session.items.filter(sort="pair", relation="diverge")[:2]
    for judge, ballot in ((one, APART), (other, item.accepting)):
        vote(item, judge, ballot)
        vote(unclear, judge, UNSURE)
    reveal(session)
    assert outcomes() == []
    settling.adjudicate(session.pk, item.number, session.created_by, APART, "Two fires.", item.fingerprint)
    assert outcomes() == [False]
    assert Outcome.objects.filter(about=item.kinds[0]).get().is_confirmed is False
    settling.adjudicate(session.pk, item.number, session.created_by, item.accepting, "One fire.", item.fingerprint)
    assert outcomes() == [True]


def test_what_was_accepted_at_once_settles_nothing():
    session = make_session()
    one, other = judges_of(session)
    numbers = list(session.items.values_list("number", flat=True))
    assert voting.accept_all(session.pk, one, numbers, 0.5, uuid.uuid4())
    seen = first(session, sort="pair")
    vote(seen, other, seen.accepting)
    reveal(session)
    assert set(Outcome.objects.values_list("item", flat=True)) == {seen.pk}


def test_a_session_reopened_to_judge_counts_no_more_until_its_votes_end_again():
    session = make_session()
    for judge in judges_of(session):
        judge_all(session, judge)
    reveal(session)
    counted = len(outcomes())
    settling.reopen(session.pk, session.created_by, "One was away.", to_judge=True)
    assert outcomes() == []
    reveal(session)
    assert len(outcomes()) == counted


def test_a_pair_of_two_sessions_counts_once_as_the_later_found_it():
    story = make_compared_story()
    early = make_session(story)
    for judge in judges_of(early):
        judge_all(early, judge)
    reveal(early)
    before = outcomes()
    late = make_session(story)
    item = first(late, sort="pair")
    for judge in judges_of(late):
        vote(item, judge, APART)
    reveal(late)
    assert len(outcomes()) == len(before)
    assert outcomes().count(False) == 1
    settling.reopen(late.pk, late.created_by, "Too soon.", to_judge=True)
    assert outcomes() == before
    settling.reveal(late.pk, late.created_by)
    found = sorted(Outcome.objects.values_list("fingerprint", "about", "is_confirmed", "item"))
    recount(story.newsroom)
    assert sorted(Outcome.objects.values_list("fingerprint", "about", "is_confirmed", "item")) == found


def test_the_tally_is_one_query_of_one_newsroom_and_the_same_models(django_assert_num_queries):
    session = make_session()
    for judge in judges_of(session):
        judge_all(session, judge)
    reveal(session)
    run, newsroom = session.comparison.run, session.story.newsroom_id
    with django_assert_num_queries(1):
        found = load_tally(newsroom, run)
    share = found.near("same", 0.93)
    assert share
    assert share.confirmed == share.n == len(outcomes())
    assert load_tally(make_newsroom().pk, run).cells == {}
    assert load_tally(newsroom, run | {"relation_model_sha256": "9" * 64}).cells == {}


def test_probabilities_told_on_a_scale_are_counted_as_the_model_s_own():
    told: dict[str, float | str] = {"slope": 1.0, "intercept": -2.0, "n": 90, "made_at": "2026-11-26T08:00:00+00:00"}
    session = make_session(make_compared_story(run=replace(RUN, calibration=told)))
    for judge in judges_of(session):
        judge_all(session, judge)
    reveal(session)
    own = Outcome.objects.filter(about="same").values_list("probability", flat=True)
    assert min(own) > 0.985, "0.93 was told for a model's own 0.99"
    assert load_tally(session.story.newsroom_id, session.comparison.run).near("same", 0.93)


def judged_story():
    """A story with many confirmed pairs."""
    session = make_session(make_compared_story(outlets=4))
    for judge in judges_of(session):
        judge_all(session, judge)
    reveal(session)
    return session.story, session


def test_a_claim_s_page_says_what_was_confirmed_at_its_probability(client, django_assert_max_num_queries, monkeypatch):
    story, session = judged_story()
    client = client_of(session.created_by.person)
    row = story.comparisons.get().rows.filter(kinds=["number"])[0]
    client.get(reverse("claim", args=[story.pk, row.number]))
    with django_assert_max_num_queries(14):
        shown = client.get(reverse("claim", args=[story.pk, row.number])).content.decode()
    n = Outcome.objects.filter(about="same").count()
    assert shown.count(f"At 90–100%, reviewers here confirmed {n} of {n}<") == 1
    assert Outcome.objects.filter(about="number").count() < 10
    assert shown.count("reviewers here confirmed") == 1, "too few numbers were judged"
    monkeypatch.setattr("claims.review.confirmed.LEAST", 1)
    shown = client.get(reverse("claim", args=[story.pk, row.number])).content.decode()
    assert shown.count("reviewers here confirmed") == 2
    lone = story.comparisons.get().rows.filter(relation="unique")[0]
    page = client.get(reverse("claim", args=[story.pk, lone.number])).content.decode()
    assert "Is it one outlet’s alone?" in page


def test_a_judge_s_page_says_nothing_of_it_so_that_it_cannot_lead_them():
    story, session = judged_story()
    client = client_of(session.created_by.person)
    later = make_session(story, [make_member(story.newsroom, Role.REVIEWER)])
    shown = client.get(later.items.all()[0].get_absolute_url()).content.decode()
    assert "eviewers here confirmed" not in shown


def test_who_reads_through_a_link_learns_nothing_of_it_nor_of_thresholds():
    story, session = judged_story()
    _, link = ShareLink.objects.share(story, session.created_by, 7)
    reader = Client()
    reader.get(reverse("shared", args=[link]))
    row = story.comparisons.get().rows.filter(kinds=["number"])[0]
    shown = reader.get(reverse("claim", args=[story.pk, row.number])).content.decode()
    assert "Why these are one claim" in shown
    for hidden in ("reviewers here confirmed", "threshold"):
        assert hidden not in shown
    assert "threshold/" not in reader.get(story.get_absolute_url()).content.decode()


def test_a_later_comparison_by_the_same_models_is_told_the_same():
    story, session = judged_story()
    client = client_of(session.created_by.person)
    compare_again(story)
    row = story.comparisons.all()[0].rows.filter(kinds=["number"])[0]
    assert "reviewers here confirmed" in client.get(reverse("claim", args=[story.pk, row.number])).content.decode()
