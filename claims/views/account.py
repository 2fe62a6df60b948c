"""One's own account: name, e-mail address, password, leaving; and the first account where nobody logs in yet."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import email_change
from claims.accounts import delete_account, open_first_account
from claims.forms.people import FirstAccountForm, NameForm, NewEmailForm, PasswordForm, TypedConfirmation
from claims.mail import may_mail, send_email_change
from claims.models import Newsroom, Person

from .access import anyone, asker, logged_in


@require_safe
@logged_in
def account(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@logged_in
def account_name(request: HttpRequest) -> HttpResponse:
    person, form = _me(request), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, name_form=form)
    person.name = form.cleaned_data["name"]
    person.save(update_fields=["name"])
    messages.success(request, f"You are now called {person}.")
    return redirect("account")


@require_POST
@logged_in
def account_password(request: HttpRequest) -> HttpResponse:
    """The new password ends every other login of this person, for Django keeps its hash in each."""
    person = _me(request)
    form = PasswordForm(request.POST, person=person)
    if not form.is_valid():
        return _page(request, password_form=form)
    person.set_password(form.cleaned_data["password"])
    person.save(update_fields=["password"])
    update_session_auth_hash(request, person)
    messages.success(request, "Your password is changed, and every other login of yours has ended.")
    return redirect("account")


@require_POST
@logged_in
def account_email(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether or not somebody has the new address."""
    person = _me(request)
    form = NewEmailForm(request.POST, person=person)
    if not form.is_valid():
        return _page(request, email_form=form)
    email = form.cleaned_data["email"]
    if may_mail(f"change {person.pk} {email}"):
        send_email_change(request, person, email)
    messages.success(request, f"A link was sent to {email}. Your address changes once you open it.")
    return redirect("account")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@anyone
def account_email_link(request: HttpRequest, token: str) -> HttpResponse:
    """The change takes a button: programs that look through e-mails open links too."""
    change = email_change.read_token(token)
    if change is None or request.method != "POST":
        return render(request, "people/email_change.html", {"change": change}, status=200 if change else 404)
    email_change.apply(change)
    messages.success(request, f"From now on you log in as {change.email}.")
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@logged_in
def account_delete(request: HttpRequest) -> HttpResponse:
    person = _me(request)
    form = TypedConfirmation(request.POST or None, wanted=person.email or "")
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/account_delete.html", {"form": form}, status=422 if form.errors else 200)
    delete_account(person)
    logout(request)
    messages.success(request, "Your account is deleted.")
    return redirect("login")


@require_http_methods(["GET", "HEAD", "POST"])
@logged_in
def first_account(request: HttpRequest) -> HttpResponse:
    """Once the first account is there, this page is gone, and everyone logs in."""
    person = asker(request)
    if not person.is_alone:
        raise Http404
    home = Newsroom.objects.home()
    form = FirstAccountForm(request.POST or None, person=person, initial={"newsroom": home.name})
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/first_account.html", {"form": form}, status=422 if form.errors else 200)
    try:
        person = open_first_account(form, home)
    except IntegrityError:
        raise Http404 from None
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    messages.success(request, "From now on this program asks for a login. Your stories are all here.")
    return redirect(home)


def _me(request: HttpRequest) -> Person:
    """Raises Http404 for the person of a laptop, who has no account."""
    person = asker(request)
    if person.is_alone:
        raise Http404
    return Person.objects.get(pk=person.pk)


def _page(request: HttpRequest, **forms: object) -> HttpResponse:
    person = _me(request)
    context = {
        "name_form": NameForm({"name": person.name}),
        "email_form": NewEmailForm(person=person),
        "password_form": PasswordForm(person=person),
        **forms,
    }
    return render(request, "people/account.html", context, status=422 if forms else 200)
