"""The page of a newsroom that says how often its reviewers confirmed what was proposed."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from claims.models import Calibration
from claims.policies import Role
from claims.presentation.confirmed import make_tables
from claims.review.confirmed import Tally
from tests.factories import make_compared_story, make_newsroom
from tests.review.makers import APART, judge_all, judges_of, make_session, reveal, vote
from tests.web.people import client_of, member_of

pytestmark = pytest.mark.django_db


def page(newsroom, client=None) -> str:
    client = client or member_of(newsroom, Role.VIEWER)[1]
    return html.unescape(client.get(reverse("newsroom_confirmed", args=[newsroom.pk])).content.decode())


def judged_session(**story):
    session = make_session(make_compared_story(outlets=4, **story))
    one, other = judges_of(session)
    for judge in (one, other):
        judge_all(session, judge)
    wrong = session.items.filter(sort="pair", relation="agree")[0]
    for judge in (one, other):
        vote(wrong, judge, APART)
    return session


def test_it_is_told_by_probability_and_kind_with_n_and_an_interval():
    session = judged_session()
    newsroom = session.story.newsroom
    assert "Nothing to tell yet" in page(newsroom), "the votes have not ended"
    reveal(session)
    shown = page(newsroom)
    n = session.items.filter(sort="pair").count()
    assert f"Confirmed: {n - 1} of {n} (95% interval" in shown
    assert "90–100%" in shown
    assert f"{n - 1} of {n}</td>" in shown
    assert "judged: too few to tell" in shown or "From 10 on, it is told" in shown
    assert ">Number</h2>" in shown


def test_each_table_says_the_same_in_words_and_in_the_picture():
    (table,) = make_tables(Tally({"same": {65: (31, 40), 12: (1, 3)}}))
    high, low = table.lines
    assert (table.title, table.total.confirmed, table.total.n) == ("Same claim", 32, 43)
    assert (high.share.at, high.begins, high.width, high.at) == ("60–70%", 60.0, pytest.approx(10.0), 77.5)
    assert high.least < high.at < high.most
    assert not low.share.is_enough
    assert table.gap == pytest.approx((abs(0.655 * 40 - 31) + abs(0.125 * 3 - 1)) / 43 * 100)


def test_nobody_else_learns_of_it():
    session = judged_session()
    reveal(session)
    other = member_of(make_newsroom(), Role.ADMIN)[1]
    assert other.get(reverse("newsroom_confirmed", args=[session.story.newsroom_id])).status_code == 404


def test_a_fitted_scale_is_said_and_what_other_models_proposed_is_only_counted():
    session = judged_session()
    reveal(session)
    newsroom = session.story.newsroom
    Calibration.objects.create(
        newsroom=newsroom, slope=0.8, intercept=0.1, n=64, encoder_sha256="0" * 64, alignment_sha256="1" * 64
    )
    assert "fitted to 64 verdicts" in page(newsroom)
    run = session.comparison.run | {"alignment_sha256": "2" * 64}
    make_compared_story().comparisons.update(run=run)
    shown = page(newsroom, client_of(session.created_by.person))
    assert f"{session.items.count()} more items were judged that other models proposed" in shown


def test_it_costs_few_queries_however_much_was_judged(django_assert_max_num_queries):
    session = judged_session()
    reveal(session)
    client = client_of(session.created_by.person)
    with django_assert_max_num_queries(9):
        page(session.story.newsroom, client)
