"""How long the engine takes: the seeds against their embedding alone, ten thousand sentences against one product."""

from __future__ import annotations

import json
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


#: Run in a process of its own: the worker's whole job on the sample story, then a day's worth of other sentences.
ONE_PROCESS = """
import json, sys, time
start = time.perf_counter()
from claims.pipeline.compare import compare_articles
from claims.pipeline.encoder import load_encoder
from claims.sample import read_articles
encoder = load_encoder()
encoder.load()
loaded = time.perf_counter() - start
compare_articles(read_articles(), encoder)
first = time.perf_counter() - start
texts = [sentence for article in read_articles() for sentence in article.text.split(". ")]
encoder.encode([f"{n} {text}" for n in range(60) for text in texts])
print(json.dumps([loaded, first, peak()]))
"""
#: Highest resident memory in bytes. On Linux from /proc: getrusage's figure would be that of the process that forked.
PEAK = """
def peak():
    if sys.platform == "darwin":
                return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
"""


def _cold_start_and_memory() -> str:
    code = f"import sys\n{PEAK}\n{ONE_PROCESS}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded, first, peak = json.loads(done.stdout.splitlines()[-1])
    rows = [
        ("importing torch and loading the encoder", f"{loaded:.1f} s"),
        ("until the first comparison is done", f"{first:.1f} s"),
        ("highest memory, after 3,000 more sentences (≤ 1.5 GB)", f"{peak / 1e9:.2f} GB"),
    ]
    return table(("A fresh process", "figure"), rows)
