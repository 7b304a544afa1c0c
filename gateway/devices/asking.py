"""What clocks tell attendance, and what they hear of it: 503 only where something could not be stored."""

import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from flask import Response, request

from gateway.current import request_id
from gateway.devices import batches
from gateway.devices.batches import parts_of
from gateway.devices.commands import Answer
from gateway.devices.parser import Push
from gateway.devices.scrubbing import scrub
from gateway.devices.together import Together
from gateway.devices.users import Users
from gateway.rpc import RemoteFault, call
from shared.actor import Actor, system
from shared.errors import Problem
from shared.logs import log

NOTE_SECONDS = 5
_FEW = 20  # lines of a push that goes with those of other clocks; a list goes by itself and lets nobody wait for it
SERIAL = re.compile(r"[0-9A-Za-z._-]{1,64}")


def serial_of() -> str | None:
    """Return the serial number that the request tells; None where it is none."""
    serial = request.args.get("SN", "")
    return serial if SERIAL.fullmatch(serial) else None


def take_punches(serial: str, push: Push, *, counted: bool, protocol: str = "") -> Response:
    facts = {**_from(serial), **({"protocol": protocol} if protocol else {})}
    try:
        for part in parts_of(push):
            send = _together.send if push.lines <= _FEW else _take_push
            send({**facts, **part})
    except (Problem, RemoteFault) as error:
        log.warning("a push could not be stored", serial=serial, error=str(error))
        return plain("ERROR", 503)
    return plain(f"OK: {push.lines}" if counted else "OK")


def keep_lines(serial: str, lines: list[str], reason: str) -> Response:
    """Keep what nobody knows how to read, scrubbed."""
    kept = [{"raw": scrub(line).replace("\0", "\\0"), "reason": reason} for line in lines]
    starts = range(0, max(len(kept), 1), batches.LINES_PER_CALL)
    parts = ({**_from(serial), "lines": kept[start : start + batches.LINES_PER_CALL]} for start in starts)
    return _stored(serial, "note_lines", parts) or plain("OK")


def take_answers(serial: str, answers: list[Answer]) -> Response:
    starts = range(0, max(len(answers), 1), batches.LINES_PER_CALL)
    parts = ([asdict(one) for one in answers[start : start + batches.LINES_PER_CALL]] for start in starts)
    return _stored(serial, "take_answers", ({**_from(serial), "answers": part} for part in parts)) or plain("OK")


def take_users(serial: str, users: Users, answer: str) -> Response:
    """Keep the users that a clock tells; a sign of life where it tells none."""
    if not users.users and not users.biometric:
        note(serial)
        return plain(answer)
    parts = (
        {
            **_from(serial),
            "encoding": users.encoding,
            "users": [{"pin": pin, "name": name} for pin, name in named],
            **({"biometric": list(biometric)} if biometric else {}),
        }
        for named, biometric in users.parts()
    )
    return _stored(serial, "note_users", parts) or plain(answer)


def poll(serial: str, info: str) -> dict[str, Any] | None:
    """Tell that the device asks what to do; returns what it is to do, None where nobody could say."""
    body = {**_from(serial), "info": scrub(info.replace("\0", ""))[:2000]}
    return _asked(serial, "give_commands", body)


def note(serial: str, *, hello: bool = False, protocol: str = "", key: str = "") -> dict[str, Any] | None:
    """Tell that the device lives, and return it as it stands. It loses nothing if that fails, so it is not bothered with it."""
    told = {"protocol": protocol, "key": key.replace("\0", "")[:100]}
    spoken = {name: value for name, value in told.items() if value}
    return _asked(serial, "note_device", {**_from(serial), "info": "", "hello": hello, **spoken})


def plain(text: str | bytes, status: int = 200) -> Response:
    kind = "text/plain; charset=utf-8" if isinstance(text, str) else "text/plain"
    return Response(text, status=status, content_type=kind)


def _take_push(push: dict[str, Any]) -> None:
    call("attendance", "take_punches", push, actor=_actor())


def _take_pushes(pushes: list[dict[str, Any]]) -> list[Any]:
    taken: list[Any] = call("attendance", "take_pushes", {"pushes": pushes}, actor=_actor())["pushes"]
    return taken


_together = Together(_take_push, _take_pushes)


def _asked(serial: str, method: str, body: dict[str, Any]) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = call("attendance", method, body, actor=_actor(), timeout=NOTE_SECONDS)
    except (Problem, RemoteFault) as error:
        log.warning("a device's sign of life was lost", serial=serial, error=str(error))
        return None
    return told


def _stored(serial: str, method: str, bodies: Iterable[dict[str, Any]]) -> Response | None:
    """Have attendance store what came; the answer of a clock that has to send it again, None where all is stored."""
    try:
        for body in bodies:
            call("attendance", method, body, actor=_actor())
    except (Problem, RemoteFault) as error:
        log.warning("what a clock told could not be stored", serial=serial, method=method, error=str(error))
        return plain("ERROR", 503)
    return None


def _from(serial: str) -> dict[str, Any]:
    return {"serial": serial, "address": _address()}


def _address() -> str:
    return request.remote_addr or ""


def _actor() -> Actor:
    """Devices have no account; whose bureau the device is, attendance knows by its serial number."""
    return replace(system("", request_id()), address=_address())
