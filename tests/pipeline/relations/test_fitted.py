"""The fitted model, with the rules as readers meet both: what diverges though no rule speaks, and what does not."""

from __future__ import annotations

import json

import numpy as np
import pytest

from claims.pipeline.relations import signs
from claims.pipeline.relations.deciding import DOUBTED, decide
from claims.pipeline.relations.fitted import WEIGHTS, find_fitted, load_relation_model
from claims.pipeline.relations.grounds import find_grounds
from claims.pipeline.types import Divergence
from tests.pipeline.relations.support import facts

LIKELY = 0.95
CREDITED = [
    ("The old mill burned down on Friday night, officials said.",
     "The old mill burned down on Friday night and left nothing but its walls."),
    ("According to the harbour master, the ferry hit the quay at nine knots.",
     "The ferry hit the quay at nine knots and tore its bow open."),
    ("The mayor will step down in May, the Larn Gazette reported.",
     "The mayor will step down in May and make way for her deputy."),
    ("Two workers were trapped in the silo for six hours, according to a report by the inspectorate.",
     "Two workers were trapped in the silo for six hours before they were freed."),
    ("Detectives said the thieves used a stolen van to ram the gate of the depot.",
     "The thieves used a stolen van to ram the gate of the depot."),
    ("The minister plans to sell the port, according to three people familiar with the talks.",
     "The minister plans to sell the port, Anna Holm said on Monday."),
    ("Farmers lost half of the harvest to the hail, authorities say.",
     "Farmers lost half of the harvest to the hail in a single night."),
]  # fmt: skip
NOT_CREDITED_OTHERWISE = [
    ("Anna Holm said the bridge would close.", "“The bridge will close,” Holm told reporters."),
    ("“We will not sell the port,” said Anna Holm.", "“We will not sell the port,” the minister said."),
    ("The company announced that it would close the mill.", "The company will close the mill in the spring."),
    ("The study found that the river is clean.", "The river is clean, the study found."),
    ("The raid left the shop in ruins, police said.", "Raid leaves shop in ruins"),
    ("The driver was drunk, police said.", "The driver was drunk, a police spokesman said."),
    ("The driver was drunk, the Larn Port Authority said.", "The driver was drunk, the LPA said."),
    ("Officials said they were glad of the rain.", "Snow fell on the hills above Larn."),
]


def shown(a: str, b: str, same: float = LIKELY) -> tuple[Divergence, ...]:
    found = decide(facts(a, "Harbour Post"), facts(b, "Daily Courier"), same)
    assert found is not None
    return found


@pytest.mark.parametrize(("a", "b"), CREDITED)
def test_a_statement_that_only_one_side_credits_diverges_in_either_order(a: str, b: str) -> None:
    assert [d.kind for d in shown(a, b)] == ["attribution"]
    assert {(d.rule, d.probability, d.a.text, d.b.text) for d in shown(a, b)} == {
        (d.rule, d.probability, d.b.text, d.a.text) for d in shown(b, a)
    }


@pytest.mark.parametrize(("a", "b"), NOT_CREDITED_OTHERWISE)
def test_one_speaker_an_own_act_and_a_headline_do_not(a: str, b: str) -> None:
    assert not [d for d in (*shown(a, b), *shown(b, a)) if d.kind == "attribution"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the governor said", "Holm said"),
        ("said a spokesman for the hospital", "hospital spokeswoman Ida Lind said"),
        ("the group said", "the Larn Rowing League said"),
        ("Holm said, according to the Larn Times", "the Larn Times reported"),
        ("she said", "Anna Holm said"),
    ],
)
def test_one_source_under_two_names_is_not_set_against_itself(a: str, b: str) -> None:
    told = "The storm tore nine boats from the old quay in the night, "
    before = "Anna Holm, the governor of Larn, came to the quay as soon as she heard of it."
    one, other = facts(f"{told}{a}.", before=before), facts(f"{told}{b}.", "Daily Courier")
    assert not find_fitted(one, other, 1.0)
    assert not find_fitted(other, one, 1.0)


#: Whether the words of two sentences can show that only one credits what both tell, or that they name two sources.
GROUNDS = [
    ("The vaccine caused mild fevers, the company noted.",
     "The vaccine caused mild fevers but no “systemic” trouble.", True),
    ("The vaccine caused mild fevers, the company noted.",
     "The vaccine caused “mild fevers” among the sick.", False),
    ("The survey found that the river is clean again.", "The river is clean again, Anna Holm said.", True),
    ("The board announced that the pier is for sale.", "The pier is for sale, Anna Holm said.", False),
    ("The quake off Larn had a force of six, the harbour office said.",
     "The US survey put the force of the quake off Larn at six.", True),
    ("The quake off Larn had a force of six, the harbour office said.",
     "The quake off Larn shook us with a force of six.", False),
    ("The mayor will sell the old pier, the Gazette reported.", "The mayor will sell the old pier in May.", True),
    ("The mayor will sell the old pier, Daily Courier reported.", "The mayor will sell the old pier in May.", False),
    ("Harbour Post has learned that the mayor will sell the pier.", "The mayor will sell the old pier in May.", False),
    ("The mayor will sell the old pier, the harbour said.", "The mayor will sell the old pier in May.", True),
    ("“The mayor will sell the old pier in May.”", "The mayor will sell the old pier in May and leave.", False),
    ("The old pier will be sold, the owner's lawyer, Ida Lind, said.", "The old pier will be sold, Lind said.", False),
    ("The old pier will be sold, the owner's lawyer, Ida Lind, said.", "The old pier will be sold, Moe said.", True),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "wanted"), GROUNDS)
