"""Calls to the services: ``call`` is what the resources use.

Law 1 seen from here: an answer means that the service has committed. No answer means that nobody knows, and says so.
"""

import time
from dataclasses import replace
from typing import Any

from flask import g, has_request_context

from gateway.current import current_actor, request_id
from gateway.metrics import RPC_SECONDS
from gateway.multiplexing import InDoubt, NoReply, Unreachable, Unroutable
from gateway.parts import parts
from shared.actor import Actor
from shared.contracts.operations import Operation
from shared.errors import Problem, Unavailable
from shared.jsontext import dumps, loads
from shared.logs import log


class RemoteFault(Exception):
    """A service failed in a way that is its fault, not the caller's: a 500, logged with the request's id."""


def ask(operation: Operation, body: dict[str, Any], *, actor: Actor | None = None) -> dict[str, Any]:
    """Return what the operation's service answers to ``body``; raises as ``call`` does."""
    return call(operation.service, operation.rpc, body, read=operation.reads, actor=actor, timeout=operation.seconds)


def call(
    service: str,
    method: str,
    body: dict[str, Any],
    *,
    read: bool = False,
    actor: Actor | None = None,
    timeout: float | None = None,
) -> dict[str, Any]:
    """Return what ``service``'s rpc method answers to ``body``, asked by ``actor`` (by default the request's).

    Raises the service's own ``Problem``; ``Unavailable`` where it cannot be reached in ``timeout`` seconds.
    ``read``: the call changes nothing, so it is sent once more where the connection broke under it.
    """
    asking = actor or current_actor()
    asking = asking if asking.request_id else replace(asking, request_id=request_id())
    payload = dumps({"args": [], "kwargs": {"actor": asking.to_json(), "body": body}})
    started, outcome = time.monotonic(), "error"
    try:
        reply = parts().rpc.call(f"{service}.{method}", payload, _headers(asking), read=read, timeout=timeout)
        result = _result(reply, service, method)
        outcome = "ok"
        return result
    except Problem:
        outcome = "problem"
        raise
    except Unroutable as error:
        raise _unavailable(
            "service.absent", "该业务服务未启动，请稍后重试", f"the {service} service is not there"
        ) from error
    except Unreachable as error:
        raise _unavailable("broker.absent", "系统内部通信中断，请稍后重试", "the services cannot be reached") from error
    except (InDoubt, NoReply) as error:
        zh = "业务服务未在时限内答复" + ("" if read else "，操作是否完成未知，请先查询再重试")
        en = f"the {service} service did not answer in time" + ("" if read else "; whether it acted is unknown")
        raise _unavailable("service.silent", zh, en) from error
    finally:
        RPC_SECONDS.labels(service, method, outcome).observe(time.monotonic() - started)


def _headers(actor: Actor) -> dict[str, Any]:
    """nameko passes on what begins with its prefix; the key lets a service know a repetition of a write."""
    headers = {"nameko.call_id_stack": [f"gateway.{actor.request_id}"], "nameko.request_id": actor.request_id}
    key = g.get("idempotency_key") if has_request_context() else None
    return {**headers, "nameko.idempotency_key": key} if key else headers


def _result(reply: dict[str, Any], service: str, method: str) -> dict[str, Any]:
    error = reply.get("error")
    if error is None:
        return reply["result"]  # type: ignore[no-any-return]
    if error.get("exc_type") == "Problem":
        raise Problem.from_json(loads(error["exc_args"][0]))
    log.error("service failed", service=service, method=method, error=error)
    raise RemoteFault(f"{service}.{method}: {error.get('exc_type')}: {error.get('value')}")


def _unavailable(code: str, zh: str, en: str) -> Unavailable:
    return Unavailable(code, zh=zh, en=en)
