"""A job's life: started once, claimed once, lost and found, finished or failed with words."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from claims import jobs
from claims.management.commands.worker import ComparisonWorker
from claims.models import Comparison, Job
from claims.models.job import LOST_AFTER, MAX_ATTEMPTS, UNQUEUED_AFTER, JobTaken
from claims.pipeline.types import ComparisonResult, UnusableInput
from tests.factories import RUN, make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    story = make_story()
    make_article(story)
    make_article(story)
    return story


@pytest.fixture
def run_worker(monkeypatch):
    """Runs all that is queued. The worker would close the connection, and with it the test's transaction."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    return lambda: ComparisonWorker().run()


@pytest.fixture
def computed(monkeypatch):
    """Comparisons without a model; returns the stories that were computed."""
    stories = []

    def compute(story, progress):
        progress("split", 1, 2)
        progress("embed", 41, 90)
        stories.append(story)
        return ComparisonResult(tuple(a.as_source() for a in story.articles.all()), (), {}, (), (), (), RUN)

    monkeypatch.setattr(jobs, "compute", compute)
    return stories


def start(story, capture):
    with capture(execute=True):
        return Job.objects.start(story)


def claim(job):
    claimed = Job.objects.claim(job.pk)
    assert claimed
    return claimed


def silence(job, since=LOST_AFTER):
    """As if nothing had been heard of the job for longer than ``since``."""
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - since - timedelta(seconds=1))


def test_a_started_job_is_run_by_the_worker(story, computed, run_worker, django_capture_on_commit_callbacks):
    job = start(story, django_capture_on_commit_callbacks)
    assert job.state == "queued"
    run_worker()
    job.refresh_from_db()
    assert job.state == "done"
    assert job.comparison == Comparison.objects.get(story=story)
    assert job.finished_at
    assert computed == [story]


def test_pressing_twice_joins_the_running_job(story, computed, django_capture_on_commit_callbacks):
    first = start(story, django_capture_on_commit_callbacks)
    assert start(story, django_capture_on_commit_callbacks) == first
    Job.objects.claim(first.pk)
    assert start(story, django_capture_on_commit_callbacks) == first
    assert DBTaskResult.objects.count() == 1


def test_a_job_is_queued_only_when_its_transaction_is_committed(story, django_capture_on_commit_callbacks):
    def start_and_fail():
        with transaction.atomic():
            Job.objects.start(story)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        start_and_fail()
    assert not DBTaskResult.objects.exists()
    assert not Job.objects.exists()


def test_a_job_is_claimed_once(story):
    job = Job.objects.create(story=story)
    assert Job.objects.claim(job.pk)
    assert Job.objects.claim(job.pk) is None


def test_a_task_that_comes_twice_compares_once(story, computed):
    job = Job.objects.create(story=story)
    jobs.compare.call(job.pk)
    jobs.compare.call(job.pk)
    assert len(computed) == 1
    assert Comparison.objects.count() == 1


def test_progress_is_told_in_words(story):
    job = claim(Job.objects.create(story=story))
    assert job.says == "Starting"
    job.report("embed", 41, 90)
    job.refresh_from_db()
    assert job.says == "Embedding 41 of 90 sentences"
    percents = []
    for stage, done in [
        ("split", 0),
        ("split", 2),
        ("load", 0),
        ("embed", 1),
        ("align", 0),
        ("relate", 1),
        ("save", 0),
    ]:
        job.report(stage, done, 2)
        percents.append(job.percent)
    assert percents == sorted(percents)
    assert percents[-1] < 100


def test_progress_is_written_at_most_a_few_times_a_second(story, django_assert_num_queries):
    job = claim(Job.objects.create(story=story))
    report = jobs.ThrottledReport(job)
    with django_assert_num_queries(2):
        for done in range(500):
            report("embed", done, 500)
        for done in range(500):
            report("relate", done, 500)


