"""Every answer given in a test is held against the API's own description: no member it does not name, no null, no word beside it.

A view that is not true fails the test that met it: the answer becomes a 500 whose log says what does not fit.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import fastjsonschema
from flask import Flask, Response, request

from shared.jsontext import loads

Check = Callable[[Any], Any]
METHODS = ("get", "post", "put", "patch", "delete")


class NotTrue(AssertionError):
    """An answer that its document does not describe."""


class Truth:
    """The checks of one document, each compiled when it is first needed."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._definitions = {name: strict(one) for name, one in document["components"]["schemas"].items()}
        self._answers = {
            (method.upper(), path): one[method]["responses"]
            for path, one in document["paths"].items()
            for method in METHODS
            if method in one
        }
        self._paths = {path: re.compile(re.sub(r"\{\w+\}", "[^/]+", path)) for _, path in self._answers}
        self._checks: dict[tuple[str, str, str], Check | None] = {}

    def check(self, method: str, path: str, status: int, answer: Any) -> None:
        """Raise ``NotTrue`` unless the document describes ``answer``. ``path``: as asked, or as the document has it."""
        template = self._template(method, path)
        key = (method, template, str(status))
        if key not in self._checks:
            self._checks[key] = self._compiled(key)
        if (check := self._checks[key]) is None:
            return
        try:
            check(answer)
        except fastjsonschema.JsonSchemaValueException as error:
            raise NotTrue(f"{method} {template} {status}: {error.message}; {str(error.value)[:400]}") from error

    def _template(self, method: str, path: str) -> str:
        if (method, path) in self._answers:
            return path
        fitting = [
            one for one, pattern in self._paths.items() if pattern.fullmatch(path) and (method, one) in self._answers
        ]
        return min(fitting, key=lambda one: one.count("{"), default=path)

    def _compiled(self, key: tuple[str, str, str]) -> Check | None:
        method, template, status = key
        answers = self._answers.get((method, template), {})
        if status not in answers:
            raise NotTrue(f"{method} {template}: {status} is not described, only {sorted(answers)}")
        schema = answers[status].get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return None
        whole = {"definitions": self._definitions, **strict(schema)}
        compiled: Check = fastjsonschema.compile(whole, use_formats=False)
        return compiled


def strict(schema: Any) -> Any:
    """The schema with every object closed, its references made local."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(one) for name, one in schema.items()}
    if "$ref" in closed:
        return {"$ref": closed["$ref"].replace("#/components/schemas/", "#/definitions/")}
    if "properties" in closed and "additionalProperties" not in closed:
        closed["additionalProperties"] = False
    return closed


def hold_to_the_truth(app: Flask, *families: str) -> None:
    """Check the answers of ``families``, by default of every family whose blueprint says that it is true."""
    truth: list[Truth] = []

    @app.after_request
    def check(response: Response) -> Response:
        name = request.blueprint or ""
        asked = name in families if families else getattr(app.blueprints.get(name), "truthful", False)
        if asked and response.status_code < 400 and response.is_json:
            truth[:] = truth or [Truth(loads(app.test_client().get("/api/v1/openapi.json").data))]
            rule = re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", request.url_rule.rule)  # type: ignore[union-attr]
            truth[0].check(request.method, rule, response.status_code, loads(response.data))
        return response
