"""Forms about people: logging in, passwords, invitations, the newsroom."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from claims.models import Membership, Newsroom, Person
from claims.models.person import normal_email
from claims.policies import SAYS, Role

from .fields import LineField

#: Names stand in e-mails to strangers: none may smuggle a link into one.
LINK = re.compile(r"://|www\.|@|[<>]", re.IGNORECASE)


class NameField(LineField):
    """The name of a person or a newsroom."""

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        if LINK.search(name):
            raise ValidationError("Use a name without web or e-mail addresses and without < and >.")
        return name


class EmailField(forms.EmailField):
    def to_python(self, value: Any) -> str:
        return normal_email(super().to_python(value) or "")


class NewPasswordField(forms.CharField):
    widget = forms.PasswordInput({"autocomplete": "new-password"})

    def __init__(self, label: str = "Password") -> None:
        help_text = " ".join(password_validators_help_texts())
        super().__init__(label=label, help_text=help_text, strip=False, max_length=200)


def person_name() -> NameField:
    return NameField(
        max_length=Person.NAME_LENGTH,
        label="Your name",
        help_text="Others in your newsrooms see it beside what you judge.",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Say what others should call you."},
    )


def newsroom_name() -> NameField:
    return NameField(
        max_length=Newsroom.NAME_LENGTH,
        label="Name of the newsroom",
        error_messages={"required": "Give the newsroom a name."},
    )


class LoginForm(auth_forms.AuthenticationForm):
    """One message for every reason, so that nobody learns who has an account."""

    error_messages = {
        "invalid_login": "This e-mail address and this password do not belong together.",
        "inactive": "This e-mail address and this password do not belong together.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = EmailField(
            label="E-mail address", widget=forms.EmailInput({"autocomplete": "username", "autofocus": True})
        )


class AccountForm(forms.Form):
    """Name, e-mail address and password of a new account; of ``person``, if someone is there who had none."""

    name = person_name()
    email = EmailField(
        label="Your e-mail address", max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = NewPasswordField()

    def __init__(self, *args: Any, email: str = "", person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email
        self._person = person or Person()
        if email:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        person = Person(email=self._email or given.get("email", ""), name=given.get("name", ""))
        try:
            validate_password(given.get("password", ""), person)
        except ValidationError as error:
            self.add_error("password", error)
        if Person.objects.named(person.email or "") and not self._email:
            self.add_error("email", "Somebody has an account with this e-mail address.")
        return given

    def save(self) -> Person:
        """The account. Raises IntegrityError when somebody took the e-mail address in between."""
        given = self.cleaned_data
        self._person.name, self._person.email = given["name"], self._email or given["email"]
        self._person.set_password(given["password"])
        self._person.save()
        return self._person


class FirstAccountForm(AccountForm):
    """How one who worked alone begins to work with others: the account that logs in from now on, and the newsroom."""

    newsroom = newsroom_name()


class InviteForm(forms.Form):
    email = EmailField(label="E-mail address", max_length=254, widget=forms.EmailInput({"autocomplete": "off"}))
    role = forms.TypedChoiceField(coerce=int, choices=Role.choices, initial=Role.REVIEWER, label="Role")

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._newsroom = newsroom
        self.fields["role"].help_text = " ".join(f"A{'n' * (r.label[0] in 'ae')} {r.label} {SAYS[r]}." for r in Role)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if Membership.objects.current().filter(newsroom=self._newsroom, person__email=email).exists():
            raise ValidationError("This person is a member already.")
        return email


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(coerce=int, choices=Role.choices, label="Role")


class NewsroomForm(forms.Form):
    name = newsroom_name()


class NameForm(forms.Form):
    name = person_name()


def present_password() -> forms.CharField:
    return forms.CharField(
        label="Present password", strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


def checked_password(typed: str, person: Person) -> str:
    if not person.check_password(typed):
        raise ValidationError("This is not your present password.")
    return typed


class PasswordForm(forms.Form):
    """A new password for someone who knows the present one."""

    current = present_password()
    password = NewPasswordField(label="New password")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_current(self) -> str:
        return checked_password(self.cleaned_data["current"], self._person)

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self._person)
        return self.cleaned_data["password"]


class NewEmailForm(forms.Form):
    """Another e-mail address for someone who knows the present password."""

    email = EmailField(label="New address", max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    current = present_password()

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = person
        self.fields["current"].widget.attrs["id"] = "id_current_for_email"  # another form of the page has one too

    def clean_email(self) -> str:
        if self.cleaned_data["email"] == self._person.email:
            raise ValidationError("This is your address already.")
        return self.cleaned_data["email"]

    def clean_current(self) -> str:
        return checked_password(self.cleaned_data["current"], self._person)


class TypedConfirmation(forms.Form):
    """Deletes only when ``wanted`` is typed."""

    typed = LineField(widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._wanted = wanted
        self.fields["typed"].label = f"To confirm, type: {wanted}"

    def clean_typed(self) -> str:
        if self.cleaned_data["typed"].casefold() != self._wanted.casefold():
            raise ValidationError(f"This is not “{self._wanted}”. Nothing was deleted.")
        return self.cleaned_data["typed"]


class ForgottenForm(forms.Form):
    email = EmailField(label="E-mail address", max_length=254, widget=forms.EmailInput({"autocomplete": "username"}))


class NewPasswordForm(forms.Form):
    """For Django's PasswordResetConfirmView: a new password for ``user``, without the present one."""

    new_password = NewPasswordField(label="New password")

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        validate_password(self.cleaned_data["new_password"], self.user)
        return self.cleaned_data["new_password"]

    def save(self) -> Person:
        self.user.set_password(self.cleaned_data["new_password"])
        self.user.save(update_fields=["password"])
        return self.user
