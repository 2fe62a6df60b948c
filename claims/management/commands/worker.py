"""``manage.py worker``: runs queued comparisons until it is told to stop, and takes up those of killed workers."""

from __future__ import annotations

import logging
import sys
import time
from argparse import ArgumentParser
from datetime import timedelta
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from claims.models import Job

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
REQUEUE_SECONDS = 5.0
#: How long the queue's records of past tasks are kept; the jobs themselves stay.
KEEP_TASKS = timedelta(days=7)


class Command(BaseCommand):
    help = "Run queued comparisons until Ctrl-C or SIGTERM; one under way then goes back to the queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="Stop when the queue is empty.")

    def handle(self, *, batch: bool, **options: Any) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)  # it would report every look into the queue
        worker = ComparisonWorker()
        worker.configure_signals()
        if batch:
            worker.requeue_lost()
            worker.run()
        else:
            worker.run_until_stopped()


class ComparisonWorker(Worker):
    """django-tasks-db's worker, which ends when the queue is empty, in a loop that also looks after lost jobs."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=POLL_SECONDS,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self._requeue_at = 0.0

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop now. A running comparison is not waited for: it hands its job back, and saves all or nothing."""
        self.running = False
        self.reset_signals()
        sys.exit(0)

    def run_until_stopped(self) -> None:
        logger.info("The worker is waiting for comparisons")
        while self.running:
            try:
                self.requeue_lost()
                # Looking is only reading; taking a task locks the whole of an SQLite database.
                if DBTaskResult.objects.ready().exists():
                    self.run()
            except DatabaseError:
                logger.exception("The database does not answer; trying again")
                close_old_connections()
            if self.running:
                time.sleep(POLL_SECONDS)

    def requeue_lost(self) -> None:
        """Every few seconds at most: take up jobs whose worker died, and forget tasks of long ago."""
        if time.monotonic() < self._requeue_at:
            return
        self._requeue_at = time.monotonic() + REQUEUE_SECONDS
        if taken_up := Job.objects.requeue_lost():
            logger.warning("%d lost comparisons are queued again", taken_up)
        past = DBTaskResult.objects.exclude(status=TaskResultStatus.READY)
        past.filter(enqueued_at__lt=timezone.now() - KEEP_TASKS).delete()
