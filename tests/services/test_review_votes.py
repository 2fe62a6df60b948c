"""Twenty people vote at once, in browsers of their own, against the real server on both kinds of database.

No vote is lost and none is doubled, whatever the buttons that are pressed twice, the changed minds and what is undone.
`python -m benchmarks review` does the same for a minute each.
"""

from __future__ import annotations

from pathlib import Path

from tests.browser.site import Site

from .postgres import own_database, require_postgres
from .voters import vote_at_once

#: What each person does, if it is only a vote. A count and no time: how quick the machine is does not matter.
STEPS = 8


def judge_for_a_while(folder: Path, database: str = "") -> None:
    site = Site(folder, database)
    try:
        site.start(compares=False)
        poll = vote_at_once(site, steps=STEPS)
        assert poll.what_is_wrong() == []
        assert len(poll.voters) == 20
        assert all(voter.votes for voter in poll.voters)
        assert poll.undone, "the steps hold everything that people do"
        assert " ERROR " not in site.log(), site.log()
    finally:
        site.stop()


def test_no_vote_is_lost_or_doubled_on_sqlite(tmp_path: Path):
    judge_for_a_while(tmp_path)


def test_no_vote_is_lost_or_doubled_on_postgresql(tmp_path: Path):
    require_postgres()
    with own_database("votes") as address:
        judge_for_a_while(tmp_path, address)
