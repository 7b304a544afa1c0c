"""A client of the HTTP API that outlasts faults: whatever changes something carries an Idempotency-Key and is asked again
until it is answered, so that a killed process loses nothing and doubles nothing."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests

from shared.ids import new_id
from shared.jsontext import dumps, loads

Document = dict[str, Any]
Found = Callable[[], Document | None]

# What passes by itself: a service that restarts, a request that is still being worked on under the same key, rows that
# others hold just now, log-ins that came too fast.
PASSING = (429, 502, 503, 504)
PASSING_CODES = ("idempotency.running", "state.contended")
CARRIED_OUT = "request.carried_out"  # the service did it before; only its answer was lost


class ApiError(Exception):
    """An answer that is no success and will not become one; ``code`` and ``errors`` are those of the problem document."""

    def __init__(self, method: str, path: str, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(problem.get("code", ""))
        self.problem = problem
        self.repeated = False  # whether an earlier try went without an answer: it may have been done then
        what = problem.get("zh") or problem.get("detail") or problem.get("title") or ""
        super().__init__(f"{method} {path}: {status} {self.code} {what} {problem.get('errors', '')}".strip())

    @property
    def codes(self) -> set[str]:
        """Return the codes of every place that is wrong, else the problem's own."""
        return {str(entry.get("code", "")) for entry in self.problem.get("errors") or ()} or {self.code}


class Unreachable(Exception):
    """Nobody answered for as long as the client was willing to wait."""


class Api:
    """The API as one account sees it. Threads may share it: each has connections of its own, which stay open."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None, *, patience: float = 300) -> None:
        self._base = url.rstrip("/") + "/api/v1/"
        self._headers = {"Accept": "application/json", **(headers or {})}
        self._patience = patience  # seconds: longer than a broker or a database takes to come back

    def get(self, path: str, **query: Any) -> Document:
        return self._ask(
            "GET", path, {}, None, params={name: value for name, value in query.items() if value is not None}
        )

    def pages(self, path: str, *, limit: int = 500, **query: Any) -> Iterator[Document]:
        """Yield every item of a list, page after page."""
        after: str | None = None
        while True:
            page = self.get(path, limit=limit, after=after, **query)
            yield from page["items"]
            after = page["next"]
            if after is None:
                return

    def post(self, path: str, body: Any = None, *, found: Found | None = None, **query: Any) -> Document:
        """Send a POST; ``found`` is asked before a repetition: what an unanswered
        try may have done, None where it did nothing.

        The key alone does not cover a gateway that was killed after a service had committed.
        """
        headers = {"Content-Type": "application/json", "Idempotency-Key": new_id()}
        return self._ask("POST", path, headers, found, params=query, data=dumps(body or {}).encode())

    def post_again(self, path: str, body: Any, done: str) -> Document:
        """Send a POST as ``post``, for what can happen only once: ``done`` is the code that says it has happened
        already. After an unanswered try that is a success, with nothing to show for it."""
        try:
            return self.post(path, body)
        except ApiError as error:
            if error.repeated and error.codes == {done}:
                return {}
            raise

    def upload(self, path: str, files: Mapping[str, tuple[str, bytes, str]], **query: Any) -> Document:
        return self._ask("POST", path, {"Idempotency-Key": new_id()}, None, params=query, files=dict(files))

    def change(self, method: str, path: str, body: Any, *, etag: str = "") -> Document:
        """Send a PUT or PATCH, guarded by the version that the caller has seen."""
        headers = {"Content-Type": "application/json", **({"If-Match": etag} if etag else {})}
        return self._ask(method, path, headers, None, data=dumps(body).encode())

    def send(
        self, method: str, path: str, headers: Mapping[str, str], found: Found | None = None, **request: Any
    ) -> requests.Response | Document:
        """Send a request and return the successful answer (or what was ``found``), however long that takes within the
        client's patience; {} for a request that turns out to have been carried out by an unanswered try.

        Raises ``ApiError`` for an answer that will not change, ``Unreachable`` past the patience.
        """
        deadline = time.monotonic() + self._patience
        wait = 0.1
        while True:
            answer = self._try(method, path, {**request, "headers": {**self._headers, **headers}}, repeated=wait > 0.1)
            if not isinstance(answer, str):
                return answer
            if answer == CARRIED_OUT and not found:
                return {}
            if time.monotonic() > deadline:
                raise Unreachable(f"{method} {path}: {answer}")
            time.sleep(wait)
            wait = min(wait * 1.6, 3)
            if found and (done := found()) is not None:
                return done

    def _ask(self, method: str, path: str, headers: Mapping[str, str], found: Found | None, **request: Any) -> Document:
        answer = self.send(method, path, headers, found, **request)
        return answer if isinstance(answer, dict) else _document(answer)

    def _try(self, method: str, path: str, request: Mapping[str, Any], *, repeated: bool) -> requests.Response | str:
        """The successful answer, or why it is worth asking again."""
        try:
            response = _connections().request(method, self._base + path.lstrip("/"), timeout=(10, 150), **request)
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            return f"{type(error).__name__}: {error}"
        if response.ok:
            return response
        problem = _problem(response)
        if response.status_code in PASSING or problem.get("code") in PASSING_CODES:
            return f"{response.status_code} {problem.get('code', '')}"
        if (
            problem.get("code") == CARRIED_OUT
        ):  # even at the first try: the broker gives a request of a service that died to the next one
            return CARRIED_OUT
        refusal = ApiError(method, path, response.status_code, problem)
        refusal.repeated = repeated
        raise refusal


def log_in(url: str, account: str, password: str) -> Api:
    """Open a session like a browser's; its cookie and CSRF token are sent by hand,
    since one connection serves many accounts."""
    body = dumps({"account": account, "password": password}).encode()
    opened = Api(url).send("POST", "sessions", {"Content-Type": "application/json"}, data=body)
    assert isinstance(opened, requests.Response)
    cookie = "; ".join(f"{name}={value}" for name, value in opened.cookies.items())
    return Api(url, {"Cookie": cookie, "X-CSRF-Token": _document(opened)["csrf"]})


def raw_post(address: str, body: bytes) -> requests.Response:
    """Send a bare POST without content type, as a clock sends it."""
    return _connections().post(address, data=body, timeout=(10, 150))


_local = threading.local()


def _connections() -> requests.Session:
    """This thread's connections; they keep no cookies, which would pass from one account to the next."""
    if not hasattr(_local, "session"):
        _local.session = requests.Session()
        _local.session.trust_env = False
        _local.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session: requests.Session = _local.session
    return session


def _document(response: requests.Response) -> Document:
    if not response.content:
        return {}
    document: Any = loads(response.content)
    return document if isinstance(document, dict) else {"items": document, "next": None}


def _problem(response: requests.Response) -> Mapping[str, Any]:
    try:
        problem = loads(response.content)
    except ValueError:
        return {"detail": response.text[:300]}
    return problem if isinstance(problem, dict) else {"detail": str(problem)[:300]}
