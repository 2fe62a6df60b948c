"""Fits the network of ``claims/pipeline/pair_network.py``: first on entailment, then on annotated stories.

Fitted on the stories alone, such a network adds next to nothing to the regression over features (docs/adr/0009): 1,600
aligned pairs teach it too little English. So it first learns what follows from what, on 65,000 pairs of many sources,
sampled so that no source stands for one label; a fifth of what it sees afterwards is still of that kind.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from claims.pipeline.packaged import minilm_folder
from claims.pipeline.pair_model import ENTAILMENT
from claims.pipeline.pair_network import KINDS, PairNetwork, Tokens, batch, load_tokenizer, tokenise
from claims.pipeline.types import UnusableInput

from .fitting import LOWEST_READ, Candidate
from .gold import Pair

Report = Callable[[str], None]

#: At most so many pairs of a source: FEVER has no neutral class, Breaking-NLI hardly one, SNLI tells of photographs.
MOST = {"snli": 13_000, "snli_sub": 7_000, "fever": 9_000, "breaking_nli": 2_500, "control": 0}
PASSES_ENTAILMENT, PASSES_STORIES = 1.3, 1.6
RATE_ENTAILMENT, RATE_STORIES = 1.2e-4, 5e-5
BATCH = 32
#: Pairs below this probability of the wide look are far apart; one in 25 of them is kept as an easy negative.
LOWEST, EASY = 0.05, 0.04
#: What the losses weigh against each other.
WEIGHT_ENTAILMENT, WEIGHT_SAME, WEIGHT_KINDS = 0.6, 1.5, 3.0


@dataclass(frozen=True, slots=True)
class Example:
    """Two sentences as word pieces, and what the network is to say of them; None where it is not asked."""

    a: Tokens
    b: Tokens
    entailment: int | None = None
    same: bool | None = None
    kinds: tuple[float, ...] | None = None


def load_entailment(path: Path, seed: int = 0) -> list[dict]:
    """Pairs of ``nli.jsonl``, capped by source. Raises UnusableInput when the file is no such thing."""
    by_source: dict[str, list[dict]] = defaultdict(list)
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            item["label"] = ENTAILMENT.index(item["label"])
            by_source[item["source"]].append(item)
    except (OSError, ValueError, KeyError) as error:
        raise UnusableInput(f"{path} holds no pairs with premise, hypothesis, label, source ({error}).") from error
    order = random.Random(seed)  # noqa: S311 - an order, not a secret # nosec B311
    kept: list[dict] = []
    for source, items in sorted(by_source.items()):
        order.shuffle(items)
        kept += items[: MOST.get(source, len(items))]
    return kept


class Fitter:
    """Fits networks with one tokenizer. Deterministic for a number of threads and a version of torch."""

    def __init__(self, report: Report) -> None:
        self.folder = minilm_folder()
        self.tokenizer = load_tokenizer(self.folder)
        self.report = report

    def on_entailment(self, items: Sequence[dict], seed: int = 0) -> PairNetwork:
        """A network that has learnt entailment alone."""
        torch.manual_seed(seed)
        network = PairNetwork(self.folder)
        self._fit(network, self._entailment(items), PASSES_ENTAILMENT, RATE_ENTAILMENT, seed)
        return network

    def on_stories(
        self, start: dict[str, Any], pairs: Sequence[Candidate], items: Sequence[dict], seed: int = 0
    ) -> PairNetwork:
        """A network that goes on from ``start`` with the pairs of stories, and a fifth of entailment."""
        torch.manual_seed(seed)
        order = random.Random(seed)  # noqa: S311 # nosec B311
        network = PairNetwork(self.folder)
        network.load_state_dict(start)
        chosen = [pair for pair in pairs if pair.same or pair.wide >= LOWEST or order.random() < EASY]
        examples = self._stories(chosen) + self._entailment(order.sample(list(items), len(chosen) // 4))
        self._fit(network, examples, PASSES_STORIES, RATE_STORIES, seed)
        return network

    def _entailment(self, items: Sequence[dict]) -> list[Example]:
        left = tokenise(self.tokenizer, [item["premise"] for item in items])
        right = tokenise(self.tokenizer, [item["hypothesis"] for item in items])
        return [Example(a, b, entailment=item["label"]) for a, b, item in zip(left, right, items, strict=True)]

    def _stories(self, pairs: Sequence[Candidate]) -> list[Example]:
        left, right = (tokenise(self.tokenizer, texts) for texts in zip(*(p.texts for p in pairs), strict=True))
        examples = []
        for a, b, pair in zip(left, right, pairs, strict=True):
            kinds = (*(float(kind in pair.kinds) for kind in KINDS), float(bool(pair.kinds)))
            examples.append(Example(a, b, same=pair.same, kinds=kinds if pair.same else None))
        return examples

    def read(self, network: PairNetwork, pairs: Sequence[Candidate]) -> dict[str, dict[Pair, np.ndarray]]:
        """What ``network`` says of both orders of the likely ``pairs``, by story."""
        found: dict[str, dict[Pair, np.ndarray]] = defaultdict(dict)
        likely = sorted((p for p in pairs if p.wide >= LOWEST_READ), key=lambda p: len(p.texts[0]) + len(p.texts[1]))
        for at in range(0, len(likely), BATCH):
            part = likely[at : at + BATCH]
            a, b = (tokenise(self.tokenizer, [p.texts[side] for p in part]) for side in (0, 1))
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                orders = [
                    network.outputs(*batch(self.tokenizer, list(zip(x, y, strict=True)))) for x, y in ((a, b), (b, a))
                ]
            for pair, outputs in zip(part, torch.stack(orders, dim=1).numpy(), strict=True):
                found[pair.story][pair.ids] = outputs
        return found

    def held_out_readings(
        self, start: dict[str, Any], pairs: Sequence[Candidate], items: Sequence[dict], folds: int
    ) -> dict[str, dict[Pair, np.ndarray]]:
        """``read`` of every story by a network that goes on from ``start`` with the stories of the other folds."""
        stories = list(dict.fromkeys(pair.story for pair in pairs))
        found: dict[str, dict[Pair, np.ndarray]] = {}
        for fold in range(folds):
            apart = set(stories[fold::folds])
            network = self.on_stories(start, [pair for pair in pairs if pair.story not in apart], items, seed=fold)
            found |= self.read(network, [pair for pair in pairs if pair.story in apart])
        return found

    def _fit(self, network: PairNetwork, examples: Sequence[Example], passes: float, rate: float, seed: int) -> None:
        network.body.embeddings.word_embeddings.weight.requires_grad = False
        fitted = [p for p in network.parameters() if p.requires_grad]
        steps = int(len(examples) * passes / BATCH)
        optimiser = torch.optim.AdamW(fitted, lr=rate, weight_decay=0.01)
        warm = max(1, int(0.06 * steps))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1, (step + 1) / warm) * max(0.0, (steps - step) / steps)
        )
        network.train()
        for step, part in zip(range(steps), _batches(examples, random.Random(seed)), strict=False):  # noqa: S311 # nosec B311
            loss = self._loss(network, part)
            loss.backward()
            nn.utils.clip_grad_norm_(fitted, 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            if step % 200 == 0:
                self.report(f"step {step} of {steps}, loss {loss.item():.3f}")
        network.eval()

    def _loss(self, network: PairNetwork, part: Sequence[Example]) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            told, alike, differ = network(*batch(self.tokenizer, [(x.a, x.b) for x in part]))
        loss = torch.zeros(())
        asked = [n for n, x in enumerate(part) if x.entailment is not None]
        if asked:
            wanted = torch.tensor([part[n].entailment for n in asked])
            loss = loss + WEIGHT_ENTAILMENT * nn.functional.cross_entropy(told[asked], wanted, reduction="sum")
        asked = [n for n, x in enumerate(part) if x.same is not None]
        if asked:
            same = torch.tensor([float(bool(part[n].same)) for n in asked])
            loss = loss + WEIGHT_SAME * nn.functional.binary_cross_entropy_with_logits(
                alike[asked], same, reduction="sum"
            )
        asked = [n for n, x in enumerate(part) if x.kinds is not None]
        if asked:
            kinds = torch.tensor([part[n].kinds for n in asked])
            loss = loss + WEIGHT_KINDS * len(asked) * nn.functional.binary_cross_entropy_with_logits(
                differ[asked], kinds
            )
        return loss / len(part)


def _batches(examples: Sequence[Example], order: random.Random) -> Iterator[list[Example]]:
    """Batches without end, each of like length; half of the stories' pairs stand the other way round each time."""
    while True:
        shuffled = order.sample(list(examples), len(examples))
        for at in range(0, len(shuffled), BATCH * 40):
            part = sorted(shuffled[at : at + BATCH * 40], key=lambda x: len(x.a) + len(x.b))
            batches = [part[n : n + BATCH] for n in range(0, len(part), BATCH)]
            order.shuffle(batches)
            yield from ([_turned(x) if order.random() < 0.5 else x for x in found] for found in batches)


def _turned(example: Example) -> Example:
    """The same claim is the same either way; what follows from what is not."""
    if example.entailment is not None:
        return example
    return Example(example.b, example.a, same=example.same, kinds=example.kinds)


def half_precision(network: PairNetwork) -> dict[str, torch.Tensor]:
    return {name: value.half().contiguous() for name, value in network.fitted_state().items()}
