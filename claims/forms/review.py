"""Review sessions: what an editor plans, what a judge says, what is decided, and the notes beside it."""

from __future__ import annotations

import random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.models import Membership, Note, ReviewItem, ReviewSession
from claims.pipeline.text import repair
from claims.policies import Role
from claims.presentation.snapshot import Snapshot, article_pk, load_snapshot
from claims.presentation.words import KINDS, RELATIONS
from claims.review.ballot import Ballot, locate
from claims.review.opening import Plan
from claims.review.proposals import Choice

from .fields import LONGEST_LINE, LineField, whole_number

NO_TITLE = {"required": "Give the session a title, for instance “Before we print”."}
MANY_SENTENCES = 5000


class PeopleField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return obj.label

    def clean(self, value: Any) -> Any:
        """Numbers that no row can have are no choice either; some databases would stumble over them."""
        known = {str(pk) for pk in self.queryset.values_list("pk", flat=True)}  # type: ignore[union-attr]
        for strange in (each for each in value or () if str(each) not in known):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": str(strange)[:40]})
        return super().clean(value)


def possible_judges(newsroom_id: int) -> Any:
    return (
        Membership.objects.current()
        .filter(newsroom=newsroom_id, role__gte=Role.REVIEWER)
        .select_related("person")
        .order_by("number")
    )


class SessionForm(forms.Form):
    """What can be changed as long as a session is not sealed."""

    title = LineField(max_length=ReviewSession.TITLE_LENGTH, label="Title", error_messages=NO_TITLE)
    question = LineField(
        required=False,
        max_length=ReviewSession.QUESTION_LENGTH,
        label="Question",
        help_text="What the judges should have in mind. It stands above every item.",
    )
    due_on = forms.DateField(
        required=False,
        label="Due",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date, for instance 2026-05-31."},
    )
    people = PeopleField(
        queryset=Membership.objects.none(),
        label="Who judges",
        error_messages={"required": "Choose at least one person who judges."},
    )


class EditForm(SessionForm):
    """``people`` are those who join."""

    def __init__(self, data: Any, session: ReviewSession) -> None:
        initial = {"title": session.title, "question": session.question, "due_on": session.due_on}
        super().__init__(data, initial=initial)
        there = session.participants.there().values("membership")
        self.fields["people"].required = False
        self.fields["people"].label = "Who joins"
        joinable = possible_judges(session.story.newsroom_id).exclude(pk__in=there)
        self.fields["people"].queryset = joinable  # type: ignore[attr-defined]


class PlanForm(SessionForm):
    is_blind = forms.TypedChoiceField(
        label="How",
        choices=[
            ("1", "Blind: nobody sees what others answer, until you reveal it"),
            ("0", "Open: everyone sees all answers, and who is looking at what"),
        ],
        initial="1",
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    judges = forms.TypedChoiceField(
        label="Judges for each item",
        choices=[("2", "Two, so that agreement can be told"), ("1", "One, which is quicker")],
        initial="2",
        coerce=int,
        widget=forms.RadioSelect,
    )
    rows = forms.ChoiceField(
        label="Which items",
        choices=ReviewSession.Rows.choices,
        initial=ReviewSession.Rows.ALL,
        widget=forms.RadioSelect,
    )
    relation = forms.ChoiceField(
        required=False, label="Relation", choices=[("", "any"), *[(k, v.lower()) for k, v in RELATIONS.items()]]
    )
    kind = forms.ChoiceField(
        required=False, label="Kind", choices=[("", "any"), *[(k, v.lower()) for k, v in KINDS.items()]]
    )
    outlets = forms.MultipleChoiceField(
        required=False, label="Outlets (none ticked: all)", widget=forms.CheckboxSelectMultiple
    )
    words = LineField(required=False, max_length=200, label="With these words")
    sample_size = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        label="How many to draw",
        error_messages={"invalid": "Enter a whole number.", "min_value": "Draw at least one item."},
    )
    seed = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        label="Seed",
        help_text="The same number draws the same sample. Leave it empty for any.",
    )
    order = forms.ChoiceField(label="Order", choices=ReviewSession.Order.choices, initial=ReviewSession.Order.URGENT)

    def __init__(self, data: Any, newsroom_id: int, snapshot: Snapshot) -> None:
        super().__init__(data)
        people = possible_judges(newsroom_id)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.fields["outlets"].choices = [(name, name) for name in snapshot.outlets]  # type: ignore[attr-defined]
        if data is None:
            everyone = list(people)
            self.initial["people"] = everyone
            self.initial["judges"] = "1" if len(everyone) < 2 else "2"

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("rows") == ReviewSession.Rows.SAMPLE and not given.get("sample_size"):
            self.add_error("sample_size", "Say how many items to draw.")
        if given.get("judges") == 2 and "people" in given and len(given["people"]) < 2:
            self.add_error(
                "judges", "Two judges for each item take at least two people. Choose one more, or one judge."
            )

    def plan(self) -> Plan:
        given = self.cleaned_data
        is_filter = given["rows"] == ReviewSession.Rows.FILTER
        seed = given["seed"]
        return Plan(
            title=given["title"],
            people=list(given["people"]),
            question=given["question"],
            due_on=given["due_on"],
            rows=given["rows"],
            choice=Choice(given["relation"], given["kind"], tuple(given["outlets"]), given["words"])
            if is_filter
            else Choice(),
            sample_size=given["sample_size"],
            seed=random.randrange(2**31) if seed is None else seed,  # noqa: S311 - no secret # nosec B311
            order=given["order"],
            is_blind=given["is_blind"],
            judges=given["judges"],
        )


