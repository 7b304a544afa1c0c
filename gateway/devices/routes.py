"""The endpoints of ZKTeco's PUSH protocol ("iclock") and of Hikvision's events. Clocks follow no redirect, log in nowhere and read
plain text only.

What a clock hears decides what it forgets: ``OK: n`` only after the punches are committed, 503 only where they could not be.
Passwords and biometric templates, which some tables carry, are dropped here: not stored, not logged, not passed on. What nobody
knows how to read is kept for the operator, scrubbed.
"""

import hashlib
import re
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from gateway.api.core import body_limit, public
from gateway.current import request_id
from gateway.devices import batches
from gateway.devices.batches import LARGEST_PUSH, parts_of
from gateway.devices.hikvision import parse_events
from gateway.devices.options import options, told_time
from gateway.devices.parser import (
    Push,
    count_lines,
    lines_of,
    parse_attlog,
    parse_rtlog,
    parse_transactions,
)
from gateway.devices.scrubbing import scrub
from gateway.devices.together import Together
from gateway.rpc import RemoteFault, call
from shared.actor import Actor, system
from shared.clock import SHANGHAI, now
from shared.errors import Problem
from shared.logs import log

iclock = Blueprint("iclock", __name__, url_prefix="/iclock")

NOTE_SECONDS = 5
_SERIAL = re.compile(r"[0-9A-Za-z._-]{1,64}")
_PUNCHES = {"ATTLOG": parse_attlog, "RTLOG": parse_rtlog}
_SAID_IN_PASSING = {"OPERLOG", "OPTIONS", "BIODATA", "ATTPHOTO", "RTSTATE"}  # nothing in them is kept
_TRANSACTION = "transaction"
_FEW = 20  # lines of a push that goes with those of other clocks; a list goes by itself and lets nobody wait for it
_NOTED = 2000  # characters of a request that nobody knows how to read


@iclock.get("/cdata")
@iclock.get("/cdata.aspx")
@public
def handshake() -> Response:
    serial = _serial()
    if serial is None:
        return _no_device()
    return _plain(options(serial, _zone(_note(serial, hello=True)), now()))


