"""The whole system in one process: PostgreSQL beside it, the broker inside it, five services and the gateway as green threads."""

import fcntl
import logging
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, Any

import eventlet
from nameko.runners import ServiceRunner

from ops.auditing.anchoring import anchor_every, anchor_now
from ops.auditing.files import write_whole
from ops.backlog import watch
from ops.database import EMBEDDED_FOLDER
from ops.live import Live
from ops.probes import history_is_there
from ops.serving import set_start_apart
from shared import logs
from shared.embedded.postgres import EmbeddedPostgres
from shared.logs import log
from shared.migrations import SCHEMAS, SERVICES, migrate
from shared.settings import OWN_AUDIT_KEYS, OWN_SECRET, Settings, settings

_LOOK_AT_DATABASE = 1.0  # seconds
_ANCHOR_EVERY = 600.0  # seconds
_STREAMS = 300  # of the connections that the one process takes
Say = Callable[[str], Any]
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class CannotStart(Exception):
    """Why the system cannot start here, for people."""


class EmbeddedSystem:
    """Started by ``start``, ended by ``stop``; what was acknowledged in between is in ``var``."""

    def __init__(self, chosen: Settings, demo: Callable[[], Sequence[dict[str, str]]] | None = None) -> None:
        """``demo`` gives the accounts that the log-in page offers by one click; only a system on loopback takes it."""
        self._demo = demo if chosen.host in LOOPBACK else None
        self._var = chosen.var_folder
        self._chosen = chosen
        self._lock: IO[str] | None = None
        self._postgres: EmbeddedPostgres | None = None
        self._runner: ServiceRunner | None = None
        self._server: Any = None
        self._listener: Any = None
        self._follower: Any = None
        self._watcher: Any = None
        self._anchoring: Any = None
        self._live: Live | None = None
        self.crashed: list[BaseException] = []  # the error of a service that died

    @property
    def url(self) -> str:
        return f"http://{self._chosen.host}:{self._chosen.port}"

    def start(self, say: Say) -> None:
        self._lock = take_lock(self._var)
        self._listener = listen(self._chosen.host, int(self._chosen.port))
        self._start_services(say, SERVICES, whole=True)
        say("启动网关 starting the gateway")
        self._start_gateway()
        watch(SERVICES, (*SERVICES, "gateway"))
        self._anchoring = eventlet.spawn(anchor_every, _ANCHOR_EVERY)
        set_start_apart()

    def start_inside(self, say: Say, services: tuple[str, ...]) -> None:
        """Start some of the services and no gateway: for an operator's command that needs them."""
        self._lock = take_lock(self._var)
        self._start_services(say, services)

    @property
    def started(self) -> bool:
        return self._postgres is not None

    def stop(self) -> None:
        """Stop in the order in which work flows: no new requests, then the services, last the database."""
        if self._listener is not None:
            self._listener.close()
        if self._live is not None:
            self._live.stop()
        for thread in (self._watcher, self._server, self._follower, self._anchoring):
            if thread is not None:
                thread.kill()
        if self._runner is not None:
            self._runner.stop()
            anchor_now()
        if self._postgres is not None:
            self._postgres.stop()
        if self._lock is not None:
            self._lock.close()

    def _start_database(self) -> str:
        self._postgres = EmbeddedPostgres(self._var / EMBEDDED_FOLDER, followed=self._chosen.wal == "1")
        url = self._postgres.start()
        secret = self._chosen.secret or own_secret(self._var)
        keys = self._chosen.audit_keys or own_audit_keys(self._var)
        own: dict[str, str] = {"secret": secret, "audit_keys": keys, "public_url": self._chosen.public_url or self.url}
        settings.use(replace(self._chosen, database_url=url, broker_url="embedded://", **own))
        return url

    def _migrate(self, url: str) -> None:
        for schema in SCHEMAS:
            migrate(url, schema)

    def _start_services(self, say: Say, services: tuple[str, ...], *, whole: bool = False) -> None:
        from gateway.channels.service import GatewayEvents
        from ops.serving import start, supervise
        from shared.embedded.journal import Journal
        from shared.embedded.transport import BROKER, install

        self._log_to_file()
        say("启动数据库 starting PostgreSQL")
        url = self._start_database()
        if whole and (reason := history_is_there("scoring")):
            raise CannotStart(f"上次重建没有完成，请再次运行 / {reason}")
        say("建立或升级数据库结构 migrating schemas")
        self._migrate(url)
        say(f"启动 {len(services)} 个服务 starting {len(services)} services")
        install(Journal(url))
        self._runner = start(services, also=(GatewayEvents,) if whole else ())
        self.crashed = supervise(self._runner)
        self._follower = eventlet.spawn(BROKER.follow_operators, lambda: False)
        self._watcher = eventlet.spawn(self._watch_database)

    def _watch_database(self) -> None:
        """A database that died is started again; where that fails, whoever started us is told by our end."""
        while True:
            eventlet.sleep(_LOOK_AT_DATABASE)
            try:
                if self._postgres is not None and self._postgres.revive():
                    log.warning("PostgreSQL had died and was started again")
            except Exception as error:
                log.exception("PostgreSQL died and does not start again")
                self.crashed.append(error)
                return

    def _start_gateway(self) -> None:
        from gateway.app import create_app
        from ops.embedded_gateway import serve

        self._live = Live(streams=_STREAMS)
        self._live.start()
        application = create_app(demo=self._demo, hub=self._live.hub)
        proxies = int(self._chosen.trusted_proxies) > 0
        self._server = eventlet.spawn(serve, self._listener, application, behind_proxies=proxies)
        eventlet.sleep(0)

    def _log_to_file(self) -> None:
        """JSON logs go to var/kaohe.log: the terminal belongs to the newcomer."""
        logs.configure("kaohe", self._chosen.log_level)
        root = logging.getLogger()
        to_file = RotatingFileHandler(self._var / "kaohe.log", maxBytes=20_000_000, backupCount=3, encoding="utf-8")
        to_file.setFormatter(root.handlers[0].formatter)
        root.handlers[:] = [to_file]


def take_lock(var: Path) -> IO[str]:
    """Take the lock, held as long as the file stays open; ``CannotStart`` where another process holds it."""
    var.mkdir(parents=True, exist_ok=True)
    lock = (var / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip()
        lock.close()
        raise CannotStart(
            f"{var} 已被另一个 kaohe up 使用（进程 {holder}），请先停止它 / in use by process {holder}"
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def listen(host: str, port: int) -> Any:
    try:
        return eventlet.listen((host, port), reuse_port=False)
    except (OSError, socket.gaierror) as error:
        reason = f"{host}:{port} 不能监听（{error.strerror}），请换一个端口：KAOHE_PORT=8001 make up"
        raise CannotStart(f"{reason} / cannot listen there; choose another KAOHE_PORT") from error


def own_secret(var: Path) -> str:
    """Return the key of this installation's cookies, drawn once."""
    return _drawn_once(var / OWN_SECRET, secrets.token_urlsafe(48))


def own_audit_keys(var: Path) -> str:
    """Return the keys of this installation's audit trails, drawn once (shared/audit_chain.py)."""
    return _drawn_once(var / OWN_AUDIT_KEYS, f"1:{secrets.token_urlsafe(48)}")


def _drawn_once(path: Path, drawn: str) -> str:
    """What stands in the file, written whole or not at all: a start that was killed in between draws anew."""
    if not path.exists() or not path.read_text():
        write_whole(path, drawn.encode(), mode=0o600)
    return path.read_text()
