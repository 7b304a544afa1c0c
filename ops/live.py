"""`kaohe live`: hints for pages that listen (server-sent events), and what carries notices out of the house. On green threads."""

import time
from typing import Any

import click
import eventlet

from gateway.channels.live import STREAMS, Hub
from gateway.channels.sending import send_until
from gateway.channels.service import GatewayEvents
from ops.backlog import watch
from ops.probes import broker_answers, database_answers
from ops.serving import TICK, note_signals, set_start_apart, start, supervise, wait_until
from shared import logs
from shared.database import Sessions, open_sessions
from shared.logs import log
from shared.settings import settings

ROOM = 200  # connections beside the streams: /changes, health


class Live:
    """The hub, the sender and the taker of notices of one process; ``start`` begins the first two in green threads."""

    def __init__(self, *, streams: int = STREAMS) -> None:
        self.hub = Hub(streams=streams)
        self._threads: list[Any] = []
        self._sessions: Sessions | None = None

    def start(self) -> None:
        self._sessions = open_sessions(settings.need("database_url"), "gateway")
        self._threads = [
            eventlet.spawn(self.hub.follow, self._sessions),
            eventlet.spawn(send_until, self._sessions, lambda: self.hub.stopped),
        ]

    def stop(self) -> None:
        """End the streams; what is being sent is sent again by the next that leads."""
        self.hub.stop()
        for one in self._threads:
            one.kill()
        if self._sessions is not None:
            self._sessions.engine.dispose()


@click.command("live")
def command() -> None:
    """实时提示与通知发送 / serve hints to pages and send notices until SIGTERM."""
    from gateway.app import create_live_app
    from ops.embedded_gateway import serve

    logs.configure("live", settings.log_level)
    settings.need("secret")
    watch((), ("gateway",))
    signalled = note_signals()
    wait_until(broker_answers, "broker")
    wait_until(database_answers, "database")
    live = Live()
    application = create_live_app(live.hub)
    application.extensions["kaohe"].rpc.start()
    runner = start((), also=(GatewayEvents,))
    live.start()
    listener = eventlet.listen((settings.host, int(settings.port)), reuse_port=False)
    server = eventlet.spawn(serve, listener, application, behind_proxies=True, connections=STREAMS + ROOM)
    crashed = supervise(runner)
    set_start_apart()
    log.info("serving", services=["live"])
    while not (signalled or crashed):
        time.sleep(TICK)
    listener.close()
    live.stop()
    server.kill()
    if crashed:
        log.error("the taker of notices died", reason=repr(crashed[0]), exc_info=crashed[0])
        raise SystemExit(1)
    runner.stop()
    log.info("stopped")
