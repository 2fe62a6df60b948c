"""Credits: who vouches for which words of a sentence."""

from __future__ import annotations

import pytest

from claims.pipeline.relations.credits import covered, quoted_places, same_source
from tests.pipeline.relations.support import facts

CREDITS = [
    ("The mill burned down, officials said.", "officials said", "told", "officials"),
    ("Officials said the mill burned down.", "Officials said", "told", "officials"),
    ("The mill burned down, said fire chief Anna Holm.", "said fire chief Anna Holm", "told", "fire"),
    ("The mill burned down, according to two people familiar with the case.",
     "according to two people familiar with the case", "according", "unnamed"),
    ("According to a report, the mill burned down.", "According to a report", "according", "document"),
    ("The opposition claims the mill was set alight.", "The opposition claims", "claimed", "opposition"),
    ("The inquiry found that the mill was unsafe.", "The inquiry found", "found", ""),
    ("The mill reportedly burned down.", "reportedly", "hearsay", ""),
    ("The owner is accused of burning down the mill.", "is accused", "hearsay", ""),
    ("The mill burned down, reported the Larn Gazette on Monday.", "reported the Larn Gazette", "told", "paper"),
    ("The broadcaster is reporting that the mill burned down.", "The broadcaster is reporting", "told", "paper"),
    ("Anna Holm, who owns the mill, told reporters it had burned down.", "Anna Holm, who owns the mill, told", "told",
     "person"),
    ("The report states that the mill was unsafe.", "The report states", "told", "document"),
    ("Residents called the mill a ruin.", "Residents called", "told", "witnesses"),
    ("Anna Holm responded that the mill was safe.", "Anna Holm responded", "told", "person"),
    ("Neighbours wondered why the firm claimed the mill was safe.", "the firm claimed", "claimed", "company"),
    ("She pointed out that the mill was unsafe.", "She pointed", "told", "pronoun"),
    ("Anna Holm called the closure of the mill a mistake.", "Anna Holm called", "told", "person"),
    ("Documents that indicated members of the crew slept burned.", "Documents that indicated", "found", "document"),
    ("Records show payments were made to the mill.", "Records show", "found", "document"),
    ("She’s accused of burning down the mill.", "She’s accused", "hearsay", ""),
    ("It's believed to have burned down.", "It's believed", "hearsay", ""),
    ("The mill burned down, according to several reports.", "according to several reports", "according", ""),
    ("Papers found in the mill this week say it was unsafe.", "Papers found in the mill this week say", "told", ""),
    ("On Friday, Moe and Holm said the mill burned down.", "Moe and Holm said", "told", "named"),
    ("Police and prosecutors said the mill burned down.", "Police and prosecutors said", "told", "police"),
    ("7News in Larn is reporting that the mill burned down.", "7News in Larn is reporting", "told", "paper"),
]  # fmt: skip
NO_CREDITS = [
    "The mill burned down on Friday.",
    "A wallet was found in the mill.",
    "The report was reported missing.",
    "The claims of the owner are in doubt.",
    "Calls for an inquiry grew on Friday.",
    "To say more would be unwise.",
    "The storm crossed three southern states that have no sirens.",
    "Coal from the United States is burned in the mill.",
    "Firefighters responded to the alarm with four engines.",
    "The office has stayed quiet on reports of a fire.",
    "The mill was sold to a young company called Holm Timber.",
    "The fire bears out the residents' claims of neglect.",
    "The mayor kept her seat by saying little.",
    "The union has increased calls for an inquiry.",
    "She pointed a torch at the mill.",
    "The owner called Moe a liar.",
    "The owner called the mayor a liar.",
    "Neighbours called for help.",
    "The report showed up in the mill.",
    "Members of the so-called night crew left.",
]


@pytest.mark.parametrize(("text", "words", "manner", "sort"), CREDITS)
def test_a_credit_is_read_with_its_manner_and_source(text: str, words: str, manner: str, sort: str) -> None:
    (credit,) = facts(text).credits
    assert (credit.text, credit.manner, credit.sort) == (words, manner, sort)
    assert facts(text).article.text[credit.start : credit.end] == words


@pytest.mark.parametrize("text", NO_CREDITS)
def test_what_credits_nobody_is_no_credit(text: str) -> None:
    assert facts(text).credits == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mill burned down, police said.", "The mill burned down ,"),
        ("Police said the mill burned down.", "the mill burned down ."),
        ("Snow fell and police said the mill burned down.", "the mill burned down ."),
        ("The mill burned down, police said, and nobody was hurt in it.",
         "The mill burned down , , and nobody was hurt in it ."),
        ("The mill burned down, sources told Sky.", "The mill burned down ,"),
        ("The mill burned down, a witness told the paper.", "The mill burned down ,"),
        ("The mill burned down, police told her.", "The mill burned down ,"),
        ("After the fire, police told Moe prices fell.", "Moe prices fell ."),
        ("After the fire, police told residents to leave.", "residents to leave ."),
        ("On Friday, police told Sky in Larn that the mill burned down.", "Sky in Larn that the mill burned down ."),
    ],
)  # fmt: skip
def test_a_credit_covers_what_it_vouches_for(text: str, words: str) -> None:
    found = facts(text)
    places = covered(found.credits, found.tokens)
    assert " ".join(t.text for i, t in enumerate(found.tokens) if i in places) == words


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Papers found in the mill this week say it was unsafe.", "Papers found in the mill"),
        ("The owner on Friday said the mill was safe.", "The owner"),
        ("On Friday, Moe and Holm said the mill was safe.", "Moe and Holm"),
        ("Snow fell in Larn and Holm said the mill was safe.", "Holm"),
        ("7News in Larn reports the mill was safe.", "7News in Larn"),
        ("In 2019, Holm said the mill was safe.", "Holm"),
    ],
)
def test_a_source_is_whole_and_without_its_times(text: str, source: str) -> None:
    assert [c.source for c in facts(text).credits] == [source]


