"""The endpoints of ZKTeco's PUSH protocol ("iclock") and of Hikvision's events. Clocks follow no redirect, log in nowhere and read
plain text only.

What a clock hears decides what it forgets: ``OK: n`` only after the punches are committed, 503 only where they could not be.
Passwords and biometric templates, which some tables carry, are dropped here: not stored, not logged, not passed on. What nobody
knows how to read is kept for the operator, scrubbed.
"""

import hashlib
from typing import Any

from flask import Blueprint, Flask, Response, g, request
from flask.sansio.blueprints import BlueprintSetupState

from gateway.api.core import body_limit, public
from gateway.devices.asking import (
    SERIAL,
    keep_lines,
    note,
    plain,
    poll,
    serial_of,
    take_answers,
    take_punches,
    take_users,
)
from gateway.devices.batches import LARGEST_PUSH
from gateway.devices.commands import answers_of, command_lines, count_of
from gateway.devices.crowding import Crowd
from gateway.devices.hikvision import parse_events
from gateway.devices.options import options, told_time
from gateway.devices.parser import count_lines, lines_of, parse_attlog, parse_rtlog, parse_transactions
from gateway.devices.paths import ClockPaths
from gateway.devices.users import TEMPLATES, users_of
from shared.clock import SHANGHAI, now

iclock = Blueprint("iclock", __name__, url_prefix="/iclock")

_SAID_IN_PASSING = {"OPTIONS", "ATTPHOTO", "RTSTATE"}  # nothing in them is kept
_TRANSACTION, _USERS = "transaction", ("user", "userinfo", *TEMPLATES)
_NOTED = 2000  # characters of a request that nobody knows how to read
_crowd = Crowd()


@iclock.record_once
def _spell(state: BlueprintSetupState) -> None:
    assert isinstance(state.app, Flask)
    state.app.wsgi_app = ClockPaths(state.app.wsgi_app)  # type: ignore[method-assign]


@iclock.before_request
def _enter() -> Response | None:
    """Answer 503 where too much of one serial number is under way: what is not stored comes again. What comes slowly takes nobody's turn."""
    _body()
    serial = serial_of() or str((request.view_args or {}).get("serial", ""))
    if not _crowd.enter(serial):
        return plain("ERROR", 503)
    g.clock = serial
    return None


@iclock.teardown_request
def _leave(_error: BaseException | None) -> None:
    serial = g.pop("clock", None)
    if serial is not None:
        _crowd.leave(serial)


@iclock.get("/cdata")
@public
def handshake() -> Response:
    serial = serial_of()
    if serial is None:
        return _no_device()
    return plain(options(serial, _zone(note(serial, hello=True, key=request.args.get("pushcommkey", ""))), now()))


