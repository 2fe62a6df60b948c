"""Logging in and out, and a new password for one that was forgotten."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from claims.forms.people import ForgottenForm, LoginForm, NewPasswordForm
from claims.mail import may_mail, send_reset
from claims.models import Person

from .access import ANYONE, anyone, asker, logged_in


class Login(LoginView):
    template_name = "people/login.html"
    authentication_form = LoginForm

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if getattr(request.user, "is_alone", False):
            return redirect("stories")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**kwargs) | {"is_empty": not Person.objects.exclude(email=None).exists()}


login = Login.as_view()
login.policy = ANYONE  # type: ignore[attr-defined]


class ResetPassword(PasswordResetConfirmView):
    template_name = "people/new_password.html"
    form_class = NewPasswordForm  # type: ignore[assignment] # it takes one field where Django's takes two
    success_url = reverse_lazy("stories")
    post_reset_login = True
    post_reset_login_backend = settings.AUTHENTICATION_BACKENDS[-1]

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Your password is changed, and every other login of yours has ended.")
        return super().form_valid(form)


reset_password = ResetPassword.as_view()
reset_password.policy = ANYONE  # type: ignore[attr-defined]


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: object) -> HttpResponse:
    """What django-axes answers after too many failed attempts, whether or not the address has an account."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "people/locked_out.html", {"minutes": minutes}, status=429)


@require_POST
@anyone
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "You are logged out.")
    return redirect("login")


@require_POST
@logged_in
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    asker(request).log_out_everywhere()
    logout(request)
    messages.success(request, "You are logged out, here and on every other device.")
    return redirect("login")


@csrf_protect
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@anyone
def forgotten(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether or not somebody has this address."""
    form = ForgottenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/forgotten.html", {"form": form}, status=422 if form.errors else 200)
    email = form.cleaned_data["email"]
    person = Person.objects.named(email)
    if may_mail(f"reset {email}") and person:
        send_reset(request, person)
    return render(request, "people/forgotten.html", {"sent_to": email})
