"""A source as the command line names it: a file's path or a web address."""

from __future__ import annotations

import re
from pathlib import Path

from claims.pipeline.types import UnusableInput

from .extracted import Extracted
from .files import LARGEST_FILE, read_file

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


def read_source(source: str) -> Extracted:
    """The article at a path or an http(s) address. Raises UnusableInput; naming the source is its caller's part."""
    if ADDRESS.match(source.strip()):
        from .fetch import fetch_article

        return fetch_article(source)
    return read_file(source, read_bytes(Path(source)))


def read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnusableInput("This is a folder. Name the files in it.")
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UnusableInput("There is no such file. Check the path.") from None
    except UnusableInput:
        raise
    except (OSError, ValueError) as error:
        raise UnusableInput("The file cannot be read. Check its name and permissions.") from error