#: The buttons of the judging page: what each says as (answer, relation).
BUTTONS = {
    "agree": ("same", "agree"),
    "diverge": ("same", "diverge"),
    "apart": ("apart", ""),
    "absent": ("absent", ""),
    "found": ("found", ""),
    "unsure": ("unsure", ""),
}


class BallotForm(forms.Form):
    """``answer``: the pressed button. ``token`` makes the form count once; ``fingerprint``: of what was shown."""

    answer = forms.ChoiceField(
        choices=[(name, name) for name in BUTTONS], error_messages={"required": "Press one of the answers."}
    )
    kinds = forms.MultipleChoiceField(
        required=False,
        choices=[*KINDS.items()],
        error_messages={"invalid_choice": "There is no kind of difference called %(value)s."},
    )
    a_words = forms.CharField(required=False, max_length=MANY_SENTENCES)
    b_words = forms.CharField(required=False, max_length=MANY_SENTENCES)
    a_at = forms.IntegerField(required=False, min_value=0)
    b_at = forms.IntegerField(required=False, min_value=0)
    found = forms.CharField(required=False, max_length=24)
    token = forms.UUIDField()
    fingerprint = forms.CharField(min_length=64, max_length=64)
    then = forms.IntegerField(required=False, min_value=1)

    @property
    def problem(self) -> str:
        """The first error, in words."""
        return next((str(error) for errors in self.errors.values() for error in errors), "")

    def ballot(self, item: ReviewItem, session: ReviewSession) -> Ballot:
        """What a valid form says of the item. Raises BallotError where chosen words do not stand in its sentences."""
        given = self.cleaned_data
        answer, relation = BUTTONS[given["answer"]]
        differs = relation == "diverge"
        return Ballot(
            answer,  # type: ignore[arg-type]
            relation,  # type: ignore[arg-type]
            tuple(given["kinds"]) if differs else (),
            locate(given["a_words"], item.a_text, given["a_at"]) if differs else None,
            locate(given["b_words"], item.b_text, given["b_at"]) if differs else None,
            _found(given["found"], item, load_snapshot(session.comparison)) if answer == "found" else None,
        )


def _found(id_: str, item: ReviewItem, snapshot: Snapshot) -> dict[str, Any] | None:
    """The sentence with this id, if it stands in another article than the item's."""
    sentence, own = snapshot.sentences.get(id_), snapshot.sentences.get(item.a_id)
    if sentence is None or (own is not None and own.article == sentence.article):
        return None
    return {
        "article": article_pk(snapshot.result.articles[sentence.article]),
        "outlet": snapshot.outlets[sentence.article],
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
    }


class RemarkField(forms.CharField):
    """Text of a few paragraphs, repaired; only spaces are none."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=Note.MAX_LENGTH, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = str(value or "")
        if len(typed) > 10 * LONGEST_LINE:
            raise ValidationError(f"This is a text of {len(typed):,} characters. Use at most {Note.MAX_LENGTH:,}.")
        return repair(typed).strip()


TOO_LONG = f"Use at most {Note.MAX_LENGTH:,} characters; this text has %(show_value)d."


class DecisionForm(BallotForm):
    token = None  # type: ignore[assignment] # the same decision twice is one, whatever form it came in
    reason = RemarkField(
        error_messages={"required": "Say why, so that others can follow the decision.", "max_length": TOO_LONG}
    )


class NoteForm(forms.Form):
    text = RemarkField(
        label="Note", error_messages={"required": "Write something, or leave it.", "max_length": TOO_LONG}
    )
    token = forms.UUIDField()


class UndoForm(forms.Form):
    """What a button undoes; the key undoes the last answer, whichever it is."""

    item = forms.IntegerField(required=False, min_value=1)
    bulk = forms.UUIDField(required=False)


class ReopenForm(forms.Form):
    because = LineField(
        max_length=ReviewSession.QUESTION_LENGTH, error_messages={"required": "Say why the session is reopened."}
    )
    to_judge = forms.BooleanField(required=False)


class AcceptForm(forms.Form):
    """The items that were on the page, and the least probability of those to accept."""

    least = forms.FloatField(min_value=0, max_value=1)
    numbers = forms.TypedMultipleChoiceField(coerce=int, required=False)
    token = forms.UUIDField()
    confirmed = forms.BooleanField(required=False)

    def __init__(self, data: Any, limit: int) -> None:
        super().__init__(data)
        given = data.getlist("numbers")[:limit] if data is not None else []
        self.fields["numbers"].choices = [(n, n) for n in given if whole_number(n)]  # type: ignore[attr-defined]


class AddForm(forms.Form):
    a = forms.CharField(max_length=24, error_messages={"required": "Choose a sentence on the left."})
    b = forms.CharField(max_length=24, error_messages={"required": "Choose a sentence on the right."})
    comparison = forms.IntegerField(min_value=1)