def test_grounds_are_a_credit_and_flat_words_or_two_sources(a: str, b: str, wanted: bool) -> None:
    one, other = signs.Side(facts(a, "Harbour Post")), signs.Side(facts(b, "Daily Courier"))
    assert (find_grounds("attribution", one, other) is not None) is wanted
    assert (find_grounds("attribution", other, one) is not None) is wanted


def test_a_word_of_hearsay_is_shown_only_where_it_covers_what_both_tell() -> None:
    told = signs.Side(facts("The gunman ran to the old pier and sailed off at noon, officials said."))
    endings = []
    for other in (
        "The alleged gunman ran to the old pier and sailed off at noon.",
        "The gunman reportedly ran to the pier.",
    ):
        grounds = find_grounds("attribution", told, signs.Side(facts(other, "Daily Courier")))
        assert grounds
        endings.append(grounds.explanation.split("Daily Courier ")[1])
    assert endings == ["states it in its own voice", "says “reportedly”, without a source"]


def test_an_office_that_nobody_named_holds_is_another_source() -> None:
    told = "The storm tore nine boats from the old quay in the night, "
    (found,) = find_fitted(facts(f"{told}the governor said."), facts(f"{told}the Larn Rowing League said."), 1.0)
    assert (found.a.text, found.b.text) == ("the governor said", "the Larn Rowing League said")


def test_the_reader_is_shown_the_crediting_words_and_what_the_other_says_flatly() -> None:
    (found,) = shown(
        "According to the harbour master, the ferry hit the quay at nine knots.",
        "The ferry hit the quay at nine knots and tore its bow open.",
    )
    assert found.rule == "attribution.model"
    assert (found.a.text, found.a.value) == ("According to the harbour master", "the harbour master")
    assert (found.b.text, found.b.value) == ("ferry hit the quay at nine knots", "no source named")
    assert found.explanation == (
        "Harbour Post credits this to the harbour master; Daily Courier states it in its own voice."
    )


def test_two_sources_are_both_named() -> None:
    (found,) = shown(
        "The minister plans to sell the port, according to three people familiar with the talks.",
        "The minister plans to sell the port, Anna Holm said on Monday.",
    )
    assert found.explanation == (
        "Harbour Post has it from three people familiar with the talks; Daily Courier from Anna Holm."
    )
    assert (found.a.text, found.b.text) == ("according to three people familiar with the talks", "Anna Holm said")


def test_the_model_keeps_silent_where_the_two_may_not_state_one_claim() -> None:
    a, b = CREDITED[1]
    assert shown(a, b)
    assert not shown(a, b, same=0.2)


def test_the_model_adds_no_second_divergence_to_that_of_a_rule() -> None:
    found = shown(
        "Police said the thieves used a stolen van to ram the gate of the depot.",
        "The thieves used a stolen van to ram the gate of the depot.",
    )
    assert [d.rule for d in found] == ["attribution.flat"]


def test_figures_that_clash_speak_against_one_claim_unless_it_is_likely() -> None:
    a, b = facts("The storm hit eight piers."), facts("The storm hit nine piers.")
    assert decide(a, b, DOUBTED - 0.01) is None
    (found,) = decide(a, b, DOUBTED) or ()
    assert found.kind == "number"


def test_the_columns_are_the_same_in_either_order_and_the_weights_name_them() -> None:
    for a, b in (*CREDITED, *NOT_CREDITED_OTHERWISE):
        columns = signs.describe(facts(a), facts(b))
        assert np.array_equal(columns, signs.describe(facts(b), facts(a)))
        assert columns.shape == (len(signs.NAMES),)
        assert np.isfinite(columns).all()
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))["heads"]
    assert all(set(head["weights"]) <= set(signs.NAMES) for head in stored.values())
    assert all(0 < head.threshold < 1 for head in load_relation_model().values())


def test_an_empty_sentence_has_columns_too() -> None:
    assert np.isfinite(signs.describe(facts("…"), facts("The storm hit eight piers."))).all()


@pytest.mark.parametrize(
    ("text", "other", "column"),
    [
        ("The mill burned down, officials said.", "The mill burned down.", "by_officials"),
        ("The mill burned down, according to a report.", "The mill burned down.", "according"),
        ("The mill burned down, said the owner of it.", "The mill burned down.", "source_words"),
        ("The mill has reportedly burned down.", "The mill has burned down.", "hearsay_gap"),
        ("The mill burned down, police said.", "The mill burned down, Anna Holm said.", "two_sources"),
        ("The mill may burn down.", "The mill burns down.", "may_gap"),
        ("The mill will burn down.", "The mill is expected to burn down.", "will_against_soft"),
        ("The mill did not burn down.", "The mill did burn down.", "denial_gap"),
        ("The mill is safe.", "The mill is unsafe.", "opposite"),
        ("The storm hit eight piers.", "The storm of Friday hit eight piers.", "figure_shared"),
    ],
)
def test_a_sign_shows_in_its_column(text: str, other: str, column: str) -> None:
    at = signs.NAMES.index(column)
    assert signs.describe(facts(text), facts(other))[at] > 0
    assert signs.describe(facts(other), facts(other))[at] == 0 or column == "figure_shared"


def test_whoever_prints_an_agencys_text_is_not_set_against_who_credits_the_agency() -> None:
    told = "The blast blew out windows up to two miles away and sent smoke over the estuary."
    credited = facts(f"{told[:-1]}, Reuters reported.", "Daily Courier")
    own, printed, other = (
        facts(told, before=f"{lead}A silo blew up.") for lead in ("", "LARN (Reuters) - ", "LARN (AP) - ")
    )
    for side, wanted in ((own, ["attribution"]), (printed, []), (other, ["attribution"])):
        assert [d.kind for d in decide(side, credited, 1.0) or ()] == wanted
        assert [d.kind for d in decide(credited, side, 1.0) or ()] == wanted
