"""Which processes have an account at the broker, and what each may do there: take from its own queues, tell its own events, no more.

Names are RabbitMQ's regular expressions. On a topic exchange the routing key is bounded too: a service tells no other's events and asks no
service anything, what failed goes back to its own queues alone, and the clocks' gateway asks attendance only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gateway.multiplexing import EXCHANGE as RPC
from shared.messaging.topology import DEAD, EVENTS, RETRY_DELAYS, retry_name
from shared.migrations import SERVICES

OPERATOR = "operator"  # declares, replays, reads dead letters: `kaohe broker`, `kaohe replay`, `kaohe dead-letters`
CALLERS = {"gateway": SERVICES, "clocks": ("attendance",), "live": ()}  # whom each may ask
ACCOUNTS = (*SERVICES, *CALLERS, OPERATOR)
_CONSUMES = {**{name: name for name in SERVICES}, "live": "gateway"}  # in whose name a process takes events
_NOTHING, _ANYTHING = "^$", ".*"
_REPLIES = "rpc\\.reply-gateway-[0-9a-f-]{36}"
_REPLY_KEY = "^[0-9a-f-]{36}$"


@dataclass(frozen=True)
class Rights:
    configure: str
    write: str
    read: str
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)  # exchange -> routing keys to write, to read


def user_of(name: str) -> str:
    """Return the name of an account at the broker."""
    return "kaohe" if name == OPERATOR else f"kaohe_{name}"


def rights_of(name: str) -> Rights:
    """Return what the account of the process ``name`` may do."""
    if name == OPERATOR:
        return Rights(_ANYTHING, _ANYTHING, _ANYTHING)
    own = [f".+--{_CONSUMES[name]}"] if name in _CONSUMES else []
    configures: list[str] = []
    writes: list[str] = []
    reads: list[str] = []
    keys: dict[str, tuple[str, str]] = {}
    if name in SERVICES:
        own.append(f"rpc-{name}")
        writes += _named(EVENTS.name, RPC)
        keys |= {EVENTS.name: (f"^{name}\\.", _NOTHING), RPC: (_REPLY_KEY, _NOTHING)}
    else:
        asked = "|".join(CALLERS[name])
        configures.append(_REPLIES)
        reads += [_REPLIES, RPC]
        writes += [_REPLIES, RPC]
        keys[RPC] = (f"^({asked})\\.[a-z_]+$" if asked else _NOTHING, _REPLY_KEY)
    if name in _CONSUMES:
        failing = [DEAD, *(retry_name(delay) for delay in RETRY_DELAYS)]
        writes += _named(*failing)
        keys |= dict.fromkeys(failing, (_either(own), _NOTHING))
    return Rights(_either(configures), _either(writes), _either([*own, *reads]), keys)


def _named(*names: str) -> list[str]:
    return [re.escape(one) for one in names]


def _either(names: Sequence[str]) -> str:
    return f"^({'|'.join(names)})$" if names else _NOTHING
