"""How long the engine takes: stories against their embedding alone, how it grows, and the memory that it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

from claims.ingest.sources import read_source
from claims.pipeline.alignment import describe_pairs
from claims.pipeline.compare import compare_articles
from claims.pipeline.encoder import DEFAULT, load_encoder
from claims.pipeline.packaged import MINILM
from claims.pipeline.pair_model import load_reader
from claims.pipeline.sentences import split_article
from claims.pipeline.types import COMPARED_ROLES, Sentence, SourceArticle

from .texts import make_story
from .timing import side_by_side, table

SHARED = Path(__file__).resolve().parents[2] / "shared"
ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "claims" / "sample" / "story.json"
RUNS = 5


def measure() -> str:
    return "\n\n".join([_comparison(), _growth(), _precision(), _candidates(), _cold_start_and_memory()])


def _stories() -> dict[str, list[SourceArticle]]:
    raw = json.loads(SAMPLE.read_text(encoding="utf-8"))["articles"]
    found = {"3 outlets × 30 sentences, made up": make_story(3, 30)}
    found["sample story"] = [SourceArticle(str(k), a["outlet"], a["text"]) for k, a in enumerate(raw)]
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    if seeds:
        found["the three seeds"] = [
            SourceArticle(str(k), f"Outlet {k}", read_source(str(p)).text) for k, p in enumerate(seeds)
        ]
    return found


def _comparison() -> str:
    encoder, reader, rows = load_encoder(), load_reader(), []
    for name, articles in _stories().items():
        texts = [s.text for k, a in enumerate(articles) for s in split_article(a, k) if s.role in COMPARED_ROLES]
        whole, encode = side_by_side(
            RUNS, partial(compare_articles, articles, encoder, reader=reader), partial(encoder.encode, texts)
        )
        rows.append((name, len(texts), f"{whole * 1000:.0f} ms", f"{encode * 1000:.0f} ms", f"{whole / encode:.2f}"))
    heads = ("From text to finished comparison, model loaded", "sentences", "whole", "`encode` alone", "ratio (≤ 3)")
    return table(heads, rows)


def _growth() -> str:
    """The cost has to grow with outlets × sentences, not with pairs: the last column should stay about the same."""
    encoder, reader, rows = load_encoder(), load_reader(), []
    for outlets in (5, 10, 20):
        articles = make_story(outlets, 40)
        (whole,) = side_by_side(1 if outlets > 10 else 3, partial(compare_articles, articles, encoder, reader=reader))
        found = compare_articles(articles, encoder, reader=reader)
        sentences = len(found.sentences)
        each = f"{whole / sentences * 1000:.1f} ms"
        rows.append((f"{outlets} × 40", sentences, len(found.alignments), f"{whole:.1f} s", each))
    heads = ("Made-up stories, everything on", "sentences", "links", "whole (10 × 40: < 30 s)", "a sentence")
    return table(heads, rows)


def _precision() -> str:
    """The encoder as shipped (bfloat16 where the processor has it) against sentence-transformers as it comes."""
    from sentence_transformers import SentenceTransformer

    encoder, plain = load_encoder(), SentenceTransformer(str(DEFAULT.folder()), device="cpu")
    articles = list(_stories().values())[-1]
    texts = [s.text for k, a in enumerate(articles) for s in split_article(a, k)]
    ours, theirs = side_by_side(RUNS, lambda: encoder.encode(texts), lambda: plain.encode(texts))
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


def _candidates() -> str:
    """The search for counterparts and the cheap features, which see every sentence; what is fitted on top sees few."""
    articles = make_story(20, 500)
    texts = [s.text for k, article in enumerate(articles) for s in split_article(article, k)][:10_000]
    vectors = load_encoder(MINILM.name).encode(texts)  # how vectors are searched does not depend on who made them
    rows = []
    for outlets in (3, 10, 20):
        sentences = [
            Sentence(f"{n * outlets // len(texts)}.{n}", n * outlets // len(texts), 0, len(text), text, "claim")
            for n, text in enumerate(texts)
        ]
        search, product = side_by_side(5, partial(describe_pairs, sentences, vectors), lambda: vectors @ vectors.T)
        rows.append((outlets, f"{search:.2f} s", f"{product:.2f} s", f"{search / product:.1f}"))
    heads = (f"Candidates among {len(texts):,} sentences of as many outlets", "search", "one matrix product", "ratio")
    return table(heads, rows)


#: Run in a process of its own: the worker's whole job on the sample story, then a day's worth of other sentences.
ONE_PROCESS = """
import json, sys, time
start = time.perf_counter()
from claims.pipeline.compare import compare_articles
from claims.pipeline.encoder import load_encoder
from claims.sample import read_articles
from claims.pipeline.packaged import MINILM
from claims.pipeline.pair_model import load_reader
encoder, reader = load_encoder(), load_reader()
encoder.load()
reader.load()
loaded = time.perf_counter() - start
compare_articles(read_articles(), encoder, reader=reader)
first = time.perf_counter() - start
texts = [sentence for article in read_articles() for sentence in article.text.split(". ")]
encoder.encode([f"{n} {text}" for n in range(20) for text in texts])
from benchmarks.texts import make_story
compare_articles(make_story(10, 40), encoder, reader=reader)
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
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded, first, peak = json.loads(done.stdout.splitlines()[-1])
    rows = [
        ("importing torch and loading the encoder", f"{loaded:.1f} s"),
        ("until the first comparison is done", f"{first:.1f} s"),
        ("highest memory, after 1,000 more sentences and a story of 10 outlets × 40 (< 2 GB)", f"{peak / 1e9:.2f} GB"),
    ]
    return table(("A fresh process", "figure"), rows)
