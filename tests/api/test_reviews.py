"""Review sessions and votes through the API: the same rules as the judging page's form."""

from __future__ import annotations

import uuid

import pytest

from claims.models import Verdict
from claims.policies import Role
from claims.review import settling
from claims.review.opening import Plan, open_session
from tests.factories import make_member

from .world import World


@pytest.fixture
def reviewer(world: World):
    return world.program("reviewer")


def verdicts_of(world: World) -> str:
    return f"sessions/{world.session.pk}/items/{world.item.number}/verdicts"


def test_the_same_verdict_sent_twice_counts_once(world: World, reviewer):
    given = world.verdict(answer="agree")
    first, second = (reviewer.post(verdicts_of(world), given) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert (first.json()["answer"], first.json()["mine"]) == ("agree", True)
    assert Verdict.objects.count() == 1


def test_another_verdict_is_a_change_of_mind(world: World, reviewer):
    for answer in ("agree", "apart"):
        assert reviewer.post(verdicts_of(world), world.verdict(answer=answer)).status_code == 200
    assert [v.version for v in Verdict.objects.all()] == [1, 2]
    [found] = reviewer.get(f"sessions/{world.session.pk}/verdicts").json()["results"]
    assert (found["item"], found["answer"], found["says"]) == (world.item.number, "apart", "not the same claim")


def test_words_are_chosen_by_what_they_say(world: World, reviewer):
    words = world.item.a_text.split()[0]
    given = world.verdict(answer="diverge", kinds=["number"], a_words=words)
    sent = reviewer.post(verdicts_of(world), given).json()
    assert sent["kinds"] == ["number"]
    assert sent["a"] == {"start": 0, "end": len(words), "text": words}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"answer": "diverge"}, "__all__"),
        ({"answer": "diverge", "kinds": ["weather"]}, "kinds"),
        ({"answer": "diverge", "kinds": ["number"], "a_words": "words of nobody"}, "__all__"),
        ({"answer": "absent"}, "__all__"),
        ({"answer": "perhaps"}, "answer"),
        ({"token": "1"}, "token"),
        ({"fingerprint": "0"}, "fingerprint"),
        ({"vote": "agree"}, "vote"),
    ],
)
def test_a_verdict_that_makes_no_sense_is_told_by_its_field(world: World, reviewer, given, field):
    answer = reviewer.post(verdicts_of(world), world.verdict(**given))
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert not Verdict.objects.exists()


def test_a_verdict_on_an_item_as_it_was_does_not_count(world: World, reviewer):
    answer = reviewer.post(verdicts_of(world), world.verdict(fingerprint="0" * 64))
    assert answer.status_code == 409
    assert "changed since" in answer.json()["errors"]["__all__"][0]


def test_a_sealed_session_takes_no_verdict(world: World, reviewer):
    settling.reveal(world.session.pk, world.members["editor"])
    for sealed in (False, True):
        if sealed:
            settling.seal(world.session.pk, world.members["editor"])
        answer = reviewer.post(verdicts_of(world), world.verdict())
        assert answer.status_code == 409
        assert ("sealed" if sealed else "revealed") in answer.json()["errors"]["__all__"][0]
    assert not Verdict.objects.exists()


def test_an_item_that_does_not_exist_is_not_there(world: World, reviewer):
    answer = reviewer.post(f"sessions/{world.session.pk}/items/9999/verdicts", world.verdict())
    assert answer.status_code == 404


def test_who_is_no_judge_of_the_session_is_refused(world: World):
    late = make_member(world.story.newsroom, Role.REVIEWER)
    world.members["late"] = late
    answer = world.program("late").post(verdicts_of(world), world.verdict())
    assert answer.status_code == 403
    assert "not among the judges" in answer.json()["errors"]["__all__"][0]


