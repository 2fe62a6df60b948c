"""One claim, as a page and as the panel that opens in others."""

import html
import re

import pytest
from django.urls import reverse

from claims.comparison import save_result
from claims.comparison.load import load_result
from claims.presentation.panel import make_panel
from claims.presentation.snapshot import load_snapshot
from tests.factories import make_compared_story
from tests.web.pages import found

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def row_of(story, **fields):
    return story.comparisons.all()[0].rows.filter(**fields)[0]


def get(client, story, number, query="", headers=None):
    return client.get(reverse("claim", args=[story.pk, number]) + query, headers=headers)


def page(client, story, number, query=""):
    return html.unescape(get(client, story, number, query).content.decode())


def panel_of(story, **options):
    snapshot = load_snapshot(story.comparisons.all()[0])
    number = options.pop("number", 1)
    return make_panel(snapshot, snapshot.result.rows[number - 1], **options)


def test_a_divergence_shows_both_sides_words_the_rule_and_how_sure_it_is(client):
    story = make_compared_story(outlets=3)
    shown = page(client, story, row_of(story, kinds=["number"]).number)
    assert "Harbour Post says 12; Daily Courier says 14." in shown
    assert "<mark>12</mark>" in shown
    assert "<mark>14</mark>" in shown
    assert "number_differs" in shown
    assert "very likely (0.91)" in shown
    assert "Which of them is right was not checked" in shown


def test_every_outlet_s_wording_stands_in_its_context(client):
    story = make_compared_story(outlets=3)
    row = row_of(story, kinds=["number"])
    shown = page(client, story, row.number)
    for sentence in row.sentences.select_related("article"):
        assert f'#s{sentence.article.position}-{sentence.number}"' in shown
    assert "A fire broke out on the ferry Northern Star." in shown  # the sentence before it


def test_wordings_are_held_against_the_first_or_the_one_that_is_asked_for(client):
    story = make_compared_story(outlets=3)
    number = row_of(story, kinds=["number"]).number
    assert "<del>12</del> <ins>14</ins>" in page(client, story, number)
    shown = page(client, story, number, "?against=1")
    assert "<del>14</del> <ins>12</ins>" in shown
    assert "<del>12</del>" not in shown
    assert "<del>12</del>" in page(client, story, number, "?against=99")


def test_a_long_sentence_shows_which_of_its_words_state_the_claim(client):
    story = make_compared_story(outlets=2)
    row = row_of(story, kinds=["number"])
    link = story.comparisons.get().alignments.get(a__in=row.sentences.all())
    first_words = len(" ".join(link.a.text.split()[:3]))
    link.part_a = [link.a.start, link.a.end - 1 - len(link.a.text.split()[-1]), "clause"]
    link.part_b = [link.b.start + first_words, link.b.end, "clause"]
    link.save()

    first, second = panel_of(story, number=row.number).wordings
    assert first.unrelated == ("", " " + link.a.text.split()[-1])
    assert second.unrelated == (link.b.text[:first_words], "")
    assert first.text + first.unrelated[1] == html.escape(link.a.text)

    shown = page(client, story, row.number)
    assert shown.count("Only the dotted words state this claim.") == 2
    assert f"Beside this claim: </span>{link.b.text[:first_words]}</span>" in shown
    assert "States this claim: </span>" in shown


def test_words_left_out_at_the_end_of_a_part_stand_apart_from_it():
    story = make_compared_story(outlets=2)
    row = row_of(story, kinds=["number"])
    link = story.comparisons.get().alignments.get(a__in=row.sentences.all())
    link.part_b = [link.b.start, link.b.start + len(link.b.text.rsplit(" ", 2)[0]), "clause"]
    link.save()
    second = panel_of(story, number=row.number).wordings[1]
    assert re.search(r"\w <del>[^<]+</del>$", second.text)


def test_a_sentence_of_one_claim_is_not_divided(client):
    story = make_compared_story(outlets=2)
    number = row_of(story, kinds=["number"]).number
    assert "dotted words" not in page(client, story, number)
    assert all(wording.unrelated == ("", "") for wording in panel_of(story, number=number).wordings)


def test_a_deleted_comma_stands_at_the_word_before_it():
    story = make_compared_story(outlets=2)
    comparison = story.comparisons.get()
    row = comparison.rows.filter(relation="agree")[0]
    panel = panel_of(story, number=row.number)
    assert " ,</del>" not in "".join(wording.text for wording in panel.wordings)


def test_the_same_pair_of_values_is_one_difference_with_all_its_outlets():
    story = make_compared_story(outlets=5)
    row = row_of(story, kinds=["number"])
    panel = panel_of(story, number=row.number)
    (difference,) = panel.differences
    twelve, fourteen = difference.sides
    outlets = {s.article.outlet for s in row.sentences.select_related("article")}
    assert set(twelve.outlets) | set(fourteen.outlets) == outlets
    assert not set(twelve.outlets) & set(fourteen.outlets)


