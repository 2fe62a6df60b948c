"""Two sentences read together by a small cross-encoder: is it the same claim, and does one imply or exclude the other?

The network (``pair_network.py``) is fitted by ``manage.py fit_pair_model``; docs/model-card.md is its card. Its word
embeddings are the encoder package's own, so only the layers above them are stored here, in half precision. Whoever has
a larger model of entailment can name it (``CLAIMS_RELATION_MODEL``): it then reads entailment, and ours the rest.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, get_args

import numpy as np

from .encoder import computes_bf16
from .packaged import minilm_folder, weights_sha256
from .types import Kind, UnusableInput

NAME = "pair-model-1"
WEIGHTS = Path(__file__).with_name("pair_model.safetensors")
#: What ``WEIGHTS`` must be, so that a damaged or half-fetched file is never asked for an opinion.
WEIGHTS_SHA256 = "99651fac5c1411c57b43813c6de59f0ec56d3ea1671f114325e4ec87262b20f9"

#: What an entailment model tells apart; with the rest, the columns of ``Readings.outputs``. Their order is written here
#: alone. Those after "same" were targets while the network was fitted (by which kind the two diverge, if the claim is
#: the same); nothing reads them.
ENTAILMENT = ("entailment", "neutral", "contradiction")
OUTPUTS = (*ENTAILMENT, "same", *(f"kind_{kind}" for kind in get_args(Kind)), "any_kind")
#: Pairs a call of the network, and between two reports of progress. Sorted by length, they pad little.
BATCH = 32

Pair = tuple[str, str]
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Readings:
    """What a reader says of pairs of sentences: ``outputs``, shape (pairs, len(OUTPUTS)), as log-odds.

    The first three are relative to each other: whether the first sentence of a pair implies, does not settle, or
    excludes the second.
    """

    outputs: np.ndarray

    @property
    def same(self) -> np.ndarray:
        """Log-odds that both state one claim, shape (pairs,)."""
        return self.outputs[:, OUTPUTS.index("same")]

    @property
    def entailment(self) -> np.ndarray:
        """Probabilities in the order of ``ENTAILMENT``, shape (pairs, 3)."""
        relative = np.exp(self.outputs[:, :3] - self.outputs[:, :3].max(axis=1, keepdims=True, initial=-np.inf))
        return relative / relative.sum(axis=1, keepdims=True)


class PairReader(Protocol):
    """Reads pairs of sentences together. ``name`` and ``sha256`` say which model gave an opinion."""

    name: str
    sha256: str

    def load(self) -> None: ...

    def read(self, pairs: Sequence[Pair], progress: Report | None = None) -> Readings:
        """Readings in the order of ``pairs``; the same pair reads the same in whatever company."""
        ...


class OwnReader:
    """The model that comes with this version. Import of torch and loading of weights wait for the first pair."""

    name = NAME

    def __init__(self, weights: Path = WEIGHTS, sha256: str = WEIGHTS_SHA256) -> None:
        self.sha256 = sha256
        self._weights = weights

    @functools.cached_property
    def _network(self) -> tuple[Any, Any]:
        import safetensors.torch
        import torch

        from . import pair_network

        found = hashlib.sha256(self._weights.read_bytes()).hexdigest() if self._weights.exists() else "missing"
        if found != self.sha256:
            raise UnusableInput(
                f"The weights in {self._weights} are damaged (SHA-256 {found[:12]}…, expected {self.sha256[:12]}…). "
                "Install this version again."
            )
        folder = minilm_folder()
        network = pair_network.PairNetwork(folder)
        network.load_state_dict(safetensors.torch.load_file(self._weights), strict=False)
        network = network.to(torch.bfloat16 if computes_bf16(torch) else torch.float32).eval()
        return network, pair_network.load_tokenizer(folder)

    def load(self) -> None:
        self._network  # noqa: B018 - a cached property: reading it loads it

    def read(self, pairs: Sequence[Pair], progress: Report | None = None) -> Readings:
        import torch

        from . import pair_network

        network, tokenizer = self._network
        texts = {text: n for n, text in enumerate(dict.fromkeys(text for pair in pairs for text in pair))}
        tokens = pair_network.tokenise(tokenizer, list(texts)) if texts else []
        # Each pair is read once, and who shares a batch with whom does not depend on the order of articles.
        distinct = sorted(set(pairs), key=lambda p: (len(tokens[texts[p[0]]]) + len(tokens[texts[p[1]]]), p))
        rows = [(tokens[texts[a]], tokens[texts[b]]) for a, b in distinct]
        outputs = np.zeros((len(rows), len(OUTPUTS)))
        with torch.inference_mode():
            for at in range(0, len(rows), BATCH):
                part = rows[at : at + BATCH]
                outputs[at : at + BATCH] = network.outputs(*pair_network.batch(tokenizer, part)).numpy()
                if progress:
                    progress(min(at + BATCH, len(rows)), len(rows))
        place = {pair: n for n, pair in enumerate(distinct)}
        return Readings(outputs[[place[pair] for pair in pairs]])


class EntailmentReader:
    """A cross-encoder of the user's choice reads entailment; ``own`` reads whether the claim is the same.

    The model is one for three-way entailment whose configuration names its labels (``id2label``).
    """

    def __init__(self, name: str, own: PairReader) -> None:
        self.name = Path(name).name if Path(name).is_dir() else name
        self.sha256 = weights_sha256(Path(name)) if Path(name).is_dir() else hashlib.sha256(name.encode()).hexdigest()
        self._source, self._own = name, own

    @functools.cached_property
    def _model(self) -> tuple[Any, list[int]]:
        from sentence_transformers import CrossEncoder

        try:
            model = CrossEncoder(self._source, device="cpu")
        except Exception as error:
            # Whatever a foreign folder makes its loader raise, it means that this setting has to be mended.
            raise UnusableInput(
                f"The relation model {self._source} cannot be loaded ({str(error).splitlines()[0][:200]}). "
                "Set CLAIMS_RELATION_MODEL to a cross-encoder for entailment, or leave it empty."
            ) from error
        return model, _columns(self._source, model.config.id2label)

    def load(self) -> None:
        self._own.load()
        self._model  # noqa: B018 - as above

    def read(self, pairs: Sequence[Pair], progress: Report | None = None) -> Readings:
        outputs = self._own.read(pairs, progress).outputs
        model, columns = self._model
        if pairs:
            told = np.asarray(model.predict(list(pairs), apply_softmax=True, show_progress_bar=False))
            outputs[:, : len(ENTAILMENT)] = np.log(np.clip(told[:, columns], 1e-6, 1))
        return Readings(outputs)


def _columns(source: str, labels: dict[int, str]) -> list[int]:
    """Where a model gives each of ``ENTAILMENT``. Raises UnusableInput when its labels are others."""
    at = {label.lower(): int(column) for column, label in labels.items()}
    if set(at) != set(ENTAILMENT):
        raise UnusableInput(
            f"The relation model {source} tells {', '.join(sorted(at))} apart, where entailment, neutral and "
            "contradiction are needed. Set CLAIMS_RELATION_MODEL to a model for entailment, or leave it empty."
        )
    return [at[label] for label in ENTAILMENT]


@functools.cache
def load_reader(name: str = "") -> PairReader:
    """The reader that ``name`` (a cross-encoder's name or folder; empty: ours alone) means; one a process.

    Raises UnusableInput when the folder does not exist or holds no weights.
    """
    if not name:
        return OwnReader()
    if name.startswith((".", "/")) and not Path(name).is_dir():
        raise UnusableInput(f"CLAIMS_RELATION_MODEL names {name}, and no such folder exists.")
    return EntailmentReader(name, OwnReader())
