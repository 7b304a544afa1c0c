"""``@rpc``: a service method that the gateway calls with an actor and a body. A request can fail; it cannot kill its server."""

import sys
from typing import Any

from marshmallow import ValidationError
from nameko.amqp.publish import Publisher
from nameko.exceptions import UnserializableValueError, serialize
from nameko.rpc import Responder, Rpc, RpcConsumer

from shared import metrics
from shared.actor import Actor
from shared.errors import Invalid, Problem, TooLarge, Unavailable
from shared.jsontext import dumps
from shared.logs import log
from shared.messaging.consumer import GuardedQueueConsumer, bury
from shared.messaging.signing import fault
from shared.messaging.wire import LARGEST_BODY, TRANSIENT
from shared.problems import as_problem
from shared.settings import settings


class ReplyPublisher(Publisher):
    """A lost reply costs the caller a time-out, so replies are neither stored nor confirmed."""

    use_confirms = False
    delivery_mode = TRANSIENT


class ReplyResponder(Responder):
    """nameko's writes every answer twice, once to see whether it can be written; here what was written is what is sent."""

    publisher_cls = ReplyPublisher

    def send_response(self, result: Any, exc_info: Any) -> tuple[Any, Any]:
        try:
            body = dumps({"result": result, "error": serialize(exc_info[1]) if exc_info else None})
        except Exception:
            exc_info = sys.exc_info()
            body = dumps({"result": None, "error": serialize(UnserializableValueError(result))})
            result = None
        self.publisher_cls(self.amqp_uri, ssl=self.ssl, login_method=self.login_method).publish(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            exchange=self.exchange,
            routing_key=self.message.properties["reply_to"],
            correlation_id=self.message.properties.get("correlation_id"),
        )
        return result, exc_info


class ProblemReply(Exception):
    """A Problem on its way to the caller, as JSON text: nameko makes strings of the numbers that an error carries."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(dumps(problem))


ProblemReply.__name__ = "Problem"  # the exc_type that the gateway looks for


class GuardedRpcConsumer(RpcConsumer):
    queue_consumer = GuardedQueueConsumer()

    def handle_message(self, body: Any, message: Any) -> None:
        # nameko answers errors too, and dies where there is nobody to answer to.
        if not message.properties.get("reply_to"):
            bury(message, self.queue.name, "an rpc request without reply_to")
            self.queue_consumer.ack_message(message)
        else:
            super().handle_message(body, message)

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> Any:
        try:
            return self._respond(message, result, exc_info)
        except Exception:
            log.exception("an rpc reply was lost")
            self.queue_consumer.ack_message(message)
            return result, exc_info

    def _respond(self, message: Any, result: Any, exc_info: Any) -> Any:
        responder = ReplyResponder(self.container.config["AMQP_URI"], _reply_exchange(self), "json", message)
        result, exc_info = responder.send_response(result, exc_info)
        self.queue_consumer.ack_message(message)
        return result, exc_info


class ServiceRpc(Rpc):
    """``kwargs`` are ``actor`` (the JSON of shared.actor.Actor) and ``body``; every error leaves as a Problem."""

    rpc_consumer = GuardedRpcConsumer()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(expected_exceptions=(Problem, ValidationError), **kwargs)

    def handle_message(self, body: Any, message: Any) -> None:
        if len(message.body) > LARGEST_BODY:
            raise ProblemReply(TooLarge("request.too_large", zh="请求过大", en="the request is too large").to_json())
        check_signed(message, self.container.service_name)
        super().handle_message(decode_request(body), message)

    def handle_result(self, message: Any, worker_ctx: Any, result: Any, exc_info: Any) -> Any:
        if exc_info is not None:
            problem = as_problem(exc_info[1])
            if problem is not None:
                exc_info = (ProblemReply, ProblemReply(problem.to_json()), exc_info[2])
            else:
                log.error("rpc failed", method=self.method_name, exc_info=exc_info)
        outcome = "ok" if exc_info is None else "error"
        metrics.RPC.labels(worker_ctx.service_name, self.method_name, outcome).inc()
        return super().handle_result(message, worker_ctx, result, exc_info)


rpc = ServiceRpc.decorator


def check_signed(message: Any, service: str) -> None:
    """Raise ``ProblemReply`` where a request that came through a broker is not signed by who has the installation's key."""
    if settings.broker_url.startswith("embedded"):
        return
    told = message.properties
    reply = (str(told.get("reply_to")), str(told.get("correlation_id")))
    method, keys = message.delivery_info["routing_key"], settings.call_keys
    if (reason := fault(keys, method, message.body, message.headers or {}, reply)) is not None:
        metrics.RPC_REFUSED.labels(service, reason).inc()
        log.error("a request was refused: its signature is not good", method=method, reason=reason)
        problem = Unavailable(
            "rpc.not_signed", zh="内部请求签名无效，已拒绝", en=f"the request's signature is refused: {reason}"
        )
        raise ProblemReply(problem.to_json())


def decode_request(body: Any) -> dict[str, Any]:
    """Return the arguments of a request, its actor decoded; raises ``ProblemReply`` for a malformed one."""
    try:
        actor = Actor.from_json(body["kwargs"]["actor"])
        return {"args": [], "kwargs": {"actor": actor, "body": dict(body["kwargs"]["body"])}}
    except (KeyError, TypeError, ValueError) as error:
        problem = Invalid("rpc.malformed", zh="内部请求格式有误", en=f"malformed rpc request: {error!r}")
        raise ProblemReply(problem.to_json()) from error


def _reply_exchange(consumer: RpcConsumer) -> Any:
    return consumer.queue.exchange
