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
    ("The two mayors met in Ost.", "The two mayors did not meet in Ost."),
    ("The minister knew of the leak in May.", "The minister did not know of the leak in May."),
    ("The bank lent the port nine million crowns.", "The bank never lent the port nine million crowns."),
    ("The rowing race on the canal went ahead.", "The rowing race on the canal was called off."),
    ("The council voted down the tram plan on Monday.", "The council approved the tram plan on Monday."),
    ("The brakes of the tram failed on the hill.", "The brakes of the tram worked on the hill."),
    ("The alarm failed to sound in the east wing on Monday.", "The alarm sounded in the east wing on Monday."),
    ("The mayor refused to sign the harbour contract.", "The mayor signed the harbour contract."),
    ("The ferry will not sail to Larn on Monday.", "The ferry will sail to Larn on Monday."),
    ("The bridge won't reopen to lorries this week.", "The bridge will reopen to lorries this week."),
    ("The surgeon operated on the left knee of the striker.", "The surgeon operated on the right knee of the striker."),
    ("The guard was shot inside the bank in Larn.", "The guard was shot outside the bank in Larn."),
    (
        "The papers were shredded before the inspection of the plant.",
        "The papers were shredded after the inspection of the plant.",
    ),
    ("Police seek the driver of a red van in Larn.", "Police seek the driver of a white van in Larn."),
    ("A Danish tanker ran aground off Ost at dawn.", "A Greek tanker ran aground off Ost at dawn."),
    ("The guard was stabbed near the bank in Larn.", "The guard was shot near the bank in Larn."),
    ("The final match in Larn was cancelled.", "The final match in Larn was postponed."),
    ("The head of the port authority resigned on Monday.", "The head of the port authority was sacked on Monday."),
    ("The driver is in a stable condition in hospital.", "The driver is in a critical condition in hospital."),
    ("A man of 30 was arrested near the bridge on Sunday.", "A woman of 30 was arrested near the bridge on Sunday."),
    ("The boy was found in the woods after two days.", "The girl was found in the woods after two days."),
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
    ("The alarm failed to sound in the east wing.", "The alarm never sounded in the east wing."),
    ("The mayor refused to sign the contract.", "The mayor wants to sign the contract."),
    ("The company declined to comment on the raid.", "In a comment on the raid, the union praised the company."),
    ("Police met the crowd before the match and after the match.", "Police met the crowd after the match."),
    ("The two mayors did not meet in Ost.", "The two mayors met reporters in Ost and dined with the king."),
    ("The minister did not know who wrote the report.", "The minister knew of the report in April."),
    ("The race was called off.", "The match went ahead after the race."),
    ("The race was called off and then went ahead.", "The race went ahead."),
    ("The plan to shut down the mill was dropped.", "The mill opened in May."),
    ("The glass works of Larn had failed.", "The glass works of Larn had failed to pay its staff."),
    ("The left wing lost the vote in the house.", "A right turn was banned at the house."),
    ("A red van hit a white car in Larn.", "A white van was parked in Larn as a car hit a red van."),
    ("A Danish tanker ran aground off Ost.", "The Greek crew of a tanker that ran aground off Ost are safe."),
    ("The mayor of Larn is not Holm, the council said.", "Holm addressed the council of Larn."),
    ("The company has not declined to sign the contract.", "The company signed the contract."),
    ("Nothing in the plan bars the port from closing.", "The plan never bars the port from closing."),
    ("The board initially voted not to sell the pier.", "The board voted again and sold the pier on Monday."),
    ("The final was cancelled.", "The concert after the final was postponed."),
    ("The driver is in a critical but stable condition.", "The driver is in a critical condition."),
    ("The blaze destroyed the chapel and damaged the school in Ost.", "The blaze damaged the school in Ost."),
    ("A man and a woman were arrested near the bridge.", "A woman was arrested near the bridge."),
    ("A man was arrested near the bridge after his wife fled.", "A woman was arrested near the bridge."),
    ("The woman told police that she had seen the raid.", "He told police about the raid on the bank."),
    ("Snow fell on the town.", "Prices rose in the town."),
    ("The mayor did not come.", "The mayor came late to a dinner in another town."),
]
REJECTED = [
    ("Paul Holm denied that the crew had ignored the rules.", "Paul Holm said the crew had ignored the rules."),
    ("The crew had ignored the safety rules, said Holm.", "Holm denied the crew had ignored the safety rules."),
    ("Petrie denies the port paid for the flight.", "The port paid for the flight, Petrie confirmed."),
    ("Holm has denied that the tunnel pumps were old.", "Mr Holm told reporters the tunnel pumps were old."),
    ("Holm denied selling the harbour bonds.", "Holm acknowledged selling the harbour bonds in May."),
]
NOT_REJECTED = [
    ("Paul Holm denied that the crew had ignored the rules.", "Petrie said the crew had ignored the rules."),
    ("Holm denied that the crew had ignored the rules.", "Holm said claims the crew had ignored the rules were false."),
    ("Holm denied that the crew had ignored the rules.", "Holm said the crew had not ignored the rules."),
    ("Holm denied that the crew had ignored the rules.", "Holm told the crew that the rules had changed."),
    ("Holm never denied the crew had ignored the rules.", "Holm said the crew had ignored the rules."),
    ("Holm was denied entry to the old port club.", "Holm said entry to the old port club was slow."),
]
HEDGED = [
    ("The man reportedly fled to the north.", "The man fled to the north."),
    ("The blaze is potentially suspicious, crews say.", "The blaze is suspicious, crews say."),
    ("Nobody is thought to have been injured in the fire.", "Nobody was injured in the fire."),
    ("Holm allegedly barricaded the door of the flat.", "Holm barricaded the door of the flat."),
    ("The thieves are believed to have escaped by boat.", "The thieves escaped by boat."),
    ("A failed pump may have started the blaze at the mill.", "A failed pump started the blaze at the mill."),
    ("The captain might have been asleep when the ferry struck.", "The captain was asleep when the ferry struck."),
    ("The parcels may be linked to the arson in Larn.", "The parcels are linked to the arson in Larn."),
    ("The fault could have been caused by a loose cable.", "The fault was caused by a loose cable."),
    ("The older brother appears to have planned the raid.", "The older brother planned the raid."),
    ("The northern line may reopen on Monday.", "The northern line will reopen on Monday."),
    ("The trial of the harbour master may begin on Thursday.", "The trial of the harbour master begins on Thursday."),
    ("The firm plans to close its mill in Larn.", "The firm will close its mill in Larn."),
    ("The council intends to sell the pier.", "The council will sell the pier."),
    ("The minister is expected to resign over the port deal.", "The minister will resign over the port deal."),
]
NOT_HEDGED = [
    ("The man reportedly fled to the north.", "The man allegedly fled to the north."),
    ("The man reportedly fled to the north.", "The man may have fled to the north."),
    ("The man reportedly fled to the north.", "The woman painted her house in the south."),
    ("The march in May caused the council to close the bridge.", "A march caused the council to close the bridge."),
    ("The storm may have caused the blackout.", "The storm could have caused the blackout."),
    ("The storm may have caused the blackout.", "It is unclear whether the storm caused the blackout."),
    ("The storm may have caused the blackout.", "The storm never caused the blackout."),
    ("The firm plans to close its mill in Larn.", "The firm closed its mill in Larn."),
    ("The firm plans to close its mill in Larn.", "The firm has plans for its mill in Larn."),
    ("The council intends to sell the pier.", "The council is likely to sell the pier."),
    ("Visitors may bring dogs into the harbour gardens.", "Visitors bring dogs into the harbour gardens."),
    ("The mayor said he may have caused offence in Larn.", "The blaze was caused by a spark in Ost."),
    ("The northern line may not reopen on Monday.", "The northern line will reopen on Monday."),
    ("The minister is likely to resign over the deal.", "The minister is to resign, it is expected, over the deal."),
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


def test_the_reader_sees_the_hedge_and_what_stands_without_it() -> None:
    (found,) = divergences("The northern line may reopen on Monday.", "The northern line will reopen on Monday.")
    assert (found.a.text, found.b.text) == ("may reopen", "will reopen")
    assert found.explanation == "Harbour Post says “may reopen”; Daily Courier says “will reopen”, without a hedge."


IN_ONE_FRAME = [
    ("Unemployment rose to 5.2 percent.", "Unemployment fell to 5.2 per cent."),
    ("Inflation climbed by 3%.", "Inflation dropped 3 percent in the spring."),
    (
        "Unemployment rose to 5.2% in March, the statistics office said.",
        "Unemployment fell to 5.2 per cent in March, figures showed on Tuesday.",
    ),
    ("Ticket sales increased.", "Ticket sales have decreased."),
    ("Rents have risen to 900 crowns.", "Rents have fallen to 900 crowns."),
]
IN_ANOTHER_FRAME = [
    ("Unemployment rose to 5.2% in Larn.", "Unemployment fell to 4.9% in Holm."),
    ("Unemployment rose from 5.2%.", "Unemployment fell to 5.2 per cent."),
    ("Unemployment rose to 5.2 percent.", "Turnover fell to 5.2 percent."),
    ("Rents rose 3% in Larn.", "Rents fell 3% in Holm."),
    ("Rents rose 3% in May.", "Rents fell 3% in June."),
    ("Unemployment did not rise to 5.2 percent.", "Unemployment fell to 5.2 percent."),
]


@pytest.mark.parametrize(("a", "b"), IN_ONE_FRAME)
def test_one_subject_that_goes_both_ways_by_one_figure_is_a_contradiction(a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        (found,) = divergences(one, other)
        assert found.rule == "contradiction.opposite"
        assert one[found.a.start : found.a.end] == found.a.text
        assert other[found.b.start : found.b.end] == found.b.text


@pytest.mark.parametrize(("a", "b"), IN_ANOTHER_FRAME)
def test_another_subject_figure_place_or_time_is_none(a: str, b: str) -> None:
    assert "contradiction" not in kinds(a, b)
    assert "contradiction" not in kinds(b, a)


@pytest.mark.parametrize(("a", "b"), REJECTED)
def test_what_somebody_denies_and_the_same_person_states_is_a_contradiction(a: str, b: str) -> None:
    for found in (divergences(a, b), divergences(b, a)):
        assert "contradiction.denial" in {d.rule for d in found}


@pytest.mark.parametrize(("a", "b"), NOT_REJECTED)
def test_what_somebody_else_states_or_the_same_person_denies_in_other_words_is_none(a: str, b: str) -> None:
    assert "contradiction" not in kinds(a, b) | kinds(b, a)
