"""A story's first screen."""

from dataclasses import replace

import pytest
from django.urls import reverse

from claims.models import ComparedArticle, ShareLink
from claims.policies import Role
from claims.presentation.overview import make_overview
from claims.presentation.snapshot import load_snapshot, number_of
from claims.review import settling
from tests.factories import make_article, make_compared_story, make_member, make_story
from tests.review.makers import AGREE, APART, first, judges_of, make_people, make_session, reveal, vote

pytestmark = pytest.mark.django_db


def page(client, story):
    return client.get(reverse("story", args=[story.pk])).content.decode()


def overview_of(story):
    return make_overview(load_snapshot(story.comparisons.get()))


def test_it_counts_what_agrees_diverges_and_stands_alone():
    story = make_compared_story(outlets=3)
    rows = story.comparisons.get().rows
    found = overview_of(story)
    assert found.counts == {r: rows.filter(relation=r).count() for r in ("diverge", "agree", "unique")}
    assert all(found.counts.values())


def test_the_three_most_important_divergences_are_told_in_words(client):
    story = make_compared_story(outlets=3)
    found = overview_of(story)
    assert [finding.number for finding in found.findings] == [1, 2, 3]
    shown = page(client, story)
    for finding in found.findings:
        assert finding.explanation in shown.replace("&quot;", '"')
        assert reverse("claim", args=[story.pk, finding.number]) in shown
        assert all("<mark>" in side.text for side in finding.sides)
    assert f"All {found.counts['diverge']} claims that diverge" in shown


def test_a_difference_that_two_rows_hold_is_told_once():
    snapshot = load_snapshot(make_compared_story(outlets=3).comparisons.get())
    first, second = (row.id for row in snapshot.result.rows[:2])
    vars(snapshot)["links_of"] = {**snapshot.links_of, second: snapshot.links_of[first]}
    assert [finding.number for finding in make_overview(snapshot).findings] == [1, 3, 5]  # the fourth is of a source


def test_what_is_at_odds_comes_first_then_possible_updates_then_on_whose_word_it_is_told():
    snapshot = load_snapshot(make_compared_story(outlets=3).comparisons.get())
    rows = {row.kinds[0]: row for row in snapshot.result.rows if row.kinds}
    links = {rows[kind].id: snapshot.links_of[rows[kind].id] for kind in ("number", "attribution", "date")}
    later = [
        replace(link, divergences=tuple(replace(d, possible_update=True) for d in link.divergences))
        for link in links[rows["number"].id]
    ]
    vars(snapshot)["links_of"] = {row.id: () for row in snapshot.result.rows} | links | {rows["number"].id: later}
    found = make_overview(snapshot).findings
    assert [finding.number for finding in found] == [number_of(rows[k]) for k in ("date", "number", "attribution")]
    assert [bool(mark.update) for finding in found for mark in finding.marks] == [False, True, False]


def test_a_toll_that_two_rows_hold_is_counted_once(client):
    story = make_compared_story(outlets=2)
    comparison = story.comparisons.get()
    toll = comparison.alignments.get(divergences__kind="number")
    headline, other = comparison.alignments.filter(relation="agree")[0], toll.divergences.get()  # of eight in all
    other.pk, other.alignment = None, headline
    other.save()
    headline.relation = "diverge"
    headline.save()
    assert overview_of(story).differences == 8
    assert "<b>8</b> differences, in 8 claims" in page(client, story)


def test_who_agrees_with_whom_counts_rows_both_ways_and_none_with_itself():
    found = overview_of(make_compared_story(outlets=3))
    table = [pairs for _, pairs in found.pairs]
    for a in range(3):
        assert table[a][a] is None
        for b in range(3):
            if a != b:
                assert (table[a][b].agree, table[a][b].diverge) == (table[b][a].agree, table[b][a].diverge)
    assert table[0][2].diverge == 0  # both tell version A of every claim
    assert table[0][2].agree > 0
    assert table[0][2].shade == 4
    assert table[0][1].diverge == 8


def test_what_one_outlet_alone_says_is_listed_by_outlet(client):
    story = make_compared_story(outlets=3)
    found = overview_of(story)
    assert sum(lone.count for lone in found.lone) == found.counts["unique"]
    assert f"{reverse('story_matrix', args=[story.pk])}?relation=unique&amp;outlet=2" in page(client, story)


def test_outlets_that_print_the_same_text_count_as_one_origin_only_if_most_of_it_is_shared():
    story = make_compared_story(outlets=3)
    assert overview_of(story).voices == 3  # they share 31%
    assert (
        "Harbour Post and The Evening Lantern print 2 sentences in the same words" in overview_of(story).shared_copy[0]
    )
    twin = make_compared_story(outlets=3)
    twin.comparisons.get().origins.update(shared_ratio=0.8)
    assert overview_of(twin).voices == 2


