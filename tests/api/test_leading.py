"""Review sessions led through the API: the same functions as the pages', and the same refusals."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from claims.comparison.load import load_result
from claims.models import Adjudication, Note, ReviewSession, Seat, Verdict
from claims.policies import Role
from claims.review.judges import LAST_JUDGE
from tests.factories import make_member, make_story
from tests.review.makers import AGREE, APART, compare_again, judge_of, reworded, vote

from .world import Program, World


@pytest.fixture
def editor(world: World) -> Program:
    return world.program("editor")


@pytest.fixture
def reviewer(world: World) -> Program:
    return world.program("reviewer")


def at(world: World, rest: str) -> str:
    return f"sessions/{world.session.pk}/{rest}"


def item_at(world: World, rest: str) -> str:
    return at(world, f"items/{world.item.number}/{rest}")


def told(answer: Any) -> str:
    """The one sentence of a refusal."""
    [[sentence]] = answer.json()["errors"].values()
    return sentence


# Opening


def test_a_session_is_opened_with_what_the_page_proposes(world: World, editor):
    made = editor.post(f"stories/{world.story.pk}/sessions", {"title": " Before  we print "})
    assert made.status_code == 201
    session = ReviewSession.objects.get(pk=made.json()["id"])
    assert (session.title, session.is_blind, session.judges) == ("Before we print", True, 2)
    able = {m.pk for m in world.members.values() if m.role >= Role.REVIEWER}
    assert set(session.participants.values_list("membership", flat=True)) == able
    assert session.created_by == world.members["editor"]
    assert made.json() == editor.get(f"sessions/{session.pk}").json()


def test_a_session_is_opened_as_one_says(world: World, editor):
    people = {found["name"]: found["id"] for found in editor.get(f"newsrooms/{world.story.newsroom_id}/members").json()}
    one = people[world.members["reviewer"].label]
    given = {"title": "T", "people": [one], "is_blind": False, "rows": "filter", "relation": "diverge"}
    made = editor.post(
        f"stories/{world.story.pk}/sessions", given | {"due_on": "2026-12-24", "order": "reading"}
    ).json()
    session = ReviewSession.objects.get(pk=made["id"])
    assert (session.judges, session.is_blind, str(session.due_on)) == (1, False, "2026-12-24")
    assert set(session.items.values_list("relation", flat=True)) == {"diverge"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"people": []}, "people"),
        ({"people": [10**30]}, "people"),
        ({"judges": 3}, "judges"),
        ({"rows": "sample"}, "sample_size"),
        ({"rows": "sample", "sample_size": 0}, "sample_size"),
        ({"rows": "sample", "sample_size": 5, "seed": -1}, "seed"),
        ({"rows": "filter", "kind": "colour"}, "kind"),
        ({"rows": "filter", "outlets": ["Radio Nowhere"]}, "outlets"),
        ({"due_on": "soon"}, "due_on"),
        ({"is_open": True}, "is_open"),
    ],
)
def test_a_plan_that_makes_no_sense_is_told_by_its_field(world: World, editor, wrong, field):
    answer = editor.post(f"stories/{world.story.pk}/sessions", {"title": "T", **wrong})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert ReviewSession.objects.count() == 1


def test_people_of_other_newsrooms_and_viewers_do_not_judge(world: World, editor):
    for member in (world.outsider, world.members["viewer"]):
        answer = editor.post(f"stories/{world.story.pk}/sessions", {"title": "T", "people": [member.pk], "judges": 1})
        assert list(answer.json()["errors"]) == ["people"]
        assert member.label not in answer.content.decode()


def test_what_cannot_be_judged_is_refused(world: World, editor):
    nothing = editor.post(f"stories/{world.story.pk}/sessions", {"title": "T", "rows": "filter", "words": "zebra"})
    assert nothing.status_code == 409
    assert "Choose more rows" in told(nothing)
    empty = make_story("Nothing yet", newsroom=world.story.newsroom)
    assert "Compare the articles first" in told(editor.post(f"stories/{empty.pk}/sessions", {"title": "T"}))


# From the reveal to the seal


def test_a_session_is_revealed_settled_sealed_and_reopened(world: World, editor):
    judges = [judge_of(world.session, world.members[role]) for role in ("reviewer", "admin")]
    for judge, ballot in zip(judges, (AGREE, APART), strict=True):
        vote(world.item, judge, ballot)
    assert "Reveal the votes first" in told(editor.post(at(world, "seal")))
    assert editor.post(at(world, "reveal")).json()["state"] == "revealed"
    assert "revealed" in told(editor.post(at(world, "reveal")))
    decided = editor.post(item_at(world, "decision"), world.decision()).json()
    assert decided["decision"]["says"] == "same claim, agrees"
    assert (decided["decision"]["by"], decided["decision"]["reason"]) == (world.members["editor"].label, "One event.")
    assert len(decided["verdicts"]) == 2
    assert editor.post(at(world, "seal")).json()["state"] == "sealed"
    assert "sealed" in told(editor.post(item_at(world, "decision"), world.decision(answer="apart")))
    reopened = editor.post(at(world, "reopen"), {"because": "A reader wrote in."}).json()
    assert (reopened["state"], reopened["sealed_at"]) == ("revealed", None)
    assert editor.post(at(world, "reopen"), {"because": "x", "to_judge": True}).json()["state"] == "judging"
    world.session.refresh_from_db()
    assert world.session.find_break() is None
    assert world.session.reopened_by == world.members["editor"]


def test_a_session_is_reopened_for_a_reason(world: World, editor):
    for because in (" ", "x" * 501):
        answer = editor.post(at(world, "reopen"), {"because": because})
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["because"])
    assert editor.post(at(world, "reopen"), {"because": "Why not"}).status_code == 409


def test_nothing_is_decided_before_the_reveal(world: World, editor):
    answer = editor.post(item_at(world, "decision"), world.decision())
    assert (answer.status_code, Adjudication.objects.count()) == (409, 0)
    assert "not revealed yet" in told(answer)


def test_the_same_decision_twice_is_one_and_another_takes_its_place(world: World, editor):
    editor.post(at(world, "reveal"))
    for _ in range(2):
        assert editor.post(item_at(world, "decision"), world.decision()).status_code == 200
    assert Adjudication.objects.count() == 1
    different = world.decision(answer="diverge", kinds=["number", "date"])
    for _ in range(2):
        assert editor.post(item_at(world, "decision"), different).status_code == 200
    assert [(d.gist, d.is_current) for d in Adjudication.objects.all()] == [
        ("same agree", False),
        ("same diverge date number", True),
    ]


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"answer": "unsure"}, 409, "__all__"),
        ({"answer": "absent"}, 422, "__all__"),
        ({"answer": "diverge"}, 422, "__all__"),
        ({"reason": " \n "}, 422, "reason"),
        ({"reason": "x" * 100_000}, 422, "reason"),
        ({"kinds": ["colour"]}, 422, "kinds"),
        ({"fingerprint": "0" * 64}, 409, "__all__"),
        ({"token": "x"}, 422, "token"),
    ],
)
def test_a_decision_that_makes_no_sense_is_told(world: World, editor, wrong, status, field):
    editor.post(at(world, "reveal"))
    answer = editor.post(item_at(world, "decision"), world.decision(**wrong))
    assert (answer.status_code, list(answer.json()["errors"])) == (status, [field])
    assert not Adjudication.objects.exists()


def test_a_later_comparison_is_taken_in_and_says_what_became_of_the_items(world: World, editor):
    result = load_result(world.session.comparison)
    item = next(i for i in world.session.items.all() if "12 passengers" in i.a_text)
    later = compare_again(world.story, **reworded(result, item.a_id, "blaze", "flash"))
    given = {"comparison": later.pk}
    found = editor.post(at(world, "comparison"), given).json()
    assert item.number in found["again"]
    assert found["stand"] == world.session.items.live().count() - len(found["again"]) - found["new"]
    listed = editor.get(at(world, "items?show=again&size=100")).json()
    assert listed["count"] == len(found["again"])
    again = editor.post(at(world, "comparison"), given)
    assert again.status_code == 409
    assert "about this comparison already" in told(again)
    assert editor.post(at(world, "comparison"), {"comparison": 10**30}).status_code in {404, 422}


def test_a_judge_is_taken_out_as_on_the_page(world: World, editor):
    leaver = world.members["reviewer"]
    vote(world.item, judge_of(world.session, leaver), AGREE)
    participant = world.session.participants.get(membership=leaver)
    waited = Seat.objects.waiting().filter(participant=participant).count()
    answer = editor.post(at(world, "take-out"), {"person": leaver.pk})
    assert answer.json() == {"person": leaver.pk, "items": waited}
    assert waited > 0
    assert Seat.objects.waiting().filter(participant=participant).count() == 0
    assert Verdict.objects.filter(participant=participant, is_current=True).count() == 1
    entry = world.session.audit_entries.order_by("-number")[0].payload
    del entry["at"]
    assert entry == {
        "by": world.members["editor"].number,
        "action": "took out",
        "other": leaver.number,
        "items": waited,
    }
    world.session.refresh_from_db()
    assert world.session.find_break() is None


def test_nobody_is_taken_out_whom_the_page_would_not_take_out(world: World, editor):
    judging = [p.membership_id for p in world.session.participants.able()]
    for person in (world.outsider.pk, 10**9, 10**30):
        answer = editor.post(at(world, "take-out"), {"person": person})
        assert (answer.status_code, told(answer)) == (409, "This person does not judge in this session.")
    for person in judging[:-1]:
        assert editor.post(at(world, "take-out"), {"person": person}).status_code == 200
        assert "does not judge" in told(editor.post(at(world, "take-out"), {"person": person}))
    last = editor.post(at(world, "take-out"), {"person": judging[-1]})
    assert (last.status_code, told(last)) == (409, LAST_JUDGE)
    editor.post(at(world, "reveal"))
    assert "revealed" in told(editor.post(at(world, "take-out"), {"person": judging[-1]}))
    assert world.session.participants.there().count() == world.session.participants.count() - len(judging) + 1


# What judges do besides voting


def test_a_pair_that_was_missed_becomes_one_item(world: World, reviewer):
    pairs = set(world.session.items.values_list("a_id", "b_id"))
    a, b = next((f"0.{n}", f"1.{m}") for n in range(1, 7) for m in range(1, 7) if (f"0.{n}", f"1.{m}") not in pairs)
    given = {"comparison": world.session.comparison_id, "a": b, "b": a}
    made, again = (reviewer.post(at(world, "pairs"), given) for _ in range(2))
    assert (made.status_code, made.json()["sort"]) == (201, "added")
    assert made.json() == again.json()
    assert [made.json()[side]["id"] for side in "ab"] == [a, b]
    for wrong in ({"b": b}, {"b": "9.9"}, {"b": "²"}, {"comparison": world.session.comparison_id + 1}):
        assert reviewer.post(at(world, "pairs"), given | {"a": b} | wrong).status_code == 409
    late = make_member(world.story.newsroom, Role.REVIEWER)
    world.members["late"] = late
    assert world.program("late").post(at(world, "pairs"), given).status_code == 403


def test_a_note_stands_beside_the_votes_and_is_seen_as_on_the_pages(world: World, reviewer, editor):
    given = {"text": "  <b>See</b> page 3. ", "token": str(uuid.uuid4())}
    for _ in range(2):
        answer = reviewer.post(item_at(world, "notes"), given)
        assert answer.json()["text"] == "<b>See</b> page 3."
    assert Note.objects.count() == 1
    notes = [program.get(item_at(world, "").rstrip("/")).json()["notes"] for program in (reviewer, editor)]
    assert [len(found) for found in notes] == [1, 0], "a blind pass"
    editor.post(at(world, "reveal"))
    [note] = editor.get(item_at(world, "").rstrip("/")).json()["notes"]
    assert (note["by"], note["text"]) == (world.members["reviewer"].label, "<b>See</b> page 3.")


@pytest.mark.parametrize("text", ["", " \n ", "x" * 5001, "x" * 100_000])
def test_a_note_that_says_nothing_or_too_much_is_not_kept(world: World, reviewer, text):
    answer = reviewer.post(item_at(world, "notes"), {"text": text, "token": str(uuid.uuid4())})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["text"])
    assert not Note.objects.exists()


def test_ones_last_vote_is_taken_back(world: World, reviewer):
    for answer in ("agree", "apart"):
        reviewer.post(item_at(world, "verdicts"), world.verdict(answer=answer))
    assert reviewer.post(at(world, "undo")).json() == {"items": [world.item.number]}
    [found] = reviewer.get(at(world, "verdicts")).json()["results"]
    assert found["answer"] == "agree"
    reviewer.post(at(world, "undo"))
    assert "left to undo" in told(reviewer.post(at(world, "undo")))


def test_the_members_of_a_newsroom_are_told_without_their_addresses(world: World, reviewer):
    answer = reviewer.get(f"newsrooms/{world.story.newsroom_id}/members")
    assert {found["name"]: found["role"] for found in answer.json()} == {m.label: r for r, m in world.members.items()}
    assert "@" not in answer.content.decode()
    world.members["viewer"].end()
    assert len(reviewer.get(f"newsrooms/{world.story.newsroom_id}/members").json()) == 3
