"""Comparisons: start one, watch its job, read what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from django.db.models import Count
from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from claims.comparison.load import load_result
from claims.models import Alignment, ClaimRow, Comparison, Job
from claims.models.review import Refused
from claims.pipeline.output import as_json
from claims.policies import Action
from claims.views.jobs import jobs_as_they_are
from claims.views.rows import kept_stories

from .access import ApiRequest, needs, reach
from .paging import Page, Paging, paged
from .schemas import AlignmentOut, ComparisonOut, JobOut, answers

router = Router(tags=["Comparisons"])
TOO_FEW = "A comparison needs two articles. Add at least one more article, then compare."


@router.post(
    "/stories/{pk}/comparisons", **needs(Action.EDIT), response=answers(JobOut, 202), summary="Start a comparison"
)
def start_comparison(request: ApiRequest, pk: int) -> Any:
    """Answers with the job that makes it. While one is at work, another start joins it."""
    story = reach(request, kept_stories(), pk)
    if story.articles.kept().count() < 2:
        raise Refused(TOO_FEW)
    job = Job.objects.start(story)
    job.refresh_from_db()
    return Status(202, _job(job))


@router.get("/jobs/{pk}", **needs(Action.READ), response=answers(JobOut), summary="How far a job is")
def read_job(request: ApiRequest, pk: int) -> Any:
    return _job(reach(request, jobs_as_they_are(), pk))


@router.get(
    "/stories/{pk}/comparisons",
    **needs(Action.READ),
    response=answers(Page[ComparisonOut]),
    summary="A story’s comparisons, latest first",
)
def list_comparisons(request: ApiRequest, pk: int, asked: Query[Paging]) -> Any:
    story = reach(request, kept_stories(), pk)
    return paged(story.comparisons.all(), asked, _comparisons)


@router.get("/comparisons/{pk}", **needs(Action.READ), response=answers(dict[str, Any]), summary="A comparison")
def read_comparison(request: ApiRequest, pk: int) -> HttpResponse:
    """What `manage.py compare --format json` prints: articles, claims, alignments, utterances, origins, run."""
    result = load_result(reach(request, kept_comparisons(), pk))
    return HttpResponse(as_json(result), content_type="application/json; charset=utf-8")


class AlignmentFilter(Paging):
    relation: Literal["agree", "diverge"] | None = None
    kind: str = Field("", pattern="^[a-z]{0,16}$", description="Such as number: alignments that diverge in this.")
    least: float = Field(0.0, ge=0, le=1, description="The least probability.")


@router.get(
    "/comparisons/{pk}/alignments",
    **needs(Action.READ),
    response=answers(Page[AlignmentOut]),
    summary="A comparison’s alignments, likeliest first",
)
def list_alignments(request: ApiRequest, pk: int, asked: Query[AlignmentFilter]) -> Any:
    comparison = reach(request, kept_comparisons(), pk)
    rows = comparison.alignments.filter(probability__gte=asked.least).order_by("-probability", "pk")
    if asked.relation:
        rows = rows.filter(relation=asked.relation)
    if asked.kind:
        rows = rows.filter(divergences__kind=asked.kind).distinct()
    rows = rows.select_related("a", "b").prefetch_related("divergences")
    articles = comparison.articles.in_bulk()
    return paged(rows, asked, lambda found: [_alignment(alignment, articles) for alignment in found])


def kept_comparisons() -> Any:
    return Comparison.objects.filter(story__deleted_at=None)


def _job(job: Job) -> dict[str, Any]:
    names = "id state says percent error created_at finished_at"
    found = {name: getattr(job, name) for name in names.split()}
    is_done = job.state == Job.State.DONE
    return {
        **found,
        "story": job.story_id,
        "comparison": job.comparison_id,
        "percent": 100 if is_done else job.percent,
    }


def _comparisons(found: Sequence[Comparison]) -> list[dict[str, Any]]:
    """Three queries, however many they are."""
    rows = ClaimRow.objects.filter(comparison__in=found).order_by()
    claims: dict[int, Counter[str]] = {comparison.pk: Counter(agree=0, diverge=0, unique=0) for comparison in found}
    for pk, relation, count in rows.values_list("comparison", "relation").annotate(count=Count("pk")):
        claims[pk][relation] = count
    articles, alignments = (
        dict(Comparison.objects.filter(pk__in=claims).values_list("pk").annotate(count=Count(name)).order_by())
        for name in ("articles", "alignments")
    )
    return [
        {
            "id": comparison.pk,
            "story": comparison.story_id,
            "created_at": comparison.created_at,
            "articles": articles[comparison.pk],
            "claims": dict(claims[comparison.pk]),
            "alignments": alignments[comparison.pk],
        }
        for comparison in found
    ]


def _alignment(alignment: Alignment, articles: dict[int, Any]) -> dict[str, Any]:
    figures = ("similarity", "probability", "relation", "relation_probability")
    return {
        "a": _sentence(alignment.a, alignment.part_a, articles),
        "b": _sentence(alignment.b, alignment.part_b, articles),
        **{name: getattr(alignment, name) for name in figures},
        "divergences": [_divergence(d) for d in alignment.divergences.all()],
    }


def _sentence(sentence: Any, part: list, articles: dict[int, Any]) -> dict[str, str]:
    article = articles[sentence.article_id]
    text = article.text[sentence.start : sentence.end]
    stating = article.text[part[0] : part[1]] if part else text
    return {"id": f"{article.position}.{sentence.number}", "outlet": article.outlet, "text": text, "part": stating}


def _divergence(divergence: Any) -> dict[str, Any]:
    names = ("kind", "probability", "rule", "explanation", "possible_update")
    sides = {
        side: {name: getattr(divergence, f"{side}_{name}") for name in ("start", "end", "text", "value")}
        for side in "ab"
    }
    return {**{name: getattr(divergence, name) for name in names}, **sides}
