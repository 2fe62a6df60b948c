"""Files and pages from strangers make the libraries that read them fail in ways of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from claims.pipeline.types import UnusableInput


@contextmanager
def refusing(message: str) -> Iterator[None]:
    """Whatever goes wrong within is told as ``message``, unless it was told as an UnusableInput already."""
    try:
        yield
    except UnusableInput:
        raise
    except Exception as error:
        raise UnusableInput(message) from error