def test_what_he_has_said_is_no_hearsay_about_him() -> None:
    told = facts("He's said to Moe that the mill burned down.").credits
    assert "hearsay" not in {credit.manner for credit in told}


def test_a_pronoun_and_a_bare_quotation_take_the_speaker_from_the_sentence_before() -> None:
    before = "Anna Holm, the mayor, said the pier was safe."
    (pronoun,) = facts("It will open in May, she added.", before=before).credits
    (quotation,) = facts("“It will open in May and stay open for good.”", before=before).credits
    assert (pronoun.manner, quotation.manner) == ("told", "quoted")
    assert "holm" in pronoun.who
    assert "holm" in quotation.who


def test_a_quotation_that_began_in_the_sentence_before_goes_on() -> None:
    found = facts("It will open in May.” Snow fell.", before="“The pier is safe.")
    places = quoted_places(found.article.text, found.tokens, found.quotations)
    assert [found.tokens[i].text for i in sorted(places)] == ["It", "will", "open", "in", "May", "."]


@pytest.mark.parametrize(
    ("before", "text", "after", "quoted"),
    [
        ('"The pier is safe.', "It will open.", 'It is new."', "It will open ."),
        ('He called it "safe and sound.', 'It will open." Snow fell.', "", "It will open ."),
        ('"The pier is safe.', "It will open.", 'It is new. "', "It will open ."),
        ('"The pier is safe."', "It will open.", 'It is new."', ""),
        ('"The pier is safe.', "It will open.", '"It is new."', ""),
        ('"The pier is safe.', "It will open.", "It is new.", ""),
        ('The pier is 9" wide.', "It will open.", 'It is 7" deep."', ""),
        ('"The pier is safe.', "It will open.", '“It is new," he said.', ""),
    ],
)
def test_a_quotation_in_straight_marks_goes_on_where_both_marks_tell_their_way(
    before: str, text: str, after: str, quoted: str
) -> None:
    found = facts(text, before=before, after=after)
    places = quoted_places(found.article.text, found.tokens, found.quotations)
    assert " ".join(found.tokens[i].text for i in sorted(places)) == quoted


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("The pier is safe, Anna Holm said.", "The pier is safe, Mayor Holm said.", True),
        ("The pier is safe, the Larn Port Authority said.", "The pier is safe, the LPA said.", True),
        ("The pier is safe, police said.", "The pier is safe, detectives said.", True),
        ("The pier is safe, Anna Holm said.", "The pier is safe, Lars Moe said.", False),
        ("The pier is safe, officials said.", "The pier is safe, residents said.", False),
    ],
)
def test_one_source_is_known_again_in_other_words(a: str, b: str, same: bool) -> None:
    (mine,), (theirs,) = facts(a).credits, facts(b).credits
    assert same_source(mine, theirs) is same_source(theirs, mine) is same


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"And in the harbours the fishermen will pay no fees.', True),
        ("“And in the harbours the fishermen will pay no fees.", True),
        ('In the "free" harbours the fishermen will pay no fees.', False),
        ('"Free" harbours will ask no fees of the fishermen.', False),
    ],
)
def test_a_sentence_that_opens_a_quotation_and_does_not_close_it_is_quoted(text: str, quoted: bool) -> None:
    found = facts(text)
    assert (len(quoted_places(text, found.tokens, found.quotations)) == len(found.tokens)) is quoted


def test_a_source_goes_by_the_name_beside_it_too() -> None:
    (credit,) = facts("The pier is safe, but the owner's lawyer, Anna Holm, said it may close.").credits
    assert credit.source == "the owner's lawyer"
    assert {"holm", "lawyer"} <= credit.who


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The alleged gunman ran to the pier and sailed off.", False),
        ("The gunman allegedly ran to the pier and sailed off.", True),
    ],
)
def test_an_alleged_gunman_leaves_the_rest_of_the_sentence_untouched(text: str, whole: bool) -> None:
    found = facts(text)
    places = covered(found.credits, found.tokens)
    assert ("pier" in {found.tokens[i].norm for i in places}) is whole


def test_what_follows_saying_is_no_source() -> None:
    told = facts("He spoke of Anna Holm, saying the two towns share a harbour.").credits
    assert all("towns" not in credit.source for credit in told)