def test_two_articles_of_one_outlet_are_told_apart():
    story = make_compared_story(outlets=2)
    ComparedArticle.objects.filter(comparison__story=story).update(outlet="Harbour Post")
    assert list(overview_of(story).outlets) == ["Harbour Post", "Harbour Post (2)"]


def test_notices_and_the_run_are_shown(client):
    shown = page(client, make_compared_story(notices=("These articles share little.",)))
    assert "These articles share little." in shown
    assert "test-encoder" in shown
    assert "0" * 64 in shown


def test_articles_without_a_common_claim_are_told_so(client):
    shown = page(client, make_compared_story(outlets=2, shared=0, notices=("These articles share no claim.",)))
    assert "These articles share no claim." in shown
    assert "share no claim in which they could differ" in shown


def test_a_story_that_was_never_compared_says_what_to_do(client):
    story = make_story()
    shown = page(client, story)
    assert "Nothing is compared yet" in shown
    assert "Add the first articles" in shown
    make_article(story)
    make_article(story)
    assert "2 articles are ready to compare" in page(client, story)


def test_a_stale_comparison_says_so(client):
    story = make_compared_story()
    make_article(story, outlet="Late Edition")
    assert "Late Edition was added." in page(client, story)


def test_hostile_text_is_shown_as_text(client):
    story = make_compared_story(outlets=2, title="<script>alert(1)</script>", notices=("<img src=x>",))
    shown = page(client, story)
    assert "<script>alert" not in shown
    assert "<img" not in shown


def test_it_tells_each_person_how_far_the_review_is(client):
    story = make_compared_story()
    editor = make_member(story.newsroom, Role.EDITOR)
    client.force_login(editor.person)
    assert "Open a review session" in page(client, story)
    session = make_session(story, [editor, *make_people(story, 1)], editor, title="Before we print")
    ann, ben = judges_of(session)
    item = first(session, relation="agree")
    vote(item, ann, AGREE)
    vote(item, ben, APART)
    dealt, mine = (sum(p.dealt for p in session.participants.all()), session.participants.get(pk=ann.participant).dealt)
    shown = page(client, story)
    assert f"2 of {dealt} answers are given." in shown
    assert f": {mine - 1} wait for you" in shown
    reveal(session)
    assert "1 disputed item not decided yet" in page(client, story)
    settling.adjudicate(session.pk, item.number, editor, AGREE, "The same words.", item.fingerprint)
    assert "Nothing is left to decide." in page(client, story)
    settling.seal(session.pk, editor)
    assert "sealed</span>" in page(client, story)
    later = make_session(story, title="After the reply")
    assert "Before we print" not in page(client, story), "a sealed one is named while none is open"
    assert later.title in page(client, story)


def test_how_far_the_review_is_shows_neither_through_a_link_nor_a_button_to_who_may_not_press_it(client):
    story = make_compared_story()
    make_session(story, title="Before we print")
    viewer = make_member(story.newsroom, Role.VIEWER)
    client.force_login(viewer.person)
    shown = page(client, story)
    assert "Before we print" in shown
    assert "wait for you" not in shown
    link = ShareLink.objects.share(story, make_member(story.newsroom), 7)[1]
    client.logout()
    assert "Before we print" not in client.get(reverse("shared", args=[link]), follow=True).content.decode()


def test_it_costs_less_than_15_queries_whatever_the_size(client, django_assert_max_num_queries):
    story = make_compared_story(outlets=20, sentences=60, shared=30)
    with django_assert_max_num_queries(14):
        response = client.get(reverse("story", args=[story.pk]))
    assert len(response.content) < 1_000_000
    with django_assert_max_num_queries(7):  # what was made of the comparison is kept
        client.get(reverse("story", args=[story.pk]))
    make_session(story)
    with django_assert_max_num_queries(8):  # one more for how far the review is
        client.get(reverse("story", args=[story.pk]))


@pytest.mark.parametrize("name", ["story", "story_side_by_side", "story_matrix"])
def test_a_deleted_story_is_not_there(client, name):
    story = make_compared_story()
    story.delete_softly()
    assert client.get(reverse(name, args=[story.pk])).status_code == 404


@pytest.mark.parametrize("name", ["story_side_by_side", "story_matrix"])
def test_the_other_views_of_a_story_that_was_never_compared_lead_to_its_overview(client, name):
    story = make_story()
    assert client.get(reverse(name, args=[story.pk]))["Location"] == story.get_absolute_url()
