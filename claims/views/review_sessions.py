"""The review sessions of a story: open one, see how far it is, reveal, seal, reopen, and its audit trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.comparison import status_of
from claims.forms.review import EditForm, PlanForm, ReopenForm
from claims.models import Comparison, Membership, Participant, ReviewSession, Story
from claims.models.review import Refused
from claims.policies import Action
from claims.presentation.snapshot import load_snapshot
from claims.presentation.words import counted
from claims.review import judges, settling, voting
from claims.review.figures import figures, outcome
from claims.review.naming import Naming
from claims.review.opening import catch_up, counts_ahead, look_ahead, open_session
from claims.review.touched import changed_articles, changed_for
from claims.review.trail import entries_for, tell

from .access import asker, on
from .fragments import render_page
from .review_rows import can_judge, naming, need_judge, review_sessions
from .rows import kept_stories

PAGE_SIZE = 50
NOTHING_COMPARED = "Compare the articles first: a session judges what a comparison proposes."


@require_safe
@on(kept_stories, Action.READ)
def story_reviews(request: HttpRequest, story: Story) -> HttpResponse:
    sessions = (
        story.review_sessions.visible_to(request.user)
        .with_dealt()
        .select_related("created_by__person")
        .prefetch_related(Prefetch("participants", Participant.objects.there().in_order()))
    )
    context = {
        "story": story,
        "status": status_of(story),
        "tab": "reviews",
        "page": Paginator(sessions, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render_page(request, "review/list.html", context, partial="reviews")


@require_http_methods(["GET", "HEAD", "POST"])
@on(kept_stories, Action.LEAD)
def review_open(request: HttpRequest, story: Any) -> HttpResponse:
    comparison = story.comparisons.order_by("-pk").first()
    if comparison is None:
        messages.error(request, NOTHING_COMPARED)
        return redirect("story_reviews", story.pk)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, story.newsroom_id, load_snapshot(comparison))
    if form.is_valid():
        try:
            session = open_session(comparison, _me(request, story.newsroom_id), form.plan())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The session is open.")
            return redirect(session)
    context = {"story": story, "status": status_of(story), "tab": "reviews", "form": form}
    return render_page(request, "review/open.html", context, partial="form", status=422 if form.errors else 200)


def _me(request: HttpRequest, newsroom_id: int) -> Membership:
    return Membership.objects.of(asker(request), newsroom_id)


def _newer(session: ReviewSession) -> Comparison | None:
    """The story's latest comparison, if it is a later one than the session's."""
    latest = Comparison.objects.filter(story=session.story_id).order_by("-pk").first()
    return latest if latest and latest.pk > session.comparison_id else None


@require_safe
@never_cache
@on(review_sessions, Action.READ, link_to="session")
def review(request: HttpRequest, session: Any) -> HttpResponse:
    name = naming(request, session)
    participants = list(session.participants.in_order())
    newer = _newer(session) if request.can.read else None  # type: ignore[attr-defined]
    live = session.items.live()
    context = {
        "session": session,
        "story": session.story,
        "tab": "session",
        "people": [line for p in participants if (line := _line(session, p, name)) and _is_told(line)],
        "was_judge": any(p.left_at for p in participants if p.membership_id == session.my_membership),
        "mine": next((_progress(session, p) for p in participants if p.pk == session.my_participant), None),
        "items": live.count(),
        "answers": session.answers,
        "dealt": sum(p.dealt for p in participants),
        "missing": sum(_progress(session, p)["left"] for p in participants),
        "again": live.exclude(look_again="").count(),
        "figures": None if session.hides_votes else figures(session, {p.pk: name(p.membership) for p in participants}),
        "outcome": None if session.is_judging else outcome(session),
        "can_judge": can_judge(request, session),
        "outlook": counts_ahead(session, newer) if newer else None,
        "reopened_by": name(session.reopened_by) if session.reopened_by else "",
        "can_move": _can_take_over(request, session, participants),
        "busiest": max(participants, key=lambda p: _progress(session, p)["left"]).pk,
    }
    return render_page(request, "review/session.html", context, partial="review")


def _line(session: ReviewSession, participant: Participant, name: Naming) -> dict[str, Any]:
    return {"name": name(participant.membership), "left_at": participant.left_at, **_progress(session, participant)}


def _is_told(line: dict[str, Any]) -> bool:
    """Whoever was taken out and left nothing behind is not told of."""
    return line["left_at"] is None or bool(line["done"] or line["left"])


def _progress(session: ReviewSession, participant: Participant) -> dict[str, Any]:
    tally = session.tally_of(participant.pk)
    left = max(participant.dealt - tally["own"], 0)
    return {"pk": participant.pk, **tally, "left": left, "dealt": participant.dealt}


def _can_take_over(request: HttpRequest, session: Any, participants: list[Participant]) -> bool:
    """Whether I have nothing left to do, and others have."""
    if not can_judge(request, session):
        return False
    left = {p.pk: _progress(session, p)["left"] for p in participants}
    return not left[session.my_participant] and any(left.values())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@on(review_sessions, Action.LEAD)
def review_edit(request: HttpRequest, session: Any) -> HttpResponse:
    form = EditForm(request.POST if request.method == "POST" else None, session)
    if form.is_valid():
        given = form.cleaned_data
        try:
            fields = {name: given[name] for name in ("title", "question", "due_on")}
            judges.join(session.pk, _me(request, session.story.newsroom_id), list(given["people"]), fields)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The session was changed.")
            return redirect(session)
    there = session.participants.there().in_order() if session.is_judging else []
    context = {"session": session, "story": session.story, "tab": "session", "form": form, "there": there}
    return render_page(request, "review/edit.html", context, partial="form", status=422 if form.errors else 200)


@require_POST
@on(review_sessions, Action.LEAD)
def review_take_out(request: HttpRequest, session: ReviewSession, other: int) -> HttpResponse:
    leaver = session.participants.in_order().filter(pk=other).first()
    return _act(
        request,
        session,
        lambda me: judges.take_out(session.pk, me, other),
        f"{leaver} does not judge in this session any more. What they answered stays and counts.",
    )


def _act(request: HttpRequest, session: ReviewSession, act: Callable[[Membership], Any], said: str) -> HttpResponse:
    """Do what an editor asked for, and say so, or say why it cannot be done."""
    try:
        act(_me(request, session.story.newsroom_id))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect(session)


@require_POST
@on(review_sessions, Action.LEAD)
def review_reveal(request: HttpRequest, session: ReviewSession) -> HttpResponse:
    return _act(request, session, lambda me: settling.reveal(session.pk, me), "The votes are revealed.")


@require_POST
@on(review_sessions, Action.LEAD)
def review_seal(request: HttpRequest, session: ReviewSession) -> HttpResponse:
    return _act(request, session, lambda me: settling.seal(session.pk, me), "The session is sealed.")


@require_POST
@on(review_sessions, Action.LEAD)
def review_reopen(request: HttpRequest, session: ReviewSession) -> HttpResponse:
    form = ReopenForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(str(error) for errors in form.errors.values() for error in errors))
        return redirect(session)
    given = form.cleaned_data
    return _act(
        request,
        session,
        lambda me: settling.reopen(session.pk, me, given["because"], to_judge=given["to_judge"]),
        "The session is open again.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@on(review_sessions, Action.READ, Action.LEAD)
def review_catch_up(request: HttpRequest, session: ReviewSession) -> HttpResponse:
    """What a later comparison does to the session, before and when it is taken in."""
    newer = _newer(session)
    if newer is None:
        messages.info(request, "The articles were not compared again since.")
        return redirect(session)
    if request.method == "POST":
        said = "The new comparison is taken in. What changed waits for another look."
        return _act(request, session, lambda me: catch_up(session.pk, newer, me), said)
    outlook = look_ahead(session, newer)
    changed = changed_articles(session.comparison, newer)
    context = {
        "changed": [(item, standing, changed_for(item, changed)) for item, standing in outlook.changed],
        "gone": [(item, standing, changed_for(item, changed)) for item, standing in outlook.gone],
        "session": session,
        "story": session.story,
        "tab": "session",
        "outlook": outlook,
        "newer": newer,
        "new": outlook.new(session)[:PAGE_SIZE],
        "new_count": len(outlook.new(session)),
    }
    return render_page(request, "review/catch_up.html", context, partial="catch_up")


@require_POST
@on(review_sessions, Action.JUDGE)
def review_take_over(request: HttpRequest, session: ReviewSession, other: int) -> HttpResponse:
    try:
        count = voting.take_over_from(session.pk, need_judge(session), other)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(session)
    messages.success(request, f"{counted(count, 'item')} more to judge.")
    return redirect("review_judge", session.pk)


@require_safe
@never_cache
@on(review_sessions, Action.READ)
def review_trail(request: HttpRequest, session: Any) -> HttpResponse:
    """Who did what when; ``?check=1`` also checks that nobody changed it afterwards."""
    entries = entries_for(session)
    page = Paginator(entries, 2 * PAGE_SIZE).get_page(request.GET.get("page"))
    checked = request.GET.get("check") == "1"
    context = {
        "session": session,
        "story": session.story,
        "tab": "trail",
        "page": page,
        "entries": tell(session, page.object_list),
        "checked": checked,
        "faults": settling.faults(session.pk) if checked else [],
        "hidden": session.chain_length - page.paginator.count,
    }
    return render_page(request, "review/trail.html", context, partial="trail")
