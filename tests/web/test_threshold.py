"""The threshold of a story: what another one would show before it is applied, and applying it."""

from __future__ import annotations

import html
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

import claims.comparison.run as running
from claims import jobs
from claims.comparison import compare_story, status_of
from claims.comparison.load import load_considered
from claims.models import Calibration, ConsideredPairs, Job, Outcome, Story
from claims.pipeline.calibration import VOID, models_of
from claims.presentation.snapshot import load_snapshot
from claims.presentation.threshold import MOST, make_preview
from claims.review.confirmed import Tally
from claims.review.opening import look_ahead
from claims.review.outcomes import key_of
from tests.factories import make_article, make_compared_story, make_member, make_story
from tests.pipeline.test_thresholds import TEXTS, THRESHOLD, WordEncoder
from tests.review.makers import make_session
from tests.web.people import client_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def words(monkeypatch):
    """Comparisons by words alone, without a model."""
    monkeypatch.setattr(running, "encoder", WordEncoder)
    monkeypatch.setattr(running, "reader", lambda: None)


def compared(words) -> Story:
    story = make_story()
    for number, text in enumerate(TEXTS):
        make_article(story, f"Outlet {number}", text)
    compare_story(story)
    return story


def address(story) -> str:
    return reverse("story_threshold", args=[story.pk])


def look(client, story, query="", **headers) -> str:
    return html.unescape(client.get(address(story) + query, headers=headers).content.decode())


def apply(client, story, **fields):
    latest = story.comparisons.all()[0].pk
    return client.post(address(story), {"comparison": latest, "threshold": 60} | fields)


def pairs_and_lone(story):
    result = load_snapshot(story.comparisons.all()[0]).result
    return {(x.a, x.b) for x in result.alignments}, {
        id_ for id_, status in result.statuses.items() if status == "unique"
    }


def preview(story, threshold):
    comparison = story.comparisons.all()[0]
    snapshot = load_snapshot(comparison)
    considered = load_considered(comparison, snapshot.result.sentences)
    assert considered is not None
    return make_preview(snapshot, considered, threshold, Tally())


@pytest.mark.parametrize("threshold", [0.1, 0.2, 0.45, 0.6, 0.95])
def test_what_is_shown_before_is_what_applying_gives(words, threshold):
    story = compared(words)
    before, lone_before = pairs_and_lone(story)
    told = preview(story, threshold)
    story.choose_threshold(threshold, make_member(story.newsroom).pk)
    compare_story(story)
    after, lone_after = pairs_and_lone(story)
    assert told.pairs == len(after)
    assert (told.no_more.count, told.new.count) == (len(before - after), len(after - before))
    assert (told.lone.count, told.lone_no_more.count) == (len(lone_after - lone_before), len(lone_before - lone_after))
    assert preview(story, THRESHOLD).pairs == len(before), "the way back is known too"


def test_a_higher_threshold_names_the_pairs_that_would_go_and_who_would_stand_alone(client):
    story = make_compared_story(outlets=2)
    shown = look(client, story, "?threshold=94")
    assert "At 94%: 8 pairs no longer one claim, 0 newly; 16 sentences newly only here, 0 no longer." in shown
    assert "The blaze left 14 passengers in hospital." in shown
    assert "93% likely the same claim" in shown
    assert "Apply 94%, compare again" in shown
    assert "Fewer than 10 pairs between the two thresholds were judged here" in shown


def test_a_lower_threshold_names_the_pairs_that_would_come(client):
    story = make_compared_story(outlets=3, sentences=30)
    shown = look(client, story, "?threshold=10")
    told = preview(story, 0.1)
    assert told.new.count > MOST
    assert f"and {told.new.left} more" in shown
    assert told.no_more.count == 0
    assert len(re.findall(r"likely the same claim", shown)) == MOST


