"""The items of a review session as lists, and accepting at once what is in view."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from claims.forms.review import AcceptForm
from claims.models import Adjudication, Participant, ReviewItem, Verdict
from claims.models.review import Refused
from claims.policies import Action
from claims.presentation.words import counted
from claims.review import voting
from claims.review.naming import Naming
from claims.review.words import kind_names, say

from .access import on
from .fragments import render_page
from .review_rows import can_judge, judge_of, naming, need_judge, review_sessions
from .undo import tell_with_undo

PAGE_SIZE = 50
SHOWS = {
    "waiting": "Waiting for me",
    "all": "All",
    "again": "Need another look",
    "unsure": "I am unsure",
    "undecided": "To be decided",
    "disputed": "Disputed",
    "gone": "No longer there",
}


@require_safe
@never_cache
@on(review_sessions, Action.READ, link_to="session")
def review_items(request: HttpRequest, session: Any) -> HttpResponse:
    """All items as a list; those in view can be accepted at once."""
    show = request.GET.get("show", "")
    show = show if show in _shows(session) else ("waiting" if "waiting" in _shows(session) else "all")
    page = Paginator(_shown(session, show), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "session": session,
        "story": session.story,
        "tab": "items",
        "show": show,
        "shows": [(name, SHOWS[name]) for name in _shows(session)],
        "page": page,
        "lines": _lines(session, list(page.object_list), naming(request, session)),
        "can_judge": can_judge(request, session),
        "token": uuid.uuid4(),
    }
    return render_page(request, "review/items.html", context, partial="items")


def _shows(session: Any) -> list[str]:
    """The lists that there are for whoever asks: their own only for a judge, disputes once votes may be seen."""
    own = {"waiting", "unsure"} if judge_of(session) else set()
    disputes = set() if session.hides_votes else {"disputed"} if session.is_judging else {"disputed", "undecided"}
    return [name for name in SHOWS if name in own | disputes | {"all", "again", "gone"}]


def _shown(session: Any, show: str) -> Any:
    items = session.items.all()
    mine = Q(verdicts__participant=session.my_participant, verdicts__is_current=True)
    match show:
        case "waiting":
            seats = Participant.objects.get(pk=session.my_participant).seats.waiting().order_by()
            return items.filter(pk__in=seats.values("item")).order_by("number")
        case "again":
            return items.live().exclude(look_again="")
        case "unsure":
            return items.live().filter(mine, verdicts__answer="unsure")
        case "undecided" | "disputed":
            return getattr(items, show)().order_by("number")
        case "gone":
            return items.exclude(retired_at=None)
    return items.live()


def _lines(session: Any, items: list[ReviewItem], name: Naming) -> list[dict[str, Any]]:
    """The items of a page with what may be seen of what was said about them."""
    votes = Verdict.objects.filter(item__in=items, is_current=True).select_related("participant__membership__person")
    if session.hides_votes:
        votes = votes.filter(participant=session.my_participant)
    said: dict[int, list[str]] = {}
    for vote in votes:
        who = "you" if vote.participant_id == session.my_participant else name(vote.participant.membership)
        said.setdefault(vote.item_id, []).append(f"{who}: {say(vote.ballot)}{' (at once)' if vote.bulk else ''}")
    decided = Adjudication.objects.filter(item__in=items, is_current=True)
    decisions = {} if session.is_judging else {d.item_id: say(d.ballot) for d in decided}
    return [
        {"item": item, "kinds": kind_names(item), "said": said.get(item.pk, []), "decision": decisions.get(item.pk)}
        for item in items
    ]


@require_POST
@on(review_sessions, Action.JUDGE)
def review_accept(request: HttpRequest, session: Any) -> HttpResponse:
    """Accept at once what the machine proposes on the items in view, after a page that asks whether to."""
    form = AcceptForm(request.POST, PAGE_SIZE)
    if not form.is_valid():
        messages.error(request, "Enter a probability from 0 to 1, for instance 0.95.")
        return redirect("review_items", session.pk)
    given = form.cleaned_data
    try:
        judge = need_judge(session)
        session.check_judging()
        if not given["confirmed"]:
            found = voting.acceptable(session, judge.participant, given["least"]).filter(number__in=given["numbers"])
            context = {"session": session, "story": session.story, "tab": "items", "given": given}
            context["lines"] = [{"item": item, "kinds": kind_names(item)} for item in found]
            return render_page(request, "review/accept.html", context, partial="accept")
        count = voting.accept_all(session.pk, judge, given["numbers"], given["least"], given["token"])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        undo = f"{reverse('review_undo', args=[session.pk])}?bulk={given['token']}"
        tell_with_undo(request, f"{counted(count, 'item')} accepted at once.", undo)
    return redirect("review_items", session.pk)
