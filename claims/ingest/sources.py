"""A source as the command line names it: a file's path or a web address."""

from __future__ import annotations

import re
from pathlib import Path

from claims.pipeline.types import UnusableInput

from .extracted import Extracted
from .files import LARGEST_FILE, read_file

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


def read_source(source: str) -> Extracted:
    """The article at a path or an http(s) address. Raises UnusableInput, in one line that begins with the source."""
    if ADDRESS.match(source.strip()):
        from .fetch import fetch_article

        try:
            return fetch_article(source)
        except UnusableInput as error:
            raise UnusableInput(f"{source}: {error}") from error
    return read_file(source, read_bytes(source))


def read_bytes(source: str) -> bytes:
    path = Path(source)
    try:
        if path.is_dir():
            raise UnusableInput(f"{source}: This is a folder. Name the files in it.")
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UnusableInput(f"{source}: There is no such file. Check the path.") from None
    except (OSError, ValueError) as error:
        if isinstance(error, UnusableInput):
            raise
        raise UnusableInput(f"{source}: The file cannot be read. Check its permissions.") from error
