"""A later figure of a developing story is called a possible update, with both times of publication."""

import html
from dataclasses import replace

import pytest
from django.urls import reverse

from claims.comparison import save_result
from claims.comparison.load import load_result
from claims.presentation import overview
from claims.presentation.marks import row_marks
from claims.presentation.panel import make_panel
from claims.presentation.snapshot import load_snapshot
from tests.factories import make_compared_story

pytestmark = pytest.mark.django_db


def make_updated_story(outlets=2, pairs=99):
    """The first ``pairs`` pairs that diverge by a number may be updates."""
    story = make_compared_story(outlets=outlets)
    result = load_result(story.comparisons.get())
    left, alignments = pairs, []
    for x in result.alignments:
        is_update = left > 0 and any(d.kind == "number" for d in x.divergences)
        left -= is_update
        divergences = tuple(replace(d, possible_update=is_update) for d in x.divergences)
        alignments.append(replace(x, divergences=divergences))
    articles = tuple(article.as_source() for article in story.articles.all())
    save_result(story, replace(result, articles=articles, alignments=tuple(alignments)))
    return story


def row_with(story, kind):
    snapshot = load_snapshot(story.comparisons.all()[0])
    return snapshot, next(row for row in snapshot.result.rows if kind in row.kinds)


def shown(client, name, *args):
    return html.unescape(client.get(reverse(name, args=args)).content.decode())


def test_every_page_that_shows_the_kind_says_possible_update_with_both_times(client, monkeypatch):
    monkeypatch.setattr(overview, "MOST_FINDINGS", 8)  # what is at odds for certain comes before an update
    story = make_updated_story()
    _, row = row_with(story, "number")
    note = "possible update: 29 Apr 06:00, then 07:00"
    panel = shown(client, "claim", story.pk, int(row.id[1:]))
    assert note in panel
    assert "Harbour Post (29 Apr 06:00)" in panel
    assert "Daily Courier (29 Apr 07:00)" in panel
    assert "both may have been right when they were printed" in panel
    matrix = shown(client, "story_matrix", story.pk)
    line, paper = matrix[matrix.index(f'id="claim-{row.id[1:]}"') :].partition("</tr>")[::2]
    assert note in line
    assert f"Number ({note})" in paper
    assert note in shown(client, "story", story.pk)
    assert f"Number: 12 against 14, {note}" in shown(client, "story_side_by_side", story.pk)


def test_other_differences_are_not_called_updates(client):
    story = make_updated_story()
    _, row = row_with(story, "date")
    assert "possible update" not in shown(client, "claim", story.pk, int(row.id[1:]))
    assert shown(client, "story_matrix", story.pk).count('class="update"') == 1


def test_a_value_that_an_equally_late_report_contradicts_is_no_update():
    snapshot, row = row_with(make_updated_story(outlets=4, pairs=1), "number")
    (difference,) = make_panel(snapshot, row).differences
    assert difference.update == ""
    assert [mark.update for mark in row_marks(snapshot, row)] == [""]
    assert "(" not in difference.sides[0].told_by


def test_times_on_two_days_name_both():
    snapshot, row = row_with(make_updated_story(outlets=2), "number")
    first, second = snapshot.result.articles
    later = replace(second, published_at=second.published_at.replace(day=30))
    moved = replace(snapshot, result=replace(snapshot.result, articles=(first, later)))
    (mark,) = row_marks(moved, row)
    assert mark.update == "possible update: 29 Apr 06:00, then 30 Apr 07:00"
    nowhere = tuple(replace(article, published_at=None) for article in (first, second))
    (mark,) = row_marks(replace(snapshot, result=replace(snapshot.result, articles=nowhere)), row)
    assert mark.update == "possible update"
