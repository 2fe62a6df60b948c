"""The API as a whole: its routes, how it reads bodies, its description, and its addresses."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.cache import add_never_cache_headers
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.parser import Parser

from claims.views.access import API

from . import comparisons, leading, stories
from .access import NoToken
from .errors import handle_errors

PREFIX = "/api/v1/"
ABOUT = """Stories, articles, comparisons, alignments, review sessions and verdicts of your newsrooms. Each request
shows a personal token, made on the page “Tokens”, in the header “Authorization: Bearer …”. What belongs to others is
not there (404); what your role or your token's scope does not allow is refused with a reason (403)."""


class BodyParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Raises ValueError for what is no JSON, also where it is nested too deep to be read."""
        try:
            return json.loads(request.body)
        except RecursionError as error:
            raise ValueError("nested too deep") from error


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = Api(
    title="Claims",
    version="1",
    description=ABOUT,
    auth=NoToken(),
    parser=BodyParser(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
handle_errors(api)
for module in (stories, comparisons, leading):
    api.add_router("", module.router)


def described() -> dict[str, Any]:
    """The OpenAPI document."""
    return cast(dict[str, Any], api.get_openapi_schema(path_prefix=PREFIX))


def operations() -> list[tuple[str, Operation]]:
    """Each operation with its address under PREFIX."""
    return [
        (path.lstrip("/"), operation)
        for router in api._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
    ]


def patterns() -> list[URLPattern]:
    """An address each, whatever number of operations it has; ninja's own pages are left out."""
    found = {str(p.pattern): p for p in api.urls[0] if isinstance(p, URLPattern) and p.name != "api-root"}
    return [
        URLPattern(p.pattern, _answers_programs(p.callback), p.default_args, f"api_{p.name}") for p in found.values()
    ]


def _answers_programs(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answers are for whoever asked, and kept nowhere. A token is asked for by each operation itself."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    answered.policy = API  # type: ignore[attr-defined]
    return answered
