"""Rows for tests, made by plain functions whose keywords override what they would choose.

``make_compared_story`` makes a whole compared story without a model: a fictional fire on a ferry, told by as many
outlets as wanted. Outlets with an even index tell version A of each shared claim, the others version B.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, count
from typing import Any

from claims.comparison import save_result
from claims.models import Article, Membership, Newsroom, Outlet, Person, Story
from claims.pipeline import types
from claims.pipeline.ledger import build_ledger
from claims.policies import Role

OUTLETS = ("Harbour Post", "Daily Courier", "The Evening Lantern", "Northern Herald", "Coast Radio")
_numbers = count(1)


@dataclass(frozen=True)
class SharedClaim:
    """Two versions of a claim; for a claim that diverges, the words that differ and what they are read as."""

    a: str
    b: str
    kind: types.Kind | None = None
    a_words: str = ""
    b_words: str = ""


SHARED_CLAIMS = (
    SharedClaim("A fire broke out on the ferry Northern Star.", "Fire broke out aboard the Northern Star ferry."),
    SharedClaim(
        "The blaze left 12 passengers in hospital.", "The blaze left 14 passengers in hospital.", "number", "12", "14"
    ),
    SharedClaim("The ferry will sail again on 3 May.", "The ferry will sail again on 5 May.", "date", "3 May", "5 May"),
    SharedClaim(
        "Captain Ingrid Solheim ordered everyone into the boats.",
        "Captain Ingrid Solhem ordered everyone into the boats.",
        "name",
        "Ingrid Solheim",
        "Ingrid Solhem",
    ),
    SharedClaim(
        "“We heard a bang and saw smoke,” said one passenger.",
        "“We heard two bangs and saw flames,” said one passenger.",
        "quote",
        "“We heard a bang and saw smoke,”",
        "“We heard two bangs and saw flames,”",
    ),
    SharedClaim(
        "Police said the fire began in the engine room.",
        "The shipping line said the fire began in the engine room.",
        "attribution",
        "Police",
        "The shipping line",
    ),
    SharedClaim("The sprinklers worked.", "The sprinklers did not work.", "contradiction", "worked", "did not work"),
    SharedClaim(
        "The survivors were brought to Port Ellory.",
        "The survivors were brought to Lindhaven.",
        "place",
        "Port Ellory",
        "Lindhaven",
    ),
    SharedClaim(
        "An electrical fault caused the fire.",
        "An electrical fault may have caused the fire.",
        "certainty",
        "caused",
        "may have caused",
    ),
    SharedClaim("The coastguard sent three lifeboats.", "The coastguard sent three lifeboats."),
)


def make_story(title: str = "Fire on the Northern Star", newsroom: Newsroom | None = None, **fields: Any) -> Story:
    """A story of the newsroom that a laptop without login has, or of ``newsroom``."""
    return Story.objects.create(title=title, newsroom=newsroom or Newsroom.objects.home(), **fields)


def make_person(email: str = "", name: str = "", password: str = "") -> Person:
    """Someone with an account; without a password nobody can log in as them but ``client.force_login``."""
    number = next(_numbers)
    person = Person(email=email or f"person{number}@news.example", name=name or f"Person {number}")
    person.set_password(password or None)
    person.save()
    return person


def make_newsroom(name: str = "") -> Newsroom:
    return Newsroom.objects.create(name=name or f"Newsroom {next(_numbers)}")


def make_member(newsroom: Newsroom, role: int = Role.EDITOR, person: Person | None = None) -> Membership:
    return Membership.objects.join(newsroom, person or make_person(), role)


def make_article(
    story: Story | None = None,
    outlet: str = "",
    text: str = "",
    corrections: Sequence[types.Correction] = (),
    **fields: Any,
) -> Article:
    """An article of its own outlet, at the end of its story."""
    number = next(_numbers)
    story = story or make_story()
    text = text or f"Report {number} from the harbour.\nA crane fell into the water. Nobody was hurt, officials said."
    article = Article.objects.create(
        story=story,
        outlet=Outlet.objects.get_or_create(name=outlet or f"Outlet {number}")[0],
        text=text,
        **{"position": story.articles.count(), "source": Article.Source.PASTE, **fields},
    )
    for c in corrections:
        article.corrections.create(action=c.action, start=c.start, end=c.end, role=c.role or "")
    return article


def make_compared_story(
    outlets: int = 3, sentences: int = 14, shared: int = 10, title: str = "Fire on the Northern Star", **result: Any
) -> Story:
    """A story of ``outlets`` articles, compared: each has a heading, its share of the ``shared`` claims (every claim is
    told by two outlets at least), claims of its own up to ``sentences`` in all, and a line of boilerplate.

    ``result`` overrides fields of the ComparisonResult, for instance ``notices=("These articles share no claim.",)``.
    """
    story = make_story(title)
    told = [_Telling(index, sentences, min(shared, sentences - 3)) for index in range(outlets)]
    articles = tuple(
        make_article(
            story,
            outlet=telling.outlet,
            text=telling.text,
            title=telling.lines[0],
            byline=f"Reporter {index + 1}",
            url=f"https://outlet{index + 1}.example/ferry",
            published_at=datetime(2026, 4, 29, 6 + index % 12, tzinfo=UTC),
            language="en",
        ).as_source()
        for index, telling in enumerate(told)
    )
    save_result(story, make_result(articles, told, **result))
    return story


class _Telling:
    """One outlet's text and what each of its sentences is."""

    def __init__(self, index: int, sentences: int, shared: int) -> None:
        self.index = index
        self.outlet = OUTLETS[index] if index < len(OUTLETS) else f"Outlet {index + 1}"
        self.claims: list[int | None] = [None]  # the shared claim that each sentence states
        self.lines = [f"Ferry fire: what {self.outlet} knows"]
        for claim in range(shared):
            if index < 2 or (index + claim) % 5 != 4:
                self.claims.append(claim)
                self.lines.append(shared_sentence(claim, index))
        for n in range(sentences - 1 - len(self.lines)):
            self.claims.append(None)
            self.lines.append(f"Detail {n + 1} is told by {self.outlet} only: desk {index} took {n * 7 + 31} calls.")
        self.claims.append(None)
        self.lines.append(f"Sign up for the newsletter of {self.outlet}.")
        self.text, self.spans = self._lay_out()

    def _lay_out(self) -> tuple[str, list[tuple[int, int]]]:
        """Paragraphs of two sentences below the heading."""
        text, spans = "", []
        for n, line in enumerate(self.lines):
            text += "" if not n else (" " if n % 2 == 0 and n < len(self.lines) - 1 else "\n")
            spans.append((len(text), len(text) + len(line)))
            text += line
        return text, spans

    def role(self, n: int) -> types.Role:
        return "heading" if n == 0 else "boilerplate" if n == len(self.lines) - 1 else "claim"

    def sentences(self) -> list[types.Sentence]:
        return [
            types.Sentence(f"{self.index}.{n}", self.index, *span, self.text[slice(*span)], self.role(n))
            for n, span in enumerate(self.spans)
        ]


