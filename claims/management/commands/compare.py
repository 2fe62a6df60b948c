"""Compares articles without a server: files or addresses in, one result out."""

import argparse
import contextlib
import sys
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand

from claims.pipeline.types import SourceArticle, UnusableInput, no_progress


class Command(BaseCommand):
    help = "Compare articles on one event. SOURCE is a file (.txt .md .html .pdf .docx) or an http(s) address."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        from claims.pipeline.output import FORMATS

        parser.add_argument("sources", nargs="+", metavar="SOURCE")
        parser.add_argument("--outlet", action="append", default=[], help="an outlet's name; repeat it, in order")
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument("--output", type=Path, help="write here instead of to standard output")
        parser.add_argument("--encoder", default=settings.CLAIMS_ENCODER)
        parser.add_argument(
            "--threshold", type=float, help="from this probability on two sentences are one claim, 0.1 to 0.95"
        )
        parser.add_argument("--quiet", action=argparse.BooleanOptionalAction, default=False, help="no progress")

    def handle(self, *args, sources: list[str], **options) -> None:
        from claims.pipeline.compare import compare_articles
        from claims.pipeline.encoder import load_encoder
        from claims.pipeline.output import FORMATS
        from claims.pipeline.pair_model import load_reader

        articles = self._read(sources, options["outlet"])
        try:
            encoder, reader = load_encoder(options["encoder"]), load_reader(settings.CLAIMS_RELATION_MODEL)
            # Libraries that print must not mix their words into the result.
            with contextlib.redirect_stdout(sys.stderr):
                progress = no_progress if options["quiet"] else self._progress
                result = compare_articles(articles, encoder, progress, reader, options["threshold"])
        except (UnusableInput, OSError) as error:
            self._refuse([str(error)])
        self._tell(FORMATS[options["format"]](result), options["output"])

    def _tell(self, result: str, path: Path | None) -> None:
        if path is None:
            self.stdout.write(result, ending="")
            return
        try:
            path.write_text(result, encoding="utf-8")
        except OSError as error:
            self._refuse([f"{path} cannot be written: {error.strerror}"])

    def _read(self, sources: list[str], outlets: list[str]) -> list[SourceArticle]:
        """Every source, or exit status 2 with one line for each that cannot be used."""
        from claims.ingest.sources import read_source
        from claims.pipeline.text import one_line

        articles, refused = [], []
        for number, source in enumerate(sources):
            try:
                found = read_source(source)
            except UnusableInput as error:
                refused.append(f"{source}: {error}")
                continue
            named = outlets[number] if number < len(outlets) else found.outlet or Path(source).stem
            articles.append(
                SourceArticle(
                    id=str(number),
                    outlet=one_line(named),  # words of a command line may hold bytes that are no text
                    text=found.text,
                    title=found.title,
                    url=found.url,
                    byline=found.byline,
                    published_at=found.published_at,
                    language=found.language,
                    corrections=found.corrections,
                )
            )
        if refused:
            self._refuse(refused)
        return articles

    def _refuse(self, lines: list[str]) -> NoReturn:
        for line in lines:
            self.stderr.write(" ".join(line.split()))
        sys.exit(2)

    def _progress(self, stage: str, done: int, total: int) -> None:
        self.stderr.write(f"{stage}: {done} of {total}")
