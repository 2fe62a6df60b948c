"""Fits the alignment model on a folder of annotated stories and writes its weights into the package."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.evaluation.fitting import fit_alignment
from claims.evaluation.gold import load_story
from claims.pipeline.alignment import WEIGHTS
from claims.pipeline.encoder import load_encoder
from claims.pipeline.types import UnusableInput


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, help="folder of gold stories, such as ../shared/training/stories_gold")
        parser.add_argument("--output", type=Path, default=WEIGHTS)

    def handle(self, *args, folder: Path, output: Path, **options) -> None:
        try:
            stories = [load_story(path) for path in sorted(folder.glob("*.json"))]
            if not stories:
                raise UnusableInput(f"{folder} holds no *.json gold stories.")
            encoder = load_encoder(settings.CLAIMS_ENCODER)
            fit = fit_alignment(stories, encoder, self.stderr.write)
        except UnusableInput as error:
            raise CommandError(str(error)) from error
        stored = {
            "fitted_on": f"{fit.stories} annotated stories, {fit.pairs} candidate pairs",
            "encoder": encoder.name,
            "encoder_sha256": encoder.sha256,
            "cross_validated": {"precision": fit.precision, "recall": fit.recall, "f1": fit.f1},
            "threshold": fit.threshold,
            "bias": fit.bias,
            "weights": fit.weights,
        }
        output.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"threshold {fit.threshold:.2f}: P {fit.precision:.3f} R {fit.recall:.3f} F1 {fit.f1:.3f}")
