"""The project's addresses, and the yardstick's."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from claims.urls import handler400, urlpatterns

__all__ = ["handler400", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """What the server, Django and its middleware cost when a view does nothing."""
    return HttpResponse("")


urlpatterns = [*urlpatterns, path("empty/", empty)]
