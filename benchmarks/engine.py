"""How long the engine takes: the seeds against their embedding alone, ten thousand sentences against one product."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path

from claims.ingest.sources import read_source
from claims.pipeline.alignment import load_alignment_model, score_pairs
from claims.pipeline.compare import compare_articles
from claims.pipeline.encoder import load_encoder
from claims.pipeline.sentences import split_article
from claims.pipeline.types import COMPARED_ROLES, Sentence, SourceArticle

from .timing import side_by_side, table

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAMPLE = Path(__file__).resolve().parents[1] / "claims" / "sample" / "story.json"


def measure() -> str:
    return "\n\n".join([_comparison(), _precision(), _alignment(), _cold_start_and_memory()])


def _stories() -> dict[str, list[SourceArticle]]:
    raw = json.loads(SAMPLE.read_text(encoding="utf-8"))["articles"]
    found = {"sample story": [SourceArticle(str(k), a["outlet"], a["text"]) for k, a in enumerate(raw)]}
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    if seeds:
        found["the three seeds"] = [
            SourceArticle(str(k), f"Outlet {k}", read_source(str(p)).text) for k, p in enumerate(seeds)
        ]
    return found


def _comparison() -> str:
    encoder, rows = load_encoder(), []
    for name, articles in _stories().items():
        texts = [s.text for k, a in enumerate(articles) for s in split_article(a, k) if s.role in COMPARED_ROLES]
        whole, encode = side_by_side(15, partial(compare_articles, articles, encoder), partial(encoder.encode, texts))
        rows.append((name, len(texts), f"{whole * 1000:.0f} ms", f"{encode * 1000:.0f} ms", f"{whole / encode:.2f}"))
    heads = ("From text to finished comparison, model loaded", "sentences", "whole", "`encode` alone", "ratio (≤ 1.5)")
    return table(heads, rows)


def _precision() -> str:
    """The encoder as shipped (bfloat16 where the processor has it) against sentence-transformers as it comes."""
    from sentence_transformers import SentenceTransformer

    from claims.pipeline.encoder import _default_folder

    encoder, plain = load_encoder(), SentenceTransformer(str(_default_folder()), device="cpu")
    articles = list(_stories().values())[-1]
    texts = [s.text for k, a in enumerate(articles) for s in split_article(a, k)]
    ours, theirs = side_by_side(15, lambda: encoder.encode(texts), lambda: plain.encode(texts))
    lowest = float((encoder.encode(texts) * plain.encode(texts)).sum(axis=1).min())
    heads = ("Encoder", "sentences", "ours", "plain fp32", "times as fast", "lowest cosine of the two (≥ 0.999)")
    row = (
        str(encoder.model.dtype),
        len(texts),
        f"{ours * 1000:.0f} ms",
        f"{theirs * 1000:.0f} ms",
        f"{theirs / ours:.1f}",
        f"{lowest:.5f}",
    )
    return table(heads, [row])


def _alignment() -> str:
    stories = SHARED / "eval" / "stories.jsonl"
    if not stories.exists():
        return "Alignment of 10,000 sentences: not measured, since ../shared is not here."
    texts: list[str] = []
    for line in stories.read_text(encoding="utf-8").splitlines():
        texts += [sentence for article in json.loads(line)["articles"] for sentence in article["sentences"]]
    texts = texts[:10_000]
    vectors, model = load_encoder().encode(texts), load_alignment_model()
    rows = []
    for outlets in (3, 10, 20):
        sentences = [
            Sentence(f"{n * outlets // len(texts)}.{n}", n * outlets // len(texts), 0, len(text), text, "claim")
            for n, text in enumerate(texts)
        ]
        align, product = side_by_side(7, partial(score_pairs, sentences, vectors, model), lambda: vectors @ vectors.T)
        rows.append((outlets, f"{align:.2f} s", f"{product:.2f} s", f"{align / product:.1f}"))
    heads = ("Alignment of 10,000 sentences of as many outlets", "alignment", "one matrix product", "ratio (≤ 2)")
    return table(heads, rows)


def _cold_start_and_memory() -> str:
    code = (
        "import time, resource; t = time.perf_counter();"
        "from claims.pipeline.encoder import load_encoder; e = load_encoder(); e.load();"
        "loaded = time.perf_counter() - t; e.encode(['A sentence of some length about a ferry and a pier.'] * 3000);"
        "print(loaded, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded, kilobytes = map(float, done.stdout.split()[-2:])
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes
    rows = [
        ("importing torch and loading the encoder, a fresh process", f"{loaded:.1f} s"),
        ("memory of that process after embedding 3,000 sentences (≤ 1.5 GB)", f"{kilobytes * unit / 1e9:.2f} GB"),
        (
            "memory of this process after all of the above",
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9:.2f} GB",
        ),
    ]
    return table(("One process", "figure"), rows)