@iclock.route("/cdata", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def take_data() -> Response:
    serial, table = serial_of(), request.args.get("table", "").upper()
    if serial is None:
        return _no_device()
    body = _body()
    if table == "ATTLOG":
        return take_punches(serial, parse_attlog(body), counted=True)
    if table == "RTLOG":
        return take_punches(serial, parse_rtlog(body), counted=False, protocol="access")
    if table in ("OPERLOG", "BIODATA"):
        return take_users(serial, users_of(body), f"OK: {count_lines(body)}" if table == "OPERLOG" else "OK")
    if table not in _SAID_IN_PASSING:
        return _take_table(serial, body, f"cdata table={table}")
    note(serial)
    return plain("OK")


@iclock.route("/querydata", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def take_answer() -> Response:
    """Take what a clock answers to a query: punches of a day that was missing, its users, how much it holds, or a table that is
    kept for the operator."""
    serial = serial_of()
    return _no_device() if serial is None else _take_table(serial, _body(), "querydata")


@iclock.get("/rtdata")
@public
def tell_time() -> Response:
    """Tell access-control firmware the time and its zone."""
    serial = serial_of()
    if serial is None:
        return _no_device()
    asked = request.args.get("type", "") == "time"
    device = note(serial, hello=asked, protocol="access")
    if not asked:
        return plain("OK")
    return plain("ERROR", 503) if device is None else plain(told_time(_zone(device), now()))


@iclock.get("/getrequest")
@public
def give_commands() -> Response:
    """Answer a clock that asks what it is to do; its INFO tells firmware and how much it holds."""
    serial = serial_of()
    if serial is None:
        return _no_device()
    told = poll(serial, request.args.get("INFO", ""))
    if not told or not told.get("commands"):
        return plain("OK")
    return plain(command_lines(told["commands"], told["device"]["protocol"], told["encoding"]))


@iclock.route("/devicecmd", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def take_results() -> Response:
    """Take what a clock answers to what it was told to do."""
    serial = serial_of()
    return _no_device() if serial is None else take_answers(serial, answers_of(_body()))


@iclock.route("/ping", methods=["GET", "POST"])
@iclock.route("/fdata", methods=["POST", "PUT"])
@iclock.route("/push", methods=["GET", "POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def acknowledge() -> Response:
    """Acknowledge signs of life and photos: nothing in them is kept."""
    serial = serial_of()
    if serial is None:
        return _no_device()
    note(serial)
    return plain("OK")


@iclock.route("/registry", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def register() -> Response:
    """Answer newer firmware that asks to be registered, and again every 15 seconds until
    it is told a code. The code proves nothing."""
    serial = serial_of()
    if serial is None:
        return _no_device()
    note(serial, protocol="access")
    return plain(f"RegistryCode={hashlib.sha256(serial.encode()).hexdigest()[:16]}")


@iclock.route("/hikvision/<serial>", methods=["POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def take_events(serial: str) -> Response:
    """Take the events of a Hikvision terminal, which is told this address with its serial number in it; its own says none."""
    if not SERIAL.fullmatch(serial):
        return _no_device()
    push = parse_events(_body(), request.headers.get("Content-Type", ""))
    if push.lines:
        return take_punches(serial, push, counted=False, protocol="hikvision")
    note(serial, hello=True, protocol="hikvision")  # nobody tells it its zone but who sets it by hand
    return plain("OK")


@iclock.route("/", defaults={"rest": ""}, methods=["GET", "POST", "PUT"])
@iclock.route("/<path:rest>", methods=["GET", "POST", "PUT"])
@public
@body_limit(LARGEST_PUSH)
def keep_unknown(rest: str) -> Response:
    """Answer what no firmware known to us asks; the operator finds it among what is no punch."""
    serial = serial_of()
    if serial is None:
        return _no_device()
    query = request.query_string.decode("latin-1")
    said = f"{request.method} /iclock/{rest}?{query}\n{_text(_body())}"
    return keep_lines(serial, [said[:_NOTED]], "path")


def _take_table(serial: str, body: bytes, what: str) -> Response:
    """Take a table of punches, of users, or what a clock counted; what is none is kept as it came, scrubbed."""
    table = request.args.get("tablename", "").lower()
    if table == _TRANSACTION and request.args.get("type", "").lower() == "count":
        counted = count_of(body, request.args.get("cmdid", ""))
        if counted:
            return take_answers(serial, [counted])
    if table == _TRANSACTION:
        return take_punches(serial, parse_transactions(body), counted=False)
    if table in _USERS:
        return take_users(serial, users_of(body), "OK")
    return keep_lines(serial, [f"{what}: {line}"[:_NOTED] for line in lines_of(body)], "table")


def _text(body: bytes) -> str:
    return "\n".join(lines_of(body[: 4 * _NOTED]))


def _zone(device: dict[str, Any] | None) -> str | None:
    """Return the zone to tell a device; None where nobody gave it one (it is not approved) or nobody could say so now."""
    return device.get("time_zone", SHANGHAI.key) if device and device["status"] == "approved" else None


def _body() -> bytes:
    """The raw body: many devices send no content type, some a wrong one."""
    return request.get_data(parse_form_data=False)


def _no_device() -> Response:
    return plain("ERROR: SN", 400)
