"""The OpenAPI document and the page on which it is read, all served from here."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Flask, Response, abort

from gateway.api.core import PREFIX, Exact, public
from gateway.auth.identify import COOKIE
from gateway.problems import ProblemSchema
from shared.contracts.shapes import Either

_DESCRIPTION = """绩效考核系统的 HTTP 接口。Every list is paged by `limit` and `after`; decimals are strings; instants are UTC,
dates are Asia/Shanghai; errors are `application/problem+json` with a stable `code`."""
_CONTENT_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "png": "image/png"}
_ASSETS = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png")
# Swagger UI sets style attributes and inlines its pictures; scripts are its own file and ours, nothing inline.
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)

pages = Blueprint("documents", __name__, url_prefix=PREFIX)


class Api(flask_smorest.Api):  # type: ignore[misc]  # published without types
    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Errors are gateway.problems' work."""

    def _register_responses(self) -> None:
        """The answers that are registered by themselves are all errors."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _openapi_json(self) -> Any:
        return super()._openapi_json()

    _openapi_json.public = True  # type: ignore[attr-defined]


class _Names:
    """A schema goes by its class's name; the second of a name, from another family, by its family's name as well."""

    def __init__(self) -> None:
        self._taken: dict[str, type] = {}

    def __call__(self, schema: Any) -> str:
        cls = schema if isinstance(schema, type) else type(schema)
        name = cls.__name__
        if self._taken.setdefault(name, cls) is cls:
            return name
        family = cls.__module__.rpartition(".")[2].title().replace("_", "")
        return f"{family}{name}"


def document(app: Flask) -> Api:
    app.config.update(
        API_TITLE="考核 Kaohe",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    plugin = MarshmallowPlugin(schema_name_resolver=_Names())
    api = Api(
        app,
        spec_kwargs={
            "marshmallow_plugin": plugin,
            "info": {"description": _DESCRIPTION},
            "security": [{"session": []}, {"bearer": []}],
        },
    )
    api.register_field(Exact, "string", "decimal")
    for told in (_one_of, _pattern):
        plugin.converter.add_attribute_function(told)  # type: ignore[union-attr]  # begun by Api above
    components = api.spec.components
    components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": COOKIE})
    components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    key = {
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        "description": "the same key is answered once, 24 h",
    }
    components.parameter("IdempotencyKey", "header", {"name": "Idempotency-Key", **key})
    match = {"schema": {"type": "string"}, "description": "the ETag that was read", "required": True}
    components.parameter("IfMatch", "header", {"name": "If-Match", **match})
    app.register_blueprint(pages)
    return api


def _one_of(converter: Any, field: Any, **_: Any) -> dict[str, Any]:
    """The shapes of a field that has one of several."""
    if not isinstance(field, Either):
        return {}
    shapes = [converter.field2property(one) for one in field.shapes]
    return {"oneOf": [*shapes, {"type": "null"}] if field.allow_none else shapes}


def _pattern(_: Any, __: Any, *, ret: Mapping[str, Any], **___: Any) -> dict[str, Any]:
    """A pattern as other languages read it (ECMA 262): Python's anchors mean letters there, and a check begins at the start."""
    if "pattern" not in ret:
        return {}
    pattern = ret["pattern"].removeprefix("(?s)").removeprefix(r"\A").removeprefix("^").replace(r"\Z", "$")
    return {"pattern": f"^{pattern}"}


@pages.route("/docs")
@public
def page() -> Response:
    response = Response(
        (files("gateway.web") / "docs.html").read_text("utf-8"), content_type="text/html; charset=utf-8"
    )
    response.headers["Content-Security-Policy"] = _CSP
    return response


@pages.route("/docs/<name>")
@public
def asset(name: str) -> Response:
    if name == "docs.js":
        return _file((files("gateway.web") / name).read_bytes(), name)
    if name not in _ASSETS:
        abort(404)
    return _file((files("swagger_ui") / "static" / name).read_bytes(), name)


def _file(content: bytes, name: str) -> Response:
    response = Response(content, content_type=_CONTENT_TYPES[name.rpartition(".")[2]])
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