def test_unusable_articles_fail_the_job_in_their_own_words(story, monkeypatch):
    def compute(story, progress):
        raise UnusableInput("The article of Harbour Post is in Finnish, which the encoder does not read.")

    monkeypatch.setattr(jobs, "compute", compute)
    job = Job.objects.create(story=story)
    jobs.compare.call(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.error == "The article of Harbour Post is in Finnish, which the encoder does not read."


def test_a_fault_of_ours_fails_the_job_with_a_sentence_and_is_logged(story, monkeypatch, caplog):
    def compute(story, progress):
        raise KeyError("secret detail")

    monkeypatch.setattr(jobs, "compute", compute)
    job = Job.objects.create(story=story)
    with caplog.at_level(logging.ERROR, logger="claims.jobs"):
        jobs.compare.call(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "KeyError" in job.error
    assert "Try again" in job.error
    assert "secret detail" not in job.error
    assert "secret detail" in caplog.text


def test_a_failed_job_can_be_tried_again(story, computed, run_worker, django_capture_on_commit_callbacks):
    claim(start(story, django_capture_on_commit_callbacks)).fail("It went wrong.")
    again = start(story, django_capture_on_commit_callbacks)
    run_worker()
    again.refresh_from_db()
    assert again.state == "done"


def test_a_silent_workers_job_is_queued_again_and_done_by_another(
    story, computed, run_worker, django_capture_on_commit_callbacks
):
    job = start(story, django_capture_on_commit_callbacks)
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
    assert Job.objects.claim(job.pk)
    assert Job.objects.requeue_lost() == 0
    silence(job)
    with django_capture_on_commit_callbacks(execute=True):
        assert Job.objects.requeue_lost() == 1
        assert Job.objects.requeue_lost() == 0
    run_worker()
    job.refresh_from_db()
    assert job.state == "done"
    assert job.attempts == 2


def test_a_worker_that_was_taken_for_dead_saves_nothing(story, monkeypatch, computed):
    job = Job.objects.create(story=story)
    compute = jobs.compute

    def slow(story, progress):
        result = compute(story, progress)
        silence(job)
        Job.objects.requeue_lost()
        Job.objects.claim(job.pk)
        return result

    monkeypatch.setattr(jobs, "compute", slow)
    jobs.compare.call(job.pk)
    job.refresh_from_db()
    assert job.state == "running"
    assert job.attempts == 2
    assert not Comparison.objects.exists()


def test_of_two_workers_at_the_end_only_one_can_save(story, computed):
    job = Job.objects.create(story=story)
    first = claim(job)
    silence(job)
    Job.objects.requeue_lost()
    second = claim(job)
    second.finish(Comparison.objects.create(story=story, run={}))
    with pytest.raises(JobTaken), transaction.atomic():
        first.finish(Comparison.objects.create(story=story, run={}))
    assert Comparison.objects.count() == 1


def test_after_three_silent_attempts_the_job_fails_with_advice(story):
    job = Job.objects.create(story=story)
    for _ in range(MAX_ATTEMPTS):
        assert Job.objects.claim(job.pk)
        silence(job)
        Job.objects.requeue_lost()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "started 3 times" in job.error
    assert "Try again" in job.error


def test_a_job_whose_place_in_the_queue_is_gone_is_queued_again(
    story, computed, run_worker, django_capture_on_commit_callbacks
):
    job = start(story, django_capture_on_commit_callbacks)
    silence(job, UNQUEUED_AFTER)
    assert Job.objects.requeue_lost() == 0, "it still stands in the queue"
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert Job.objects.requeue_lost() == 1
    run_worker()
    job.refresh_from_db()
    assert job.state == "done"


def test_a_worker_killed_between_taking_the_task_and_the_job_loses_nothing(story, django_capture_on_commit_callbacks):
    job = start(story, django_capture_on_commit_callbacks)
    long_ago = timezone.now() - LOST_AFTER - timedelta(seconds=1)
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago)
    silence(job)
    assert Job.objects.requeue_lost() == 1


def test_a_worker_told_to_stop_hands_its_job_back(story, monkeypatch):
    def compute(story, progress):
        raise SystemExit(0)

    monkeypatch.setattr(jobs, "compute", compute)
    job = Job.objects.create(story=story)
    with pytest.raises(SystemExit):
        jobs.compare.call(job.pk)
    job.refresh_from_db()
    assert job.state == "queued"
    assert job.error == ""


def test_a_long_silent_stage_keeps_its_heartbeat(story, monkeypatch):
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.01)
    beats = []
    monkeypatch.setattr(Job, "beat", lambda self: beats.append(self.pk))
    job = Job.objects.create(story=story)
    with jobs.heartbeat(job):
        deadline = timezone.now() + timedelta(seconds=5)
        while len(beats) < 3 and timezone.now() < deadline:
            pass
    assert len(beats) >= 3
    assert not any(thread.name.startswith("heartbeat") for thread in threading.enumerate())


def at_once(work, workers=8):
    """What ``work`` gives in several threads, each with a connection of its own."""

    def one(_):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, range(workers)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads cannot share SQLite's database in memory")
def test_of_many_who_press_and_claim_at_once_one_starts_and_one_works():
    story = make_story()
    assert len({job.pk for job in at_once(lambda: Job.objects.start(story))}) == 1
    assert DBTaskResult.objects.count() == 1
    job = story.jobs.get()
    assert sum(claimed is not None for claimed in at_once(lambda: Job.objects.claim(job.pk))) == 1
    silence(job)
    assert sum(at_once(Job.objects.requeue_lost)) == 1
