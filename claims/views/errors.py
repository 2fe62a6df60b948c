"""What a reader sees when a request cannot be answered. Templates: 400.html, 403_csrf.html, 404.html, 500.html."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Only our own words are shown: other exceptions' texts may repeat what the request held."""
    message = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "400.html", {"message": message}, status=400)
