"""One click into a role of the demo bureau: only where the instance was started as a demo, and only from the same machine."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Response, request
from marshmallow import fields

from gateway.api.core import Command, Document, blueprint, public, text
from gateway.api.sessions import SessionDocument, opened, visitor
from gateway.auth.logins import enter
from gateway.parts import parts
from shared.errors import NotFound

demonstration = blueprint("demonstration", "示范登录 one-click roles of a demo on this machine")

_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


class DemoAccount(Document):
    account = fields.String(required=True)
    role = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    bureau = fields.String(required=True)


class DemoAccounts(Document):
    items = fields.List(fields.Nested(DemoAccount), required=True)


class DemoEntry(Command):
    account = text(64, required=True)


@demonstration.route("/demo/accounts")
@demonstration.response(200, DemoAccounts)
@public
def list_demo_accounts() -> dict[str, Any]:
    """示范账号 one of each role; none wherever this is no demo"""
    return {"items": _shown()}


@demonstration.route("/demo/sessions", methods=["POST"])
@demonstration.arguments(DemoEntry)
@demonstration.response(201, SessionDocument)
@public
def enter_demo(command: dict[str, Any]) -> Response:
    """进入示范角色 a session without a password; 404 wherever this is no demo"""
    if command["account"] not in {one["account"] for one in _shown()}:
        raise NotFound("demo.none", zh="这里没有这个示范账号", en="there is no such account of a demo here")
    return opened(enter(parts().database, command["account"], visitor()))


def _shown() -> list[dict[str, str]]:
    """The first account of each role and bureau."""
    demo = parts().demo
    if demo is None or not _on_this_machine():
        return []
    first: dict[tuple[str, str], dict[str, str]] = {}
    for entry in demo():
        first.setdefault((entry["bureau"], entry["role"]), {name: entry[name] for name in DemoAccount().fields})
    return list(first.values())


def _on_this_machine() -> bool:
    """A proxy's requests and those under a foreign host name (DNS rebinding) come from elsewhere."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    return ip_address(request.remote_addr or "0.0.0.0").is_loopback and urlsplit(f"//{request.host}").hostname in _NAMES  # noqa: S104