def test_the_threshold_as_it_is_changes_nothing_and_cannot_be_applied(client):
    story = make_compared_story()
    shown = look(client, story)
    assert 'value="50"' in shown
    assert "At 50% the same" in shown
    assert "Apply" not in shown.partition("<main")[2].partition("</main>")[0].replace(
        "Nothing changes before you apply", ""
    )


def test_what_reviewers_confirmed_between_the_two_is_told():
    story = make_compared_story(outlets=2)
    session = make_session(story)
    item = session.items.filter(sort="pair")[0]
    run = session.comparison.run
    Outcome.objects.bulk_create(
        Outcome(
            newsroom=story.newsroom,
            item=item,
            fingerprint=f"{n:064}",
            about="same",
            models_sha256=key_of(models_of(run)),
            probability=0.7,
            percent=70,
            is_confirmed=n < 9,
        )
        for n in range(12)
    )
    client = client_of(session.created_by.person)
    shown = look(client, story, "?threshold=80")
    assert "Of what was proposed at 50–80%, reviewers here confirmed 9 of 12 pairs as one claim" in shown
    assert "Fewer than 10 pairs" in look(client, story, "?threshold=60")


def test_the_fragment_is_the_preview_with_what_a_screen_reader_is_told(client):
    story = make_compared_story()
    told = look(client, story, "?threshold=94", **HTMX)
    assert "<main" not in told
    assert 'id="preview"' in told
    assert 'hx-swap-oob="innerHTML">At 94%' in told


@pytest.mark.parametrize("typed", ["9", "96", "nan", "forty", "", "1e9", "<b>", "35.5"])
def test_what_is_no_threshold_is_refused_at_its_field_and_stays_there(client, typed):
    story = make_compared_story()
    response = client.get(address(story), {"threshold": typed})
    shown = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert "Enter a whole number from 10 to 95." in shown
    assert "<b>" not in response.content.decode().partition("threshold-form")[2].partition("</form>")[0]
    fragment = client.get(address(story), {"threshold": typed}, headers=HTMX).content.decode()
    assert "Enter a whole number from 10 to 95." in fragment
    assert apply(client, story, threshold=typed).status_code == 422
    story.refresh_from_db()
    assert story.threshold is None
    assert not Job.objects.exists()


def test_applying_stores_who_and_when_and_compares_with_it(client, words):
    story = compared(words)
    response = apply(client, story)
    job = Job.objects.get(story=story)
    assert response.url == job.get_absolute_url()
    story.refresh_from_db()
    assert story.threshold == 0.6
    assert story.threshold_at
    assert story.threshold_by
    jobs.compare.call(job.pk)
    comparison = story.comparisons.all()[0]
    assert comparison.run["thresholds"]["alignment"] == 0.6
    assert comparison.run["model_threshold"] == THRESHOLD
    assert status_of(story).name == "fresh"
    shown = look(client, story)
    assert f"Set by {story.threshold_by} on" in shown
    assert f"Back to the model’s own ({THRESHOLD:.0%})" in shown
    assert (
        f"alignment was chosen here, the model’s own is {THRESHOLD}"
        in client.get(story.get_absolute_url()).content.decode()
    )


def test_until_it_is_compared_with_the_new_threshold_a_story_is_out_of_date(words):
    story, own = compared(words), f"{THRESHOLD:.0%}"
    by = make_member(story.newsroom).pk
    story.choose_threshold(0.6, by)
    status = status_of(story)
    assert (status.name, status.stale) == ("stale", ())
    assert status.threshold == f"Two sentences are to count as one claim from 60% on. It was made with {own}."
    compare_story(story)
    story.choose_threshold(None, by)
    assert status_of(story).threshold == f"The threshold is to be the model’s own again, {own}. It was made with 60%."
    compare_story(story)
    assert status_of(story).name == "fresh"


def test_the_way_back_to_the_model_s_own(words):
    story = compared(words)
    story.choose_threshold(0.6, make_member(story.newsroom).pk)
    compare_story(story)
    client = client_of(make_member(story.newsroom).person)
    apply(client, story, own=1, threshold="")
    story.refresh_from_db()
    assert story.threshold is None
    assert Job.objects.filter(story=story).exists()


