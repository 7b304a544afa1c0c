"""Operations of the contracts as views: ``mounted(family)`` is the blueprint of a family, ``view`` writes one out.

Most views only pass on: what came in is checked by the contract's schema and sent as it came, what the service answers goes out.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import g

from gateway.api.core import Blueprint, View, etag, if_match
from gateway.rpc import ask
from shared.contracts.operations import Family, Operation
from shared.contracts.shapes import Command


def mounted(family: Family) -> Blueprint:
    """Return the blueprint of ``family`` with a view for each operation that only passes on."""
    blueprint = Blueprint(family.name, family.description)
    blueprint.truthful = True
    for operation in family.operations:
        if operation.mounted:
            _route(blueprint, operation)(_passing_on(operation))
    return blueprint


def view(blueprint: Blueprint, operation: Operation, schema: Any = None, **response: Any) -> Callable[[View], View]:
    """Route a view that does more than pass on: it is called with what came in
    (see ``taken``) and the path's parameters.

    ``schema``, ``response``: what flask-smorest documents of the answer where it is no document of the contract.
    """
    return _route(blueprint, operation, schema, **response)


def taken(operation: Operation, given: dict[str, Any] | None, path: dict[str, Any]) -> dict[str, Any]:
    """Return the request to send: the body as it came (or the query as it was
    read), the path, what is fixed, If-Match."""
    in_query = operation.uploads or operation.method in _IN_QUERY
    body = dict(given or {}) if in_query else dict(g.get("json_body") or {})
    if operation.if_match:
        body["revision"] = if_match(required=operation.if_match == "required")
    return {**body, **path, **operation.fixed}


_IN_QUERY = ("GET", "DELETE")


def _passing_on(operation: Operation) -> Callable[..., Any]:
    def passing_on(given: dict[str, Any] | None = None, **path: Any) -> Any:
        answer = ask(operation, taken(operation, given, path))
        return etag(answer, operation.status) if operation.etag else answer

    passing_on.__name__ = operation.name or operation.rpc
    passing_on.__doc__ = operation.summary
    return passing_on


def _route(blueprint: Blueprint, operation: Operation, schema: Any = None, **response: Any) -> Callable[[View], View]:
    def route(function: View) -> View:
        if operation.summary and not function.__doc__:
            function.__doc__ = operation.summary
        decorated = blueprint.response(operation.status, schema or operation.answer, **response)(function)
        taking = _http_schema(operation.request, operation.inside)
        if taking is not None:
            location = "query" if operation.uploads or operation.method in _IN_QUERY else "json"
            decorated = blueprint.arguments(taking, location=location)(decorated)
        decorated.asked_again = operation.asked_again  # type: ignore[attr-defined]
        decorated.reads = operation.reads  # type: ignore[attr-defined]
        return blueprint.route(operation.path, methods=[operation.method])(decorated)

    return route


@cache
def _http_schema(request: type[Command], inside: frozenset[str]) -> type[Command] | None:
    """Return ``request`` as HTTP takes it: without what stands elsewhere; None where nothing is left."""
    built = request()
    outside = frozenset(built.fields) & inside
    if not outside:
        return request if built.fields else None
    if not frozenset(built.fields) - outside:
        return None
    meta = type("Meta", (request.Meta,), {"exclude": tuple(sorted(outside))})
    return type(request.__name__, (request,), {"Meta": meta, "__module__": request.__module__})
