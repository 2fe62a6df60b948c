"""Fits the alignment model on annotated stories, for the vectors of one encoder, and keeps it in the package."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.evaluation import held_out
from claims.evaluation.fitting import RegressionFit, fit_close, fit_lone, fit_wide, read_examples
from claims.evaluation.gold import load_stories
from claims.pipeline.alignment import WEIGHTS
from claims.pipeline.encoder import load_encoder
from claims.pipeline.types import UnusableInput


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, help="folder of gold stories, such as ../shared/training/stories_gold")
        parser.add_argument("--readings", type=Path, default=held_out.PATH, help="what fit_pair_model left")
        parser.add_argument("--output", type=Path, default=WEIGHTS)
        parser.add_argument("--encoder", default=settings.CLAIMS_ENCODER, help="a name or folder, as in CLAIMS_ENCODER")

    def handle(self, *args, folder: Path, readings: Path, output: Path, encoder: str, **options) -> None:
        try:
            stories = load_stories(folder)
            loaded = load_encoder(encoder)
            read = held_out.load_readings(readings)
        except UnusableInput as error:
            raise CommandError(str(error)) from error
        examples = read_examples(stories, loaded, self.stderr.write)
        wide, probabilities = fit_wide(examples)
        close, _ = fit_close(examples, probabilities, read)
        stored = json.loads(output.read_text(encoding="utf-8")) if output.exists() else {}
        stored[loaded.name] = {
            "fitted_on": f"{len(stories)} annotated stories, {len(examples.same)} candidate pairs",
            "encoder_sha256": loaded.sha256,
            "wide": self._told("wide", wide),
            "close": self._told("close", close),
            "lone": self._told("lone", fit_lone(examples, probabilities, read)),
        }
        output.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")

    def _told(self, look: str, fit: RegressionFit) -> dict[str, Any]:
        self.stdout.write(
            f"{look}: threshold {fit.threshold:.2f}: P {fit.precision:.3f} R {fit.recall:.3f} F1 {fit.f1:.3f}"
        )
        return asdict(fit)