def shared_sentence(claim: int, outlet: int) -> str:
    repeat, which = divmod(claim, len(SHARED_CLAIMS))
    version = SHARED_CLAIMS[which].b if outlet % 2 else SHARED_CLAIMS[which].a
    return version if not repeat else f"In part {repeat + 1} of the account: {version}"


def make_result(
    articles: tuple[types.SourceArticle, ...], told: Sequence[_Telling], **fields: Any
) -> types.ComparisonResult:
    sentences = {s.id: s for telling in told for s in telling.sentences()}
    groups: dict[int, list[types.Sentence]] = {}
    for telling in told:
        for sentence, claim in zip(telling.sentences(), telling.claims, strict=True):
            if claim is not None:
                groups.setdefault(claim, []).append(sentence)
    rows = _rows(groups, list(sentences.values()), articles)
    statuses: dict[str, types.Status] = dict.fromkeys(sentences, "none")
    statuses |= {id_: row.relation for row in rows for id_ in row.sentences}
    alignments = tuple(
        _alignment(SHARED_CLAIMS[claim % len(SHARED_CLAIMS)], a, b, articles)
        for claim, members in groups.items()
        for a, b in combinations(members, 2)
    )
    nearest = _nearest(rows, told)
    found: dict[str, Any] = {
        "articles": articles,
        "sentences": tuple(sentences.values()),
        "statuses": statuses,
        "rows": rows,
        "alignments": alignments,
        "origins": _origins(groups, articles),
        "utterances": build_ledger(articles, tuple(sentences.values()), alignments),
        "run": RUN,
        "nearest": nearest,
        "considered": _considered(alignments, nearest),
    }
    return types.ComparisonResult(**found | fields)


