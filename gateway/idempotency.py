"""Idempotency-Key: a POST sent again with its key is answered again, not done again.

A key belongs to its account for 24 hours. Only what succeeded is kept: a refusal changed nothing, so the same request
may be tried again. The key also travels to the service with the call (gateway.rpc).
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from flask import Request, Response, current_app, g, request
from sqlalchemy import text
from werkzeug.datastructures import FileStorage

from gateway.current import current_actor
from gateway.parts import parts
from gateway.storage.answers import Answer, Answers, Beside
from shared.clock import now
from shared.errors import BadRequest, Conflict, Invalid
from shared.settings import settings

# How long a request holds its key. A gateway that was killed never gives its keys back, and whoever repeats must not wait long; a
# request that is only slow cannot be done twice meanwhile, because the service claims the key as well (shared.repetition).
LEASE = timedelta(seconds=20)
# The key where none is set: then other processes take a repetition for another request, and refuse it.
_OF_THIS_PROCESS = secrets.token_bytes(32)


def answered_before() -> Response | None:
    """Return the kept answer to this request, if its key has one; otherwise the key is taken for it.

    Raises ``Invalid`` for a key that came with another request, ``Conflict`` while the first is still under way.
    """
    key = request.headers.get("Idempotency-Key")
    if request.method != "POST" or key is None or g.get("actor") is None:
        return None
    if _marked("leaves_no_trace") or _marked("streams"):
        return None
    if not (1 <= len(key) <= 200 and key.isascii() and key.isprintable()):
        raise BadRequest(
            "idempotency.key", zh="Idempotency-Key 应为 1 至 200 个可见字符", en="1 to 200 printable characters"
        )
    fingerprint = _fingerprint(request)
    actor = current_actor()
    with parts().database.begin_single() as connection:
        known = Answers(connection).claim(actor.account, key, fingerprint, now(), LEASE)
    if known is not None:
        return _repeat(known, fingerprint)
    g.idempotency_key = key
    return None


def keep_answer(response: Response, beside: Beside | None) -> Response:
    """Store the answer under the key that this request has taken, or give the key back.

    ``beside``: statements with their parameters that travel with it, or alone where no key was taken.
    """
    key = g.pop("idempotency_key", None)
    if key is None and beside is None:
        return response
    with parts().database.begin_single() as connection:
        if key is None:
            connection.execute(text(beside[0]), beside[1])  # type: ignore[index]  # there is one of the two
            return response
        actor = current_actor()
        if 200 <= response.status_code < 300:
            Answers(connection).keep(actor.account, key, _answer(response), beside)
        else:
            Answers(connection).release(actor.account, key)
    return response


def _fingerprint(request: Request) -> bytes:
    """By a key that the database does not hold: who reads it cannot try passwords against what is kept of a request."""
    whole = hmac.new(settings.secret.encode() or _OF_THIS_PROCESS, digestmod=hashlib.sha256)
    for part in (request.method.encode(), request.full_path.encode(), request.mimetype.encode(), _body(request)):
        whole.update(len(part).to_bytes(8) + part)
    return whole.digest()


def _body(request: Request) -> bytes:
    """Uploads are told apart by their parts: the boundary between them differs from one sending to the next."""
    if request.mimetype != "multipart/form-data":
        return request.get_data(cache=True)
    whole = hashlib.sha256(repr(sorted(request.form.items(multi=True))).encode())
    whole.update(repr(sorted(_told(name, part) for name, part in request.files.items(multi=True))).encode())
    return whole.digest()


def _told(name: str, part: FileStorage) -> tuple[str, str, str]:
    content = hashlib.sha256(part.read()).hexdigest()
    part.seek(0)
    return name, part.filename or "", content


def _repeat(known: Answer, fingerprint: bytes) -> Response:
    if known.fingerprint != fingerprint:
        raise Invalid(
            "idempotency.other", zh="该 Idempotency-Key 已用于另一请求", en="this key came with another request"
        )
    if known.status is None:
        raise Conflict("idempotency.running", zh="同一请求正在处理", en="the same request is still being answered")
    if known.body is None:
        zh, en = "该请求已成功；其答复含密文，只显示一次", "it succeeded; its answer held a secret that is shown once"
        raise Conflict("idempotency.shown_once", zh=zh, en=en)
    response = Response(known.body, status=known.status, content_type=known.content_type)
    response.headers["Idempotency-Replayed"] = "true"
    if known.etag:
        response.headers["ETag"] = known.etag
    return response


def _answer(response: Response) -> Answer:
    body = None if _marked("shown_once") else response.get_data()
    return Answer(b"", response.status_code, response.content_type, response.headers.get("ETag"), body, now())


def _marked(mark: str) -> bool:
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), mark, False))
