"""Fits every part of the engine that is fitted, in order, and writes the weights into the package. Takes an hour."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand

from claims.pipeline.encoder import PACKAGED


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, help="holds nli.jsonl and stories_gold/, such as ../shared/training")
        parser.add_argument("stances", type=Path, help="annotated pairs, such as ../shared/eval/relation.jsonl")

    def handle(self, *args, folder: Path, stances: Path, **options) -> None:
        stories = folder / "stories_gold"
        call_command("fit_pair_model", folder)
        self.stdout.write("Write that hash into claims/pipeline/pair_model.py, or the new weights will be refused.")
        for encoder in PACKAGED:
            call_command("fit_alignment", stories, encoder=encoder)
        call_command("fit_relations", stories)
        call_command("fit_stance", stances)
