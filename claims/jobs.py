"""What runs in the background: comparisons, by way of the ``django.tasks`` interface.

The queue neither notices a killed worker nor runs a task again. So the truth about a job is its row
(``claims.models.Job``), and a task only hints that there may be work: it may come late, twice, or for a finished job.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend, task
from django_tasks.exceptions import TaskResultDoesNotExist

from claims.comparison import compute, save_result
from claims.models import Job
from claims.models.job import LOST_AFTER, JobTaken
from claims.pipeline.types import UnusableInput

logger = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
#: Progress is written at most this often: readers poll every 0.7 s, and each write is a transaction.
REPORT_SECONDS = 0.3


def enqueue(job_id: int) -> None:
    """Hand the job to the queue and keep the queue's name for it, so that a job that fell out of it is noticed."""
    result = compare.enqueue(job_id)
    Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(task_id=result.id)


def is_in_queue(task_id: str) -> bool:
    """Whether a worker will take up, or has just taken up, this task."""
    if not task_id or not default_task_backend.supports_get_result:
        return False
    try:
        result = default_task_backend.get_result(task_id)
    except TaskResultDoesNotExist:
        return False
    if result.status == TaskResultStatus.RUNNING and result.started_at:
        return result.started_at > timezone.now() - LOST_AFTER  # else its worker died before it claimed the job
    return result.status == TaskResultStatus.READY


@task()
def compare(job_id: int) -> None:
    """Compare the job's story. Saving and finishing are one transaction, bound to this worker's claim on the job."""
    job = Job.objects.claim(job_id)
    if job is None:
        return
    try:
        with heartbeat(job):
            result = compute(job.story, ThrottledReport(job))
            job.report("save", 0, 0)
            with transaction.atomic():
                job.finish(save_result(job.story, result))
    except JobTaken:
        logger.warning("%s goes on in another worker", job)
    except UnusableInput as error:
        job.fail(str(error))
    except Exception as error:
        logger.exception("%s failed", job)
        job.fail(fault(error))
    except BaseException:  # the worker is told to stop: the next one takes the job up
        job.give_back()
        raise


def fault(error: Exception) -> str:
    """What a reader is told of an error that is no fault of the articles."""
    if isinstance(error, MemoryError):
        return "The computer ran out of memory. Shorten or remove the longest article, then try again."
    return (
        f"Something went wrong inside the program ({type(error).__name__}); the details are in its log. "
        "Your articles are all here. Try again; if it fails again, tell whoever looks after this server."
    )


class ThrottledReport:
    """The pipeline's progress callback: writes each new stage at once, and within a stage not too often."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._stage = ""
        self._next = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage == self._stage and now < self._next:
            return
        self._stage, self._next = stage, now + REPORT_SECONDS
        self._job.report(stage, done, total)


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Show that the worker lives while the body runs, which may say nothing for long while it loads a model."""
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(BEAT_SECONDS):
                try:
                    job.beat()
                except DatabaseError:
                    logger.warning("No heartbeat for %s: the database is busy", job, exc_info=True)
        except JobTaken:
            pass  # the body learns it at its next report
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(BEAT_SECONDS)
