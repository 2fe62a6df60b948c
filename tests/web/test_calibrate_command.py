"""``manage.py calibrate``: a newsroom's probabilities fitted to its own verdicts."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from claims.exports.report import run_facts
from claims.models import Calibration, Outcome
from claims.pipeline.calibration import Scale, models_of
from claims.review.outcomes import key_of
from tests.factories import make_compared_story, make_newsroom
from tests.review.makers import judge_all, judges_of, make_session, reveal

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(monkeypatch):
    """One of which two stories were judged; what was found there is set by ``judged``, and not counted anew."""
    monkeypatch.setattr("claims.management.commands.calibrate.recount", lambda newsroom: None)
    return make_compared_story(title="First").newsroom


def judged(newsroom, count: int, truth: Scale, stories: int = 2, seed: int = 5) -> None:
    """Outcomes that are right as often as ``truth`` says of the probability."""
    rng = np.random.default_rng(seed)
    sessions = [make_session(make_compared_story(title=f"Story {n}")) for n in range(stories)]
    items = [session.items.filter(sort="pair")[0] for session in sessions]
    key = key_of(models_of(sessions[0].comparison.run))
    Outcome.objects.bulk_create(
        Outcome(
            newsroom=newsroom,
            item=items[n % stories],
            fingerprint=f"{n:064}",
            about="same",
            models_sha256=key,
            probability=(p := float(rng.uniform(0.3, 0.99))),
            percent=int(p * 100),
            is_confirmed=bool(rng.uniform() < truth.tell(p)),
        )
        for n in range(count)
    )


def calibrate(*words: str) -> str:
    out = StringIO()
    call_command("calibrate", *words, stdout=out)
    return out.getvalue()


def test_it_reports_before_and_after_with_n_and_stores_nothing(newsroom):
    judged(newsroom, 200, Scale(0.4, -0.6))
    told = calibrate()
    assert "200 verdicts on what the models of the latest comparison proposed" in told
    assert "n 200" in told
    for name in ("Brier score", "log loss", "calibration error", "95%"):
        assert name in told
    assert "--apply stores it" in told
    assert "below it the scale is a guess" in told
    assert not Calibration.objects.exists()


def test_applied_it_is_stored_with_what_it_is_valid_for_and_can_be_taken_back(newsroom):
    judged(newsroom, 200, Scale(0.4, -0.6))
    assert "Stored." in calibrate("--apply")
    made = Calibration.objects.get(newsroom=newsroom)
    assert 0 < made.slope < 1
    assert (made.n, made.encoder_sha256) == (200, "0" * 64)
    assert made.figures["after"]["log_loss"] < made.figures["before"]["log_loss"]
    calibrate("--apply", "--newsroom", str(newsroom.pk))
    assert Calibration.objects.count() == 1
    assert "back to the models’ own" in calibrate("--reset")
    assert not Calibration.objects.exists()
    assert "has none" in calibrate("--reset")


def test_what_gets_worse_on_verdicts_held_back_is_stored_only_if_told_so(newsroom, monkeypatch):
    judged(newsroom, 200, Scale(0.4, -0.6))
    monkeypatch.setattr("claims.evaluation.refitting.Refit.is_better", False)
    assert "no better than the models’ own" in calibrate()
    with pytest.raises(CommandError, match="Nothing was stored, since it is no better"):
        calibrate("--apply")
    assert not Calibration.objects.exists()
    calibrate("--apply", "--even-if-worse")
    assert Calibration.objects.exists()


def test_too_few_or_one_sided_verdicts_are_refused_in_a_line(newsroom):
    with pytest.raises(CommandError, match=r"There are 0 verdicts, and it takes 50 .* Nothing was changed\."):
        calibrate("--apply")
    judged(newsroom, 80, Scale(1, 50))
    with pytest.raises(CommandError, match="80 were confirmed and 0 were not"):
        calibrate("--apply")
    assert not Calibration.objects.exists()


def test_verdicts_on_what_other_models_proposed_are_left_out(newsroom):
    judged(newsroom, 200, Scale(0.4, -0.6))
    Outcome.objects.filter(fingerprint__gte=f"{150:064}").update(models_sha256="f" * 64)
    told = calibrate()
    assert "150 verdicts on what the models" in told
    assert "Left out: 50 on what other models proposed" in told


def test_a_newsroom_is_named_where_there_are_several(newsroom):
    other = make_newsroom("Daily Courier")
    with pytest.raises(CommandError, match=r"Name one newsroom.*Daily Courier"):
        calibrate()
    with pytest.raises(CommandError, match="Name one newsroom"):
        calibrate("--newsroom", "Nobody’s")
    with pytest.raises(CommandError, match="has compared nothing yet"):
        calibrate("--newsroom", other.name)
    with pytest.raises(CommandError, match="Choose one of"):
        calibrate("--apply", "--reset")


def test_sessions_are_counted_anew_first():
    session = make_session()
    for judge in judges_of(session):
        judge_all(session, judge)
    reveal(session)
    Outcome.objects.all().delete()
    pairs = session.items.filter(sort="pair").count()
    with pytest.raises(CommandError, match=f"There are {pairs} verdicts"):
        calibrate()
    assert Outcome.objects.filter(about="same").count() == pairs


def test_exports_say_which_scale_and_threshold_a_comparison_was_made_with():
    run = {
        "thresholds": {"alignment": 0.4, "candidates": 10},
        "model_threshold": 0.3,
        "calibration": {"slope": 0.8, "intercept": -0.25, "n": 120, "made_at": "2026-11-26T08:00:00+00:00"},
        "alignment_sha256": "a" * 64,
    }
    facts = dict(run_facts(run))
    assert facts["Thresholds"] == "alignment 0.4 (chosen; the model’s own: 0.3), candidates 10"
    assert facts["Calibration"] == "by 120 verdicts, 2026-11-26: slope 0.8, intercept -0.25"
    assert facts["Alignment weights, SHA-256"] == "a" * 64
    assert dict(run_facts({"thresholds": {"alignment": 0.3}, "model_threshold": 0.3}))["Thresholds"] == "alignment 0.3"
