"""Contradiction and certainty: denial, opposites, denied causes, and hedges."""

from __future__ import annotations

import pytest

from tests.pipeline.relations.support import divergences, kinds

DENIED = [
    ("The ministry has linked the raids to the vote.", "The ministry has not linked the raids to the vote."),
    ("The council sold the old pier to a bank.", "The council never sold the old pier to a bank."),
    ("Holm signed the contract with the port.", "Holm didn't sign the contract with the port."),
    ("The senate approved the harbour bill on Monday.", "The senate rejected the harbour bill on Monday."),
    ("Shares in the port company rose after the vote.", "Shares in the port company fell after the vote."),
    ("The court found the harbour master guilty of fraud.", "The court found the harbour master innocent of fraud."),
    ("The rail tunnel under the bay will open.", "The rail tunnel under the bay will close."),
    ("Moscow moved the missiles in response to the alliance.", "Moscow has not linked the missiles to the alliance."),
]
NOT_DENIED = [
    ("The ministry has not only linked the raids to the vote.", "The ministry has linked the raids to the vote."),
    ("The council did not sell the pier to a bank.", "The council never sold the pier to a bank."),
    ("Holm should not sign the contract with the port.", "Holm signed the contract with the port."),
    ("Holm signed the contract with the port.", "Holm wants to sign the contract with the port, not the rail deal."),
    ("The senate approved the harbour bill.", "The senate rejected a ban and approved the harbour bill."),
    ("Shares in the port company rose.", "Oil fell, and shares in the port company rose."),
    ("The court did not reject the harbour bill.", "The court accepted the harbour bill."),
    ("Snow fell on the town.", "Prices rose in the town."),
    ("The mayor did not come.", "The mayor came late to a dinner in another town."),
]
HEDGED = [
    ("The man reportedly fled to the north.", "The man fled to the north."),
    ("The blaze is potentially suspicious, crews say.", "The blaze is suspicious, crews say."),
    ("Nobody is thought to have been injured in the fire.", "Nobody was injured in the fire."),
    ("Holm allegedly barricaded the door of the flat.", "Holm barricaded the door of the flat."),
    ("The thieves are believed to have escaped by boat.", "The thieves escaped by boat."),
]
NOT_HEDGED = [
    ("The man reportedly fled to the north.", "The man allegedly fled to the north."),
    ("The man reportedly fled to the north.", "The man may have fled to the north."),
    ("The man reportedly fled to the north.", "The woman painted her house in the south."),
    ("The port will probably reopen on the first of the month.", "Holm said she believed in the port."),
    ("It is believed that the tunnel is safe.", "Prosecutors claimed that the tunnel is safe."),
]


@pytest.mark.parametrize(("a", "b"), DENIED)
def test_a_denial_or_an_opposite_of_the_same_statement_diverges(a: str, b: str) -> None:
    assert "contradiction" in kinds(a, b)
    assert "contradiction" in kinds(b, a)


@pytest.mark.parametrize(("a", "b"), NOT_DENIED)
def test_a_denial_of_something_else_does_not(a: str, b: str) -> None:
    assert "contradiction" not in kinds(a, b)
    assert "contradiction" not in kinds(b, a)


@pytest.mark.parametrize(("a", "b"), HEDGED)
def test_what_one_side_hedges_and_the_other_states_diverges(a: str, b: str) -> None:
    assert kinds(a, b) == {"certainty"}
    assert kinds(b, a) == {"certainty"}


@pytest.mark.parametrize(("a", "b"), NOT_HEDGED)
def test_two_hedges_or_two_statements_do_not(a: str, b: str) -> None:
    assert "certainty" not in kinds(a, b)
    assert "certainty" not in kinds(b, a)


def test_the_reader_sees_the_denied_words_on_both_sides() -> None:
    (found,) = divergences(*DENIED[0])
    assert (found.a.text, found.b.text) == ("has linked", "has not linked")
    assert found.explanation == "Daily Courier says “has not linked”; Harbour Post says “has linked”."
