"""What the gateway's own views are built from: blueprints, marks, revisions, uploads. Requests and answers are shared.contracts'."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar, cast

import flask_smorest
from flask import request
from marshmallow import Schema

from gateway.reading import PARSER
from shared.contracts.shapes import LIMIT, Command, Document, Exact, PageQuery, batch, paged, text, whole
from shared.errors import BadRequest, Invalid, PreconditionFailed, Problem

__all__ = [
    "LIMIT",
    "Blueprint",
    "Command",
    "Document",
    "Exact",
    "PageQuery",
    "batch",
    "blueprint",
    "paged",
    "text",
    "whole",
]

View = TypeVar("View", bound=Callable[..., Any])
PREFIX = "/api/v1"
MEGABYTE = 1024 * 1024
FILE = {"type": "string", "format": "binary"}  # how the API's page tells one


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # published without types
    """A family of resources under /api/v1; every POST takes an Idempotency-Key, every PATCH an If-Match."""

    ARGUMENTS_PARSER = PARSER
    truthful = False  # its answers are held against their documents by the tests

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, name, url_prefix=PREFIX, description=description)
        self._prepare_doc_cbks += [_document_headers, _document_limits, self._name_operation]

    def _name_operation(self, doc: dict[str, Any], doc_info: dict[str, Any], **_: Any) -> dict[str, Any]:
        doc["operationId"] = f"{self.name}_{doc_info['operation']}"
        return doc

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        routed = cast(Callable[[View], View], super().route(rule, **options))

        def named(function: View) -> View:
            function._apidoc = {**getattr(function, "_apidoc", {}), "operation": function.__name__}  # type: ignore[attr-defined]  # noqa: SLF001
            return routed(function)

        return named

    def arguments(self, schema: type[Schema] | Schema, **options: Any) -> Callable[[View], View]:
        """Pass the arguments on as in flask-smorest, with the schema built once rather than at every request."""
        built = schema() if isinstance(schema, type) else schema
        return cast(Callable[[View], View], super().arguments(built, **options))

    def response(self, status: int, schema: Any = None, **options: Any) -> Callable[[View], View]:
        return cast(Callable[[View], View], super().response(status, schema, **options))


def blueprint(name: str, description: str) -> Blueprint:
    return Blueprint(name, description)


def public(view: View) -> View:
    """Mark a view that answers without login. Innermost decorator."""
    view.public = True  # type: ignore[attr-defined]
    return _documented({"security": []})(view)


def anonymously(view: View) -> View:
    """Mark a view that answers with and without login, and itself tells who may. Innermost decorator."""
    view.anonymously = True  # type: ignore[attr-defined]
    return _documented({"security": [{"session": []}, {"bearer": []}, {}]})(view)


def body_limit(megabytes: int) -> Callable[[View], View]:
    """Let a view take bodies up to ``megabytes`` (others take 2). Innermost decorator."""

    def mark(view: View) -> View:
        view.body_limit = megabytes * MEGABYTE  # type: ignore[attr-defined]
        return view

    return mark


def gives(*media_types: str) -> Callable[[View], View]:
    """Document which media types a view gives a file in, beside the one that
    its response names. Innermost decorator."""
    return _documented({"responses": {200: {"content": {one: {"schema": FILE} for one in media_types}}}})


def takes_file(*names: str, **described: str) -> Callable[[View], View]:
    """Document that a view takes files as the parts ``names`` of a multipart upload, or by a name with what its file is.

    Innermost decorator; ``uploaded`` reads them.
    """
    parts = {**dict.fromkeys(names, FILE), **{name: {**FILE, "description": told} for name, told in described.items()}}
    content = {"multipart/form-data": {"schema": {"type": "object", "properties": parts}}}
    return _documented({"requestBody": {"content": content}})


def _documented(told: dict[str, Any]) -> Callable[[View], View]:
    def mark(view: View) -> View:
        # where flask-smorest keeps what it documents; its own ``doc`` decorator would wrap the view
        before = getattr(view, "_apidoc", {}).get("manual_doc", {})
        view._apidoc = {"manual_doc": {**before, **told}}  # type: ignore[attr-defined]  # noqa: SLF001
        return view

    return mark


def shown_once(view: View) -> View:
    """Mark a POST whose answer holds a secret: it is never stored, a repetition of its key is refused. Innermost."""
    view.shown_once = True  # type: ignore[attr-defined]
    return view


def leaves_no_trace(view: View) -> View:
    """Mark a POST of which not even a hash may be kept (a ballot): its key is
    ignored, a repetition is the service's to refuse.

    Innermost decorator.
    """
    view.leaves_no_trace = True  # type: ignore[attr-defined]
    return view


def streams(view: View) -> View:
    """Mark a view that reads its body as a stream and bounds it itself: nobody reads it before. Innermost decorator.

    Its Idempotency-Key is ignored: the same content sent again has to be recognised as such.
    """
    view.streams = True  # type: ignore[attr-defined]
    return view


def etag(document: dict[str, Any], status: int = 200) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Return the answer with the ETag of the document's ``revision``."""
    return document, status, {"ETag": f'"{document["revision"]}"'}


def if_match(*, required: bool = True) -> int | None:
    """Return the revision named by If-Match; None for ``*``, or where it is absent and not ``required``."""
    header = request.headers.get("If-Match")
    if header is None and required:
        raise Problem(
            "revision.required",
            status=428,
            zh="修改前请先读取，并带上 If-Match",
            en="updates need If-Match with the ETag read",
        )
    if header is None or header.strip() == "*":
        return None
    revision = header.strip().removeprefix("W/").strip('"')
    if not (revision.isascii() and revision.isdecimal() and len(revision) < 10):
        raise PreconditionFailed(
            "revision.unknown", zh="If-Match 不是本资源的版本", en="If-Match is not a revision of this"
        )
    return int(revision)


def uploaded(field: str) -> tuple[str, bytes]:
    """Return file name and bytes of the multipart part ``field``; combine with ``body_limit``."""
    if request.mimetype != "multipart/form-data":
        raise Problem(
            "request.media_type", status=415, zh="请以 multipart/form-data 上传", en="upload as multipart/form-data"
        )
    part = request.files.get(field)
    if part is None:
        entry = {"field": field, "code": "field.required", "zh": "缺少文件", "en": "the file is missing"}
        raise Invalid("request.invalid", zh="请求内容有误", en="the request does not fit its schema", errors=[entry])
    if "\0" in (part.filename or ""):
        raise BadRequest(
            "request.characters", zh="文件名含有不允许的字符", en="the file name holds characters not allowed"
        )
    return part.filename or "", part.read()


def _document_headers(doc: dict[str, Any], *_: Any, method: str, **__: Any) -> dict[str, Any]:
    header = {"post": "IdempotencyKey", "patch": "IfMatch"}.get(method)
    if header:
        doc.setdefault("parameters", []).append(header)
    return doc


# What any request may meet before its view: too large a body, too long an address, too large headers, too much at once.
_AT_THE_EDGE = (413, 414, 431, 503)


def _document_limits(doc: dict[str, Any], *_: Any, **__: Any) -> dict[str, Any]:
    answers = doc.setdefault("responses", {})
    for status in _AT_THE_EDGE:
        answers.setdefault(str(status), HTTPStatus(status).name)
    return doc
