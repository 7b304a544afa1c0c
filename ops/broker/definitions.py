"""RabbitMQ's own definitions file: the virtual host, every account with its rights, every exchange, queue and binding."""

import hashlib
import secrets
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from kombu import Queue

from gateway.multiplexing import EXCHANGE as RPC
from ops.broker.accounts import ACCOUNTS, rights_of, user_of
from shared.events import REGISTRY
from shared.messaging import topology
from shared.migrations import SERVICES

_DURABLE = {"durable": True, "auto_delete": False}


def definitions(passwords: Mapping[str, str], vhost: str = "kaohe") -> dict[str, Any]:
    """Return what a broker has to hold before any process comes, for accounts with these ``passwords`` by process."""
    queues = topology.queues(REGISTRY.values())
    exchanges = {queue.exchange.name: queue.exchange.type for queue in queues} | {RPC: "topic"}
    return {
        "vhosts": [{"name": vhost}],
        "users": [_user(name, passwords[name]) for name in ACCOUNTS],
        "permissions": [_permission(name, vhost) for name in ACCOUNTS],
        "topic_permissions": [one for name in ACCOUNTS for one in _topic_permissions(name, vhost)],
        "exchanges": [
            {"name": name, "vhost": vhost, "type": kind, **_DURABLE, "internal": False, "arguments": {}}
            for name, kind in sorted(exchanges.items())
        ],
        "queues": [
            *({"name": one.name, "vhost": vhost, **_DURABLE, "arguments": one.queue_arguments} for one in queues),
            *({"name": f"rpc-{name}", "vhost": vhost, **_DURABLE, "arguments": {}} for name in SERVICES),
        ],
        "bindings": [
            *(_binding(one, vhost) for one in queues),
            *(_bound(RPC, f"rpc-{name}", f"{name}.*", vhost) for name in SERVICES),
        ],
    }


def password_hash(password: str, salt: bytes | None = None) -> str:
    """Return what RabbitMQ keeps of a password (rabbit_password_hashing_sha256): four bytes of salt and the SHA-256 of both."""
    salt = salt or secrets.token_bytes(4)
    return b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def _user(name: str, password: str) -> dict[str, Any]:
    hashed = {"password_hash": password_hash(password), "hashing_algorithm": "rabbit_password_hashing_sha256"}
    return {"name": user_of(name), **hashed, "tags": []}


def _permission(name: str, vhost: str) -> dict[str, str]:
    rights = rights_of(name)
    may = {"configure": rights.configure, "write": rights.write, "read": rights.read}
    return {"user": user_of(name), "vhost": vhost, **may}


def _topic_permissions(name: str, vhost: str) -> list[dict[str, str]]:
    keys = sorted(rights_of(name).keys.items())
    return [
        {"user": user_of(name), "vhost": vhost, "exchange": exchange, "write": write, "read": read}
        for exchange, (write, read) in keys
    ]


def _binding(queue: Queue, vhost: str) -> dict[str, Any]:
    return _bound(queue.exchange.name, queue.name, queue.routing_key, vhost)


def _bound(exchange: str, queue: str, key: str, vhost: str) -> dict[str, Any]:
    to = {"destination": queue, "destination_type": "queue", "routing_key": key, "arguments": {}}
    return {"source": exchange, "vhost": vhost, **to}
