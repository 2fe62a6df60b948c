"""The project's addresses, and the yardsticks'."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from claims.urls import handler400, urlpatterns
from claims.views.access import anyone, logged_in

__all__ = ["handler400", "urlpatterns"]


@anyone
def empty(request: HttpRequest) -> HttpResponse:
    """What the server, Django and its middleware cost when a view does nothing."""
    return HttpResponse("")


@logged_in
def empty_for_someone(request: HttpRequest) -> HttpResponse:
    """The same, where somebody is logged in and is asked for: two queries, which every page of the program needs."""
    return HttpResponse("")


urlpatterns = [*urlpatterns, path("empty/", empty), path("empty-for-someone/", empty_for_someone)]