@iclock.route("/cdata", methods=["POST", "PUT"])
@iclock.route("/cdata.aspx", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def take_data() -> Response:
    serial, table = _serial(), request.args.get("table", "").upper()
    if serial is None:
        return _no_device()
    body = _body()
    if table in _PUNCHES:
        return _take_punches(serial, _PUNCHES[table](body), counted=table == "ATTLOG")
    if table not in _SAID_IN_PASSING:
        return _take_table(serial, body, f"cdata table={table}")
    _note(serial)
    return _plain(f"OK: {count_lines(body)}" if table == "OPERLOG" else "OK")


@iclock.route("/querydata", methods=["POST", "PUT"])
@iclock.route("/querydata.aspx", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def take_answer() -> Response:
    """Take what a clock answers to a query: punches of a day that was missing,
    or a table that is kept for the operator."""
    serial = _serial()
    return _no_device() if serial is None else _take_table(serial, _body(), "querydata")


@iclock.get("/rtdata")
@iclock.get("/rtdata.aspx")
@public
def tell_time() -> Response:
    """Tell access-control firmware the time and its zone."""
    serial = _serial()
    if serial is None:
        return _no_device()
    asked = request.args.get("type", "") == "time"
    device = _note(serial, hello=asked)
    if not asked:
        return _plain("OK")
    return _plain("ERROR", 503) if device is None else _plain(told_time(_zone(device), now()))


@iclock.get("/getrequest")
@iclock.get("/getrequest.aspx")
@public
def give_commands() -> Response:
    """Answer a clock that asks for orders; there are none yet, and its INFO tells firmware and how much it holds."""
    serial = _serial()
    if serial is None:
        return _no_device()
    _note(serial, request.args.get("INFO", ""))
    return _plain("OK")


@iclock.route("/ping", methods=["GET", "POST"])
@iclock.route("/ping.aspx", methods=["GET", "POST"])
@iclock.route("/devicecmd", methods=["POST", "PUT"])
@iclock.route("/devicecmd.aspx", methods=["POST", "PUT"])
@iclock.route("/fdata", methods=["POST", "PUT"])
@iclock.route("/fdata.aspx", methods=["POST", "PUT"])
@iclock.route("/push", methods=["GET", "POST", "PUT"])
@iclock.route("/push.aspx", methods=["GET", "POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def acknowledge() -> Response:
    """Acknowledge signs of life, results of orders, photos: nothing in them is kept."""
    serial = _serial()
    if serial is None:
        return _no_device()
    _body()
    _note(serial)
    return _plain("OK")


@iclock.route("/registry", methods=["POST", "PUT"])
@iclock.route("/registry.aspx", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def register() -> Response:
    """Answer newer firmware that asks to be registered, and again every 15 seconds until
    it is told a code. The code proves nothing."""
    serial = _serial()
    if serial is None:
        return _no_device()
    _body()
    _note(serial)
    return _plain(f"RegistryCode={hashlib.sha256(serial.encode()).hexdigest()[:16]}")


@iclock.route("/hikvision/<serial>", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def take_events(serial: str) -> Response:
    """Take the events of a Hikvision terminal, which is told this address with its serial number in it; its own says none."""
    if not _SERIAL.fullmatch(serial):
        return _no_device()
    push = parse_events(_body(), request.headers.get("Content-Type", ""))
    if push.lines:
        return _take_punches(serial, push, counted=False)
    _note(serial, hello=True)  # nobody tells it its zone but who sets it by hand
    return _plain("OK")


@iclock.route("/", defaults={"rest": ""}, methods=["GET", "POST", "PUT"])
@iclock.route("/<path:rest>", methods=["GET", "POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def keep_unknown(rest: str) -> Response:
    """Answer what no firmware known to us asks; the operator finds it among what is no punch."""
    serial = _serial()
    if serial is None:
        return _no_device()
    query = request.query_string.decode("latin-1")
    said = f"{request.method} /iclock/{rest}?{query}\n{_text(_body())}"
    return _keep_lines(serial, [said[:_NOTED]], "path")


def _take_table(serial: str, body: bytes, what: str) -> Response:
    """Take a table that may be of punches; what is none is kept as it came, scrubbed."""
    if request.args.get("tablename", "").lower() == _TRANSACTION:
        return _take_punches(serial, parse_transactions(body), counted=False)
    return _keep_lines(serial, [f"{what}: {line}"[:_NOTED] for line in lines_of(body)], "table")


def _keep_lines(serial: str, lines: list[str], reason: str) -> Response:
    kept = [{"raw": scrub(line).replace("\0", "\\0"), "reason": reason} for line in lines]
    try:
        for start in range(0, max(len(kept), 1), batches.LINES_PER_CALL):
            part = {"serial": serial, "address": _address(), "lines": kept[start : start + batches.LINES_PER_CALL]}
            call("attendance", "note_lines", part, actor=_actor())
    except (Problem, RemoteFault) as error:
        log.warning("what a clock told could not be stored", serial=serial, error=str(error))
        return _plain("ERROR", 503)
    return _plain("OK")


def _text(body: bytes) -> str:
    return "\n".join(lines_of(body[: 4 * _NOTED]))


def _take_punches(serial: str, push: Push, *, counted: bool) -> Response:
    try:
        for part in parts_of(push):
            send = _together.send if push.lines <= _FEW else _take_push
            send({"serial": serial, "address": _address(), **part})
    except (Problem, RemoteFault) as error:
        log.warning("a push could not be stored", serial=serial, error=str(error))
        return _plain("ERROR", 503)
    return _plain(f"OK: {push.lines}" if counted else "OK")


def _take_push(push: dict[str, Any]) -> None:
    call("attendance", "take_punches", push, actor=_actor())


def _take_pushes(pushes: list[dict[str, Any]]) -> list[Any]:
    taken: list[Any] = call("attendance", "take_pushes", {"pushes": pushes}, actor=_actor())["pushes"]
    return taken


_together = Together(_take_push, _take_pushes)


def _note(serial: str, info: str = "", *, hello: bool = False) -> dict[str, Any] | None:
    """Tell that the device lives, and return it as it stands. It loses nothing if that fails, so it is not bothered with it."""
    body = {"serial": serial, "address": _address(), "info": scrub(info.replace("\0", ""))[:2000], "hello": hello}
    try:
        told: dict[str, Any] = call("attendance", "note_device", body, actor=_actor(), timeout=NOTE_SECONDS)
    except (Problem, RemoteFault) as error:
        log.warning("a device's sign of life was lost", serial=serial, error=str(error))
        return None
    return told


def _zone(device: dict[str, Any] | None) -> str | None:
    """Return the zone to tell a device; None where nobody gave it one (it is not approved) or nobody could say so now."""
    return device.get("time_zone", SHANGHAI.key) if device and device["status"] == "approved" else None


def _body() -> bytes:
    """The raw body: many devices send no content type, some a wrong one."""
    return request.get_data(cache=False, parse_form_data=False)


def _serial() -> str | None:
    serial = request.args.get("SN", "")
    return serial if _SERIAL.fullmatch(serial) else None


def _address() -> str:
    return request.remote_addr or ""


def _actor() -> Actor:
    """Devices have no account; whose bureau the device is, attendance knows by its serial number."""
    return replace(system("", request_id()), address=_address())


def _no_device() -> Response:
    return _plain("ERROR: SN", 400)


def _plain(text: str, status: int = 200) -> Response:
    return Response(text, status=status, content_type="text/plain; charset=utf-8")