def test_a_claim_of_one_outlet_says_what_that_means_and_can_be_set_aside(client):
    story = make_compared_story(outlets=2)
    row = row_of(story, relation="unique")
    shown = page(client, story, row.number)
    assert "None reached the 50% likelihood from which on two sentences count as one claim" in shown
    form = shown[shown.index("/role/") :].partition("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    article = row.sentences.get().article.article_id
    response = client.post(reverse("sentence_role", args=[article]), fields)
    assert response.status_code == 302
    assert "was marked as boilerplate" in page(client, story, row.number)


def test_a_sentence_can_be_found_in_its_place_however_many_outlets_there_are(client):
    story = make_compared_story(outlets=6)
    lone = story.comparisons.get().rows.filter(relation="unique", sentences__article__position=5)[0]
    place = found(r'href="([^"]+)">In its place', page(client, story, lone.number))[1]
    address, anchor = place.split("#")
    assert f'id="{anchor}"' in client.get(address).content.decode()


def test_agreement_is_not_called_truth(client):
    story = make_compared_story(outlets=2)
    row = row_of(story, relation="agree")
    assert "Whether it is true was not checked" in page(client, story, row.number)
    row.origins = 1
    row.save()
    again = make_compared_story(outlets=2)
    row_of(again, relation="agree").__class__.objects.filter(comparison__story=again).update(origins=1)
    assert "2 outlets, 1 origin: " in page(client, again, row_of(again, relation="agree").number)


def test_outlets_that_print_one_agency_s_copy_are_named():
    story = make_compared_story(outlets=3)
    comparison = story.comparisons.get()
    copied = comparison.origins.get().sentences.all()[0].rows.get()
    copied.origins = 2
    copied.save()
    says = panel_of(story, number=copied.number).says
    assert "3 outlets, 2 origins: Harbour Post and The Evening Lantern print copy of Northwire." in says
    other = comparison.rows.filter(relation="agree").exclude(pk=copied.pk)[0]
    assert "copy of" not in panel_of(story, number=other.number).says


def test_copy_that_fills_whole_articles_is_told_of_their_other_sentences_too():
    story = make_compared_story(outlets=3)
    comparison = story.comparisons.get()
    comparison.rows.update(origins=2)
    row = comparison.rows.filter(relation="agree").exclude(sentences__origins__isnull=False)[0]
    assert "Harbour Post and The Evening Lantern print copy of Northwire." in panel_of(story, number=row.number).says


def test_one_address_serves_the_page_and_the_panel(client):
    story = make_compared_story(outlets=3)
    whole, part = get(client, story, 1), get(client, story, 1, headers=HTMX)
    assert "HX-Request" in whole["Vary"]
    assert "HX-Request" in part["Vary"]
    assert "<html" in whole.content.decode()
    assert part.content.decode().lstrip().startswith("<article")


def test_claims_lead_to_their_neighbours(client):
    story = make_compared_story(outlets=2)
    last = story.comparisons.get().rows.count()
    assert 'rel="prev"' not in page(client, story, 1)
    assert f'rel="next" href="{reverse("claim", args=[story.pk, 2])}"' in page(client, story, 1)
    assert 'rel="next"' not in page(client, story, last)
    for number in (0, last + 1, 10**30):
        assert get(client, story, number).status_code == 404


def test_a_permanent_link_keeps_to_its_comparison_when_the_story_is_compared_again(client):
    story = make_compared_story(outlets=2)
    first = story.comparisons.get()
    link = found(r'href="([^"]+comparison=\d+)"', page(client, story, 1))[1]
    assert link.endswith(f"?comparison={first.pk}")
    result = load_result(first)
    last_row = result.rows[-1]
    changed = [*result.rows[:-1]]
    save_result(
        story, type(result)(**{f: getattr(result, f) for f in result.__slots__} | {"rows": (last_row, *changed)})
    )
    shown = html.unescape(client.get(link).content.decode())
    assert "The story was compared again since" in shown
    assert f'rel="next" href="{reverse("claim", args=[story.pk, 2])}?comparison={first.pk}"' in shown
    assert "The story was compared again since" not in page(client, story, 1)


def test_another_story_s_comparison_is_not_shown(client):
    other = make_compared_story().comparisons.get()
    assert get(client, make_compared_story(), 1, f"?comparison={other.pk}").status_code == 404


def test_a_panel_of_twenty_outlets_stays_below_20_kb_and_says_what_it_left_out(client, django_assert_max_num_queries):
    story = make_compared_story(outlets=20, sentences=60, shared=30)
    rows = story.comparisons.get().rows
    with django_assert_max_num_queries(14):
        get(client, story, 1, headers=HTMX)
    for row in rows.exclude(relation="unique"):
        part = get(client, story, row.number, headers=HTMX)
        assert len(part.content) < 20_000, row
        assert "own page has" in part.content.decode()
    assert "own page has" not in page(client, story, 1)
    assert page(client, story, 1).count("<tr><td>") > 100


def test_hostile_text_is_shown_as_text(client):
    story = make_compared_story(outlets=2)
    for compared in story.comparisons.get().articles.all():
        compared.text = compared.text.replace("The blaze", "<b>blaze")
        compared.save()
    number = row_of(story, kinds=["number"]).number
    raw = get(client, story, number).content.decode()
    assert "<b>blaze" not in raw
    assert "&lt;" in raw