def test_in_a_blind_pass_everyone_sees_their_own_votes_only(world: World, reviewer):
    reviewer.post(verdicts_of(world), world.verdict(answer="agree"))
    editor, viewer = world.program("editor"), world.program("viewer")
    item = f"sessions/{world.session.pk}/items/{world.item.number}"
    for other in (editor, viewer):
        assert other.get(f"sessions/{world.session.pk}").json()["hides_votes"] is True
        assert other.get(f"sessions/{world.session.pk}/verdicts").json()["results"] == []
        assert other.get(item).json()["verdicts"] == []
    assert [v["answer"] for v in reviewer.get(item).json()["verdicts"]] == ["agree"]
    settling.reveal(world.session.pk, world.members["editor"])
    [seen] = editor.get(f"sessions/{world.session.pk}/verdicts").json()["results"]
    assert (seen["judge"], seen["mine"]) == (str(world.members["reviewer"]), False)


def test_what_an_editor_decided_is_told_after_the_reveal(world: World, reviewer):
    editor = world.program("editor")
    reviewer.post(verdicts_of(world), world.verdict(answer="agree"))
    editor.post(verdicts_of(world), world.verdict(answer="apart"))
    settling.reveal(world.session.pk, world.members["editor"])
    ballot = world.item.verdicts.all()[0].ballot
    settling.adjudicate(
        world.session.pk, world.item.number, world.members["editor"], ballot, "Read both.", world.item.fingerprint
    )
    assert (
        reviewer.get(f"sessions/{world.session.pk}/items/{world.item.number}").json()["decision"]["answer"] == "agree"
    )


def test_sessions_and_items_are_listed(world: World, reviewer):
    [session] = reviewer.get(f"stories/{world.story.pk}/sessions").json()["results"]
    assert session == reviewer.get(f"sessions/{world.session.pk}").json()
    assert (session["state"], session["judging"]) == ("judging", True)
    items = reviewer.get(f"sessions/{world.session.pk}/items?size=100").json()
    assert session["items"] == items["count"] == world.session.items.live().count()
    assert {item["sort"] for item in items["results"]} == {"pair", "lone"}
    assert all((item["b"] is None) == (item["sort"] == "lone") for item in items["results"])
    assert reviewer.get(f"sessions/{world.session.pk}/items?show=again").json()["count"] == 0


def test_a_session_is_exported_as_on_its_page(world: World, reviewer):
    listed = {found["name"]: found["url"] for found in reviewer.get(f"sessions/{world.session.pk}/exports").json()}
    assert listed["csv"] == f"http://testserver/api/v1/sessions/{world.session.pk}/exports/csv"
    reviewer.post(verdicts_of(world), world.verdict(answer="agree"))
    sent = world.program("editor").get(f"sessions/{world.session.pk}/exports/json")
    assert sent["Content-Disposition"].startswith("attachment")
    assert world.item.fingerprint in sent.content.decode()
    own = reviewer.get(f"sessions/{world.session.pk}/exports/json").json()
    assert [item["votes"] for item in own["items"] if item["votes"]]
    assert not [item["votes"] for item in sent.json()["items"] if item["votes"]]  # a blind pass
    assert reviewer.get(f"sessions/{world.session.pk}/exports/exe").status_code == 404


def test_a_lone_sentence_is_found_by_its_id(world: World, reviewer):
    lone = world.session.items.filter(sort="lone")[0]
    other = "1.0" if lone.a_id.startswith("0.") else "0.0"
    given = world.verdict(answer="found", found=other, fingerprint=lone.fingerprint)
    sent = reviewer.post(f"sessions/{world.session.pk}/items/{lone.number}/verdicts", given).json()
    assert sent["found"]["outlet"] != lone.a_outlet
    assert sent["found"]["text"]


def test_a_vote_takes_at_most_seven_queries(world: World, reviewer, django_assert_max_num_queries):
    session = open_session(
        world.session.comparison, world.members["editor"], Plan("Open", [*world.members.values()], is_blind=False)
    )
    item = session.items.filter(sort="pair")[0]
    given = {"answer": "agree", "fingerprint": item.fingerprint, "token": str(uuid.uuid4())}
    reviewer.get("newsrooms")  # the token's last use is written down once a minute
    savepoints = 2
    with django_assert_max_num_queries(7 + savepoints):
        assert reviewer.post(f"sessions/{session.pk}/items/{item.number}/verdicts", given).status_code == 200