RUN = types.Run(
    encoder="test-encoder",
    encoder_sha256="0" * 64,
    thresholds={"alignment": 0.5, "candidates": 10},
    version="0.1.0",
    seconds={"load": 0.0, "split": 0.01, "embed": 0.4, "align": 0.02, "relate": 0.05, "total": 0.48},
)


def _rows(
    groups: dict[int, list[types.Sentence]],
    sentences: list[types.Sentence],
    articles: tuple[types.SourceArticle, ...],
) -> tuple[types.ClaimRow, ...]:
    rows: list[types.ClaimRow] = []
    for claim, members in groups.items():
        kind = SHARED_CLAIMS[claim % len(SHARED_CLAIMS)].kind
        kinds = (kind,) if kind and len({m.article % 2 for m in members}) == 2 else ()
        relation: types.RowRelation = "diverge" if kinds else "agree" if len(members) > 1 else "unique"
        importance = len(members) + (2.0 if kinds else 0.0) - claim / 100
        rows.append(_row(f"c{len(rows) + 1}", relation, members, articles, kinds=kinds, importance=importance))
    joined = {m.id for members in groups.values() for m in members}
    for sentence in sentences:
        if sentence.role == "claim" and sentence.id not in joined:
            rows.append(_row(f"c{len(rows) + 1}", "unique", [sentence], articles, importance=0.5))
    return tuple(rows)


def _row(
    id_: str,
    relation: types.RowRelation,
    members: list[types.Sentence],
    articles: tuple[types.SourceArticle, ...],
    **fields: Any,
) -> types.ClaimRow:
    outlets = tuple(articles[m.article].outlet for m in members)
    return types.ClaimRow(id_, relation, tuple(m.id for m in members), outlets, origins=len(members), **fields)


def _alignment(
    claim: SharedClaim, a: types.Sentence, b: types.Sentence, articles: tuple[types.SourceArticle, ...]
) -> types.Alignment:
    if claim.kind is None or a.article % 2 == b.article % 2:
        return types.Alignment(a.id, b.id, similarity=0.86, probability=0.95, relation_probability=0.9)
    words = (claim.b_words, claim.a_words) if a.article % 2 else (claim.a_words, claim.b_words)
    here, there = (articles[s.article].outlet for s in (a, b))
    divergence = types.Divergence(
        kind=claim.kind,
        probability=0.91,
        rule=f"{claim.kind}_differs",
        explanation=f"{here} says {words[0]}; {there} says {words[1]}.",
        a=_evidence(a, words[0]),
        b=_evidence(b, words[1]),
    )
    return types.Alignment(a.id, b.id, 0.83, 0.93, "diverge", 0.91, (divergence,))


def _evidence(sentence: types.Sentence, words: str) -> types.Evidence:
    start = sentence.start + sentence.text.index(words)
    return types.Evidence(start, start + len(words), words, words.lower())


def _nearest(rows: Sequence[types.ClaimRow], told: Sequence[_Telling]) -> tuple[types.Nearest, ...]:
    """For every row and every outlet that does not state it: one of its sentences; some are too unlike to be scored."""
    found: list[types.Nearest] = []
    for row in rows:
        reached = {int(id_.partition(".")[0]) for id_ in row.sentences}
        for telling in told:
            if telling.index not in reached:
                likely = len(found) * 7 % 40 / 100
                other = f"{telling.index}.{1 + len(found) % (len(telling.lines) - 2)}"
                found.append(types.Nearest(row.sentences[0], other, similarity=0.1 + likely, probability=likely))
    return tuple(found)


def _considered(
    alignments: Sequence[types.Alignment], nearest: Sequence[types.Nearest]
) -> tuple[types.Considered, ...]:
    """Every alignment, and what came near to one."""
    near = {
        (min(n.sentence, n.other), max(n.sentence, n.other)): n.probability for n in nearest if n.probability >= 0.1
    }
    found = near | {(x.a, x.b): x.probability for x in alignments}
    return tuple(types.Considered(a, b, probability) for (a, b), probability in found.items())


def _origins(
    groups: dict[int, list[types.Sentence]], articles: tuple[types.SourceArticle, ...]
) -> tuple[types.Origin, ...]:
    """The last shared claim stands word for word in every second outlet: an agency's."""
    if not groups:
        return ()
    shared = [s for s in groups[max(groups)] if s.article % 2 == 0][:2]
    if len(shared) < 2:
        return ()
    return (
        types.Origin(
            "o1", tuple(articles[s.article].id for s in shared), 0.31, "Northwire", tuple(s.id for s in shared)
        ),
    )
