"""Every page of the program in every state that looks different, each with its address."""

from __future__ import annotations

from dataclasses import dataclass

from .site import Site

#: Stories whose state no click could hold still. The far heartbeat keeps the running job from being taken up.
STATES = """
import datetime, json, sys
from django.core.management import call_command
from django.urls import reverse
from claims.management.commands.load_sample import find_sample
from claims.models import ClaimRow, Job
from tests.factories import make_article, make_compared_story, make_story
from tests.review.makers import make_reviewed

def story_with_articles(title):
    story = make_story(title)
    make_article(story); make_article(story)
    return story

call_command("load_sample", stdout=sys.stderr)
sample = find_sample()
first = sample.articles.first()
many = make_compared_story(outlets=7, sentences=16, title="Fire on the ferry, told by many")
long = make_compared_story(outlets=2, sentences=60, shared=40, title="Fire on the ferry, told at length")
later = make_compared_story(outlets=2, title="Fire on the ferry, changed later").articles.first()
changed = later.text.replace("12 passengers", "16 passengers").replace("“", '"') + "\\nThe line is sorry."
later.edit(later.revision, text=changed, title="Ferry fire: more are hurt")
running = Job.objects.create(
    story=story_with_articles("Being compared"), state="running", stage="embed", done=41, total=90, attempts=2,
    heartbeat_at=datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC),
)
failed = Job.objects.create(story=story_with_articles("Comparison that failed"), state="failed", error="No memory.")
settled = make_reviewed(many, "Settled", is_blind=False)
judged = make_reviewed(many, "To be judged", is_blind=False, reveals=False)
claim = lambda relation: ClaimRow.objects.filter(comparison__story=sample, relation=relation).first().number
blind = make_reviewed(many, "Judged blind", reveals=False)
print(json.dumps({
    "stories": reverse("stories"),
    "no stories": reverse("stories") + "?show=archived",
    "articles": reverse("story_articles", args=[sample.pk]),
    "no articles": reverse("story_articles", args=[make_story("Nothing yet").pk]),
    "article": reverse("article", args=[first.pk]),
    "sentences": reverse("article_sentences", args=[first.pk]),
    "versions": reverse("article_versions", args=[later.pk]),
    "whole versions": reverse("article_versions", args=[later.pk]) + "?whole=1",
    "splitting": reverse("article_sentences", args=[first.pk]) + "?split=0",
    "progress": running.get_absolute_url(),
    "failed job": failed.get_absolute_url(),
    "running story": running.story.get_absolute_url(),
    "failed story": failed.story.get_absolute_url(),
    "overview": reverse("story", args=[sample.pk]),
    "side by side": reverse("story_side_by_side", args=[sample.pk]),
    "changes only": reverse("story_side_by_side", args=[sample.pk]) + "?changes=1",
    "matrix": reverse("story_matrix", args=[sample.pk]),
    "quotations": reverse("story_quotations", args=[sample.pk]),
    "shared quotations": reverse("story_quotations", args=[sample.pk]) + "?show=shared&page=9",
    "matrix without a claim": reverse("story_matrix", args=[sample.pk]) + "?q=zebra",
    "diverging claim": reverse("claim", args=[sample.pk, claim("diverge")]),
    "agreeing claim": reverse("claim", args=[sample.pk, claim("agree")]),
    "unique claim": reverse("claim", args=[sample.pk, claim("unique")]),
    "overview of many": reverse("story", args=[many.pk]),
    "side by side of many": reverse("story_side_by_side", args=[many.pk]),
    "quotations of many": reverse("story_quotations", args=[many.pk]),
    "matrix of many": reverse("story_matrix", args=[many.pk]),
    "side by side at length": reverse("story_side_by_side", args=[long.pk]),
    "threshold": reverse("story_threshold", args=[many.pk]),
    "other threshold": reverse("story_threshold", args=[many.pk]) + "?threshold=94",
    "wrong threshold": reverse("story_threshold", args=[many.pk]) + "?threshold=7",
    "confirmed": reverse("newsroom_confirmed", args=[many.newsroom_id]),
    "sessions": reverse("story_reviews", args=[many.pk]),
    "no sessions": reverse("story_reviews", args=[long.pk]),
    "planning a session": reverse("review_open", args=[many.pk]),
    "session": judged.get_absolute_url(),
    "blind session": blind.get_absolute_url(),
    "settled session": settled.get_absolute_url(),
    "changing a session": reverse("review_edit", args=[judged.pk]),
    "judging two sentences": judged.items.filter(relation="diverge").first().get_absolute_url(),
    "judging a lone sentence": judged.items.filter(sort="lone").first().get_absolute_url(),
    "deciding": settled.items.all().disputed().exclude(sort="lone").first().get_absolute_url(),
    "items": reverse("review_items", args=[judged.pk]) + "?show=all",
    "disputed items": reverse("review_items", args=[settled.pk]) + "?show=disputed",
    "looking through an outlet": judged.items.filter(sort="lone").first().get_absolute_url() + "?in=1",
    "adding a pair": reverse("review_add", args=[judged.pk]),
    "audit trail": reverse("review_trail", args=[settled.pk]) + "?check=1",
    "exports": reverse("review_exports", args=[settled.pk]),
    "share": reverse("story_share", args=[sample.pk]),
    "sharing a session": reverse("review_share", args=[settled.pk]),
    "newsroom": reverse("newsroom", args=[sample.newsroom_id]),
    "end of the newsroom": reverse("newsroom_delete", args=[sample.newsroom_id]),
    "account": reverse("account"),
    "end of the account": reverse("account_delete"),
    "tokens": reverse("tokens"),
    "sending a page": reverse("send") + "?url=https://post.example/rope&title=A+rope+broke",
    "api": reverse("api_docs"),
    "not found": "/stories/999999/",
}))
"""


@dataclass(frozen=True)
class Places:
    addresses: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.addresses[name]


def make_places(site: Site) -> Places:
    return Places(site.rows(STATES))
