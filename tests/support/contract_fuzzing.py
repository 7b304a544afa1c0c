"""Schemathesis over the gateway's whole document: each request it makes is asked by every role, and each answer is checked."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.engine import events, from_schema
from schemathesis.schemas import APIOperation, BaseSchema
from werkzeug.test import run_wsgi_app

from tests.support.reference_world import ReferenceWorld

Asked = APIOperation[Any, Any, Any, Any]
DOCUMENT = "/api/v1/openapi.json"
# What there is in the bureau that is asked about, by the name of the parameter: so requests come beyond "there is no such cycle".
KNOWN = {
    "cycle": "2026", "month": "2026-01", "period": "2026-M01", "unit": "D10", "person": "P0002", "indicator": "02-01-01", "line": "access",
}  # fmt: skip
SEED = 20261
# What a valid request may meet that no schema can say: rules of the bureau (422), what stands (409, 412), a header that is wanted (428),
# two characters that JSON allows and a database does not (400).
REFUSED = ["2xx", "3xx", "400", "401", "403", "404", "409", "412", "415", "422", "428", "429", "503"]


class AsRoles:
    """The application, asked by `Bearer <role>`: with a token of an account that has the role's grants, and of a new account
    where the old one came to an end on the way: whoever manages accounts may well end their own."""

    def __init__(self, world: ReferenceWorld, roles: Mapping[str, tuple[str, ...]]) -> None:
        self._world = world
        self._roles = {f"Bearer {name}": (name, grants) for name, grants in roles.items()}
        self._tokens: dict[str, str] = {}
        self._made = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # the client of the tests unpacks nothing
        role = environ.get("HTTP_AUTHORIZATION", "")
        if role not in self._roles:
            return self._world.app(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        for _ in range(2):
            status, headers, answer = self._ask(environ, body, self._token(role))
            if not status.startswith("401"):
                break
            self._tokens.pop(role)
        start_response(status, headers)
        return [answer]

    def _ask(self, environ: dict[str, Any], body: bytes, token: str) -> tuple[str, Any, bytes]:
        own = {**environ, "HTTP_AUTHORIZATION": f"Bearer {token}", "wsgi.input": BytesIO(body)}
        own.pop("HTTP_COOKIE", None)
        answer, status, headers = run_wsgi_app(self._world.app, own, buffered=True)
        return status, headers.to_wsgi_list(), b"".join(answer)

    def _token(self, role: str) -> str:
        if role not in self._tokens:
            name, grants = self._roles[role]
            self._made += 1
            bureau = "" if all(one.endswith(":installation") for one in grants) else "B00"
            person = f"P{self._made:04}" if bureau else None
            client = self._world.log_in(f"{name}-{self._made}", *grants, person=person, bureau=bureau)
            issued = client.post("/api/v1/tokens", json={"name": "schemathesis"})
            assert issued.json, issued.text
            self._tokens[role] = issued.json["secret"]
        return self._tokens[role]


def opened(app: AsRoles, **more: Any) -> BaseSchema:
    """The document as Schemathesis reads it."""
    checks = {
        "positive_data_acceptance": {"expected-statuses": REFUSED},
        "negative_data_rejection": {"expected-statuses": ["4xx"]},
    }
    given = {"seed": SEED, "parameters": KNOWN, "checks": {**checks, "ignored_auth": {"enabled": False}}, **more}
    config = SchemathesisConfig.from_dict(given)
    return schemathesis.openapi.from_wsgi(DOCUMENT, app, config=config)


class Findings:
    """What the checks found, each kind once for an operation; ``asked`` counts answers by role and status."""

    def __init__(self) -> None:
        self.told: dict[tuple[str, str], str] = {}
        self.asked: dict[tuple[str, int], int] = {}

    def note(self, operation: str, role: str, failure: Any) -> None:
        told = f"{operation} as {role}: {failure.title}: {failure.message}\n{getattr(failure, 'case', '')}"
        self.told.setdefault((operation, failure.title), told)

    def check(self, case: Case[Asked], role: str) -> None:
        headers = {"Authorization": f"Bearer {role}"}
        response = case.call(headers=headers)
        key = (role, response.status_code)
        self.asked[key] = self.asked.get(key, 0) + 1
        try:
            case.validate_response(response, headers=headers)
        except FailureGroup as group:
            for one in group.exceptions:
                self.note(case.operation.label, role, one)


def ask_everything(app: AsRoles, roles: Iterable[str], strongest: str) -> Findings:
    """For every operation a valid request, asked by every role, and an invalid one, asked by the ``strongest``."""
    found, names = Findings(), list(roles)
    for result in opened(app).get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        _ask(operation, GenerationMode.POSITIVE, names, found, of_each=1)
        if _has_input(operation):
            _ask(operation, GenerationMode.NEGATIVE, [strongest], found, of_each=1)
    return found


def _ask(operation: Asked, mode: GenerationMode, roles: list[str], found: Findings, *, of_each: int) -> None:
    @seed(SEED)
    @settings(
        max_examples=of_each,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case[Asked]) -> None:
        for role in roles:
            found.check(case, role)

    ask()


def _has_input(operation: Asked) -> bool:
    return bool(operation.body or operation.query or operation.path_parameters or operation.headers)


def walk(app: AsRoles, role: str, *, walks: int) -> Iterator[str]:
    """Follow what one answer gives to the next request; yields what the checks find."""
    phases = {name: {"enabled": name == "stateful"} for name in ("examples", "coverage", "fuzzing", "stateful")}
    generation = {"max-examples": walks, "no-shrink": True, "database": "none"}
    schema = opened(app, phases=phases, generation=generation, headers={"Authorization": f"Bearer {role}"})
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            yield f"{role}: {event}"
        if isinstance(event, events.ScenarioFinished):
            for label, checks in event.recorder.checks.items():
                for info in (check.failure_info for check in checks if check.failure_info is not None):
                    operation = event.recorder.cases[label].value.operation
                    yield f"{operation.label} as {role}: {info.failure.title}: {info.failure.message}"
