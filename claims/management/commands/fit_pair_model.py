"""Fits the pair model on entailment and annotated stories, and writes its weights into the package. Takes an hour."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.evaluation.gold import load_stories
from claims.evaluation.held_out import PATH, save_readings
from claims.pipeline.pair_model import WEIGHTS
from claims.pipeline.types import UnusableInput

FOLDS = 3


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, help="holds nli.jsonl and stories_gold/, such as ../shared/training")
        parser.add_argument("--output", type=Path, default=WEIGHTS)
        parser.add_argument(
            "--readings",
            type=Path,
            default=PATH,
            help="readings of each story by a network that was not fitted on it, which fit_alignment needs",
        )

    def handle(self, *args, folder: Path, output: Path, readings: Path, **options) -> None:
        import safetensors.torch

        from claims.evaluation import pair_fitting
        from claims.evaluation.fitting import candidates, fit_wide, read_examples
        from claims.pipeline.encoder import load_encoder

        try:
            stories = load_stories(folder / "stories_gold")
            items = pair_fitting.load_entailment(folder / "nli.jsonl")
        except UnusableInput as error:
            raise CommandError(str(error)) from error
        examples = read_examples(stories, load_encoder(settings.CLAIMS_ENCODER), self.stderr.write)
        pairs = candidates(stories, examples, fit_wide(examples)[1])
        fitter = pair_fitting.Fitter(self.stderr.write)
        start = fitter.on_entailment(items).state_dict()
        save_readings(fitter.held_out_readings(start, pairs, items, FOLDS), readings)
        network = fitter.on_stories(start, pairs, items, seed=FOLDS)
        safetensors.torch.save_file(pair_fitting.half_precision(network), output)
        digest = hashlib.sha256(output.read_bytes()).hexdigest()
        self.stdout.write(f"{output}: {output.stat().st_size / 1e6:.1f} MB, WEIGHTS_SHA256 = {digest}")
