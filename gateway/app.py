"""The gateway's WSGI application: ``create_app()``."""

from typing import Any

from flask import Flask
from flask.json.provider import JSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway import documents, guards, problems
from gateway.api import BLUEPRINTS
from gateway.api.live import live
from gateway.auth.identify import Holders
from gateway.channels.live import Hub
from gateway.devices.routes import iclock
from gateway.multiplexing import RpcClient
from gateway.operation import operation
from gateway.parts import Demo, Parts, keep_parts
from gateway.web.pages import ConsolePath, web
from shared.database import Sessions, open_sessions
from shared.jsontext import dumps, loads
from shared.settings import settings


class ExactJson(JSONProvider):
    """Answers speak the JSON of shared.jsontext: decimals are strings, no number is a float of ours."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return dumps(obj)

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return loads(s)


def create_app(
    database: Sessions | None = None,
    rpc: RpcClient | None = None,
    demo: Demo | None = None,
    hub: Hub | None = None,
) -> Flask:
    """Build the application on the given parts, or on those that the settings name. Opens no connection yet.

    ``demo`` gives the accounts that a demo lets in without a password, from its own machine only; ``hub`` serves streams, which
    only green threads can.
    """
    app = _begun(database, rpc, demo, hub)
    app.url_map.converters["console"] = ConsolePath
    api = documents.document(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    for more in (iclock, operation, web):
        app.register_blueprint(more)
    return app


def create_clocks_app(database: Sessions | None = None, rpc: RpcClient | None = None) -> Flask:
    """Build the application of a process that takes what clocks push and
    nothing else: no log-in, no API, no console."""
    app = _begun(database, rpc, None, None)
    for only in (iclock, operation):
        app.register_blueprint(only)
    return app


def create_live_app(hub: Hub, database: Sessions | None = None, rpc: RpcClient | None = None) -> Flask:
    """Build the application of a process that tells pages what changed and nothing else."""
    app = _begun(database, rpc, None, hub)
    for only in (live, operation):
        app.register_blueprint(only)
    return app


def _begun(database: Sessions | None, rpc: RpcClient | None, demo: Demo | None, hub: Hub | None) -> Flask:
    database = database or open_sessions(settings.need("database_url"), "gateway")
    if rpc is None:
        settings.need_call_keys()
        patience = int(settings.rpc_timeout)
        rpc = RpcClient(settings.need("broker_url"), settings.broker_options, timeout=patience, keys=settings.call_keys)
    app = Flask("gateway", static_folder=None)
    app.json = ExactJson(app)
    app.url_map.strict_slashes = False
    keep_parts(app, Parts(database, rpc, Holders(database), demo=demo, hub=hub))
    _trust_proxies(app, int(settings.trusted_proxies))
    guards.register(app)
    problems.register(app)
    return app


def _trust_proxies(app: Flask, count: int) -> None:
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