def test_a_preview_of_another_comparison_is_not_applied(client, words):
    story = compared(words)
    looked_at = story.comparisons.get().pk
    compare_story(story)
    response = apply(client, story, comparison=looked_at)
    assert response.status_code == 422
    assert "compared again since you looked" in response.content.decode()
    assert "Apply 60%" in response.content.decode(), "what was chosen stays"
    for nothing in ("", "x", "999999"):
        assert apply(client, story, comparison=nothing).status_code == 422
    story.refresh_from_db()
    assert story.threshold is None


def test_the_same_form_sent_twice_is_applied_once(words):
    story = compared(words)
    client = client_of(make_member(story.newsroom).person)
    first = apply(client, story)
    again = apply(client, story)
    assert again.url == first.url
    assert Job.objects.filter(story=story).count() == 1


def test_nothing_is_applied_while_a_comparison_runs(client, words):
    story = compared(words)
    Job.objects.create(story=story, state=Job.State.RUNNING)
    response = apply(client, story)
    assert response.status_code == 422
    assert "being compared right now" in response.content.decode()
    story.refresh_from_db()
    assert story.threshold is None


def test_the_database_takes_no_threshold_that_cannot_be_chosen():
    story = make_story()
    for value in (0.05, 0.96, -1.0):
        with pytest.raises(IntegrityError), transaction.atomic():
            Story.objects.filter(pk=story.pk).update(threshold=value)


def test_a_comparison_that_kept_no_pairs_says_to_compare_again(client):
    story = make_compared_story()
    ConsideredPairs.objects.all().delete()
    shown = look(client, story, "?threshold=60")
    assert "Compare again to see what another threshold would change." in shown
    assert "Apply" not in shown.replace("before you apply it", "")
    assert client.get(address(story) + "?threshold=60", headers=HTMX).status_code == 200


def test_a_story_that_was_never_compared_leads_to_its_page(client):
    story = make_story()
    assert client.get(address(story)).url == story.get_absolute_url()


def test_articles_that_changed_since_are_pointed_out(client):
    story = make_compared_story()
    make_article(story)
    assert "What is shown here is about the articles as they were." in look(client, story, "?threshold=60")


def test_a_session_follows_only_when_its_catch_up_is_taken(words):
    story = compared(words)
    session = make_session(story)
    items = list(session.items.live().values_list("number", flat=True))
    told = preview(story, 0.95)
    story.choose_threshold(0.95, session.created_by.pk)
    later = compare_story(story)
    assert list(session.items.live().values_list("number", flat=True)) == items
    outlook = look_ahead(session, later)
    moved = {item.number for item, _ in [*outlook.changed, *outlook.gone] if item.sort == "pair"}
    assert len(moved) == told.no_more.count


def test_few_queries_whatever_the_size(client, django_assert_max_num_queries):
    story = make_compared_story(outlets=12, sentences=30)
    client.get(address(story))
    with django_assert_max_num_queries(14):
        client.get(address(story) + "?threshold=20")


def test_a_calibration_of_the_newsroom_is_used_and_told_and_a_void_one_is_not(words):
    story = compared(words)
    run = story.comparisons.get().run
    made = Calibration.objects.create(
        newsroom=story.newsroom,
        slope=0.5,
        intercept=0.1,
        n=80,
        **{name: run[name] for name in ("encoder_sha256", "relation_model_sha256", "alignment_sha256")},
    )
    before = pairs_and_lone(story)
    comparison = compare_story(story)
    assert comparison.run["calibration"]["n"] == 80
    assert pairs_and_lone(story) == before
    assert status_of(story).name == "fresh"
    made.alignment_sha256 = "0" * 64
    made.save()
    comparison = compare_story(story)
    assert comparison.run["calibration"] is None
    assert VOID in comparison.notices
