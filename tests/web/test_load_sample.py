"""``manage.py load_sample``: the story that a newcomer sees first."""

import pytest
from django.core.management import call_command

from claims import sample
from claims.models import Article, ClaimRow, Comparison, Story

pytestmark = [pytest.mark.django_db, pytest.mark.model]


def test_the_sample_is_loaded_and_compared_once(capsys):
    call_command("load_sample")
    call_command("load_sample")
    story = Story.objects.get()
    assert story.title == sample.read_title()
    assert [a.outlet.name for a in story.articles.all()] == [a.outlet for a in sample.read_articles()]
    assert Comparison.objects.get().story == story
    assert set(ClaimRow.objects.values_list("relation", flat=True)) == {"agree", "diverge", "unique"}
    assert "Comparing the sample story" in capsys.readouterr().err


def test_a_renamed_sample_is_not_loaded_again():
    call_command("load_sample")
    Story.objects.get().rename("Practice")
    call_command("load_sample")
    assert Story.objects.get().title == "Practice"


def test_a_deleted_sample_comes_back_when_asked_for():
    call_command("load_sample")
    Story.objects.get().delete_softly()
    call_command("load_sample")
    assert Story.objects.kept().count() == 1
    assert Article.objects.count() == 2 * len(sample.read_articles())
