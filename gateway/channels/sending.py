"""The sender: what is put for a channel leaves, by one process at a time (advisory lock), as the outbox does.

Each delivery has a key, the same at every attempt, which the other side can know it by. A crash between sending and noting sends it
again: at least once, and never not at all. What fails waits longer each time, and is dead once it failed after the last wait, for
an operator to see.
"""

import select
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from gateway.channels.mail import Mailbox, mail_is_set_up
from gateway.channels.port import Channel, Item, Message, NotSent, item_of
from gateway.storage.accounts import Account, Accounts
from gateway.storage.addresses import MailAddresses
from gateway.storage.bureau_channels import BureauChannels, opened
from gateway.storage.deliveries import CHANNEL, Deliveries
from shared import metrics
from shared.actor import system
from shared.clock import now
from shared.database import Session, Sessions
from shared.logs import log

BATCH = 50
POLL_SECONDS = 5.0
BACKOFF = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 240, 720))  # between the attempts
CLEAN_EVERY = 3600.0  # seconds
Target = tuple[str, str]  # way, and whose mailbox or which channel
Due = Mapping[str, Any]


def send_until(sessions: Sessions, stopping: Callable[[], bool]) -> None:
    """Send whenever something is due, until ``stopping()``; begins anew where the database went away."""
    while not stopping():
        try:
            with sessions.engine.connect() as connection:
                _while_leading(sessions, connection, stopping)
        except Exception as error:
            log.warning("the sender of notices starts again", reason=f"{type(error).__name__}: {error}")
            time.sleep(1)


def _while_leading(sessions: Sessions, connection: Connection, stopping: Callable[[], bool]) -> None:
    while not _lead(connection):
        if stopping():
            return
        time.sleep(1)
    listening: Any = connection.connection.driver_connection
    connection.execute(text(f"LISTEN {CHANNEL}"))
    connection.commit()
    cleaned = 0.0
    while not stopping():
        if time.monotonic() - cleaned > CLEAN_EVERY or not cleaned:
            _clean(sessions)
            cleaned = time.monotonic()
        if send_due(sessions, now()) < BATCH:
            _wait(listening)


def send_due(sessions: Sessions, at: datetime) -> int:
    """Send up to ``BATCH`` of what is due at ``at``; returns how many were taken up."""
    with sessions.begin(system("")) as session:
        taken = Deliveries(session).take_due(at, BATCH)
        known = _Known(session, taken)
    by_target: dict[Target, list[Due]] = {}
    for one in taken:
        by_target.setdefault((one["way"], one["channel"] or one["account"]), []).append(one)
    for target, rows in by_target.items():
        _send_all(sessions, known, target, rows, at)
    return len(taken)


def _send_all(sessions: Sessions, known: "_Known", target: Target, rows: Sequence[Due], at: datetime) -> None:
    """Send what goes to one target; after a failure its others wait, so that a dead one holds nobody else up."""
    bundles = [rows] if known.wants_digest(target) else [[one] for one in rows]
    for number, bundle in enumerate(bundles):
        ids = [str(one["delivery"]) for one in bundle]
        try:
            _send(known, target, bundle)
        except NotSent as failure:
            left = [str(one["delivery"]) for each in bundles[number + 1 :] for one in each]
            _note_failure(sessions, target, bundle, failure, left, at)
            if not failure.lasting:
                return
        else:
            metrics.DELIVERIES.labels(target[0], "sent").inc(len(ids))
            with sessions.begin(system("")) as session:
                Deliveries(session).sent(ids, at)
                BureauChannels(session).note(target[1], at, None)


def _send(known: "_Known", target: Target, bundle: Sequence[Due]) -> None:
    """Send, or raise ``NotSent`` whatever is wrong: what cannot be sent holds nobody else up."""
    try:
        channel = known.channel(target)
        if channel is None:
            raise NotSent("通道已停用或地址未确认", lasting=True)
        channel.send(known.message(target, bundle))
    except NotSent:
        raise
    except Exception as error:
        log.exception("a notice could not be sent", way=target[0])
        raise NotSent(f"内部错误：{type(error).__name__}") from error


def _note_failure(
    sessions: Sessions, target: Target, bundle: Sequence[Due], failure: NotSent, left: Sequence[str], at: datetime
) -> None:
    attempts = max(one["attempts"] for one in bundle)
    dead = failure.lasting or attempts >= len(BACKOFF)
    ids = [str(one["delivery"]) for one in bundle]
    metrics.DELIVERIES.labels(target[0], "dead" if dead else "failed").inc(len(ids))
    log.warning("a notice was not sent", way=target[0], reason=failure.reason, attempt=attempts + 1, dead=dead)
    with sessions.begin(system("")) as session:
        BureauChannels(session).note(target[1], at, failure.reason)
        if dead:
            Deliveries(session).dead(ids, at, failure.reason)
        else:
            Deliveries(session).later(ids, at + BACKOFF[attempts], failure.reason)
        if left and not failure.lasting:
            Deliveries(session).put_off(left, at + BACKOFF[0])


class _Known:
    """What is known of those to whom a batch goes, read before anything is sent."""

    def __init__(self, session: Session, taken: Sequence[Due]) -> None:
        accounts = {one["account"] for one in taken} - {""}
        self._accounts: Mapping[str, Account] = Accounts(session).named(accounts)
        self._mail = MailAddresses(session).confirmed(accounts)
        self._channels = BureauChannels(session).named({one["channel"] for one in taken} - {""})

    def channel(self, target: Target) -> Channel | None:
        """Return what sends there; None where it was taken away meanwhile."""
        way, name = target
        if way != "email":
            return opened(self._channels[name]) if name in self._channels else None
        account, mail = self._accounts.get(name), self._mail.get(name)
        if account is None or not account.active or mail is None or not mail_is_set_up():
            return None
        return Mailbox(mail["address"])

    def wants_digest(self, target: Target) -> bool:
        return target[0] == "email" and bool(self._mail.get(target[1], {}).get("digest"))

    def message(self, target: Target, bundle: Sequence[Due]) -> Message:
        items: tuple[Item, ...] = tuple(item_of(one["kind"], one["count"], one["link"]) for one in bundle)
        first = bundle[0]
        who = self._accounts.get(first["account"])
        named = who.name if who and target[0] == "robot" else None
        return Message(_key(bundle), first["kind"], items, who.person if who else None, named)


def _key(bundle: Sequence[Due]) -> str:
    """Return the key of what is told together: another one as soon as another delivery has joined."""
    ids = sorted(str(one["delivery"]) for one in bundle)
    return ids[0] if len(ids) == 1 else sha256(" ".join(ids).encode()).hexdigest()


def _clean(sessions: Sessions) -> None:
    with sessions.begin(system("")) as session:
        Deliveries(session).forget(now())
        for bureau, number in Deliveries(session).dead_by_bureau().items():
            metrics.DELIVERIES_DEAD.labels(bureau).set(number)


def _lead(connection: Connection) -> bool:
    leads = bool(connection.execute(text("SELECT pg_try_advisory_lock(hashtext('gateway sender'))")).scalar())
    connection.commit()
    return leads


def _wait(listening: Any) -> None:
    if not listening.notifies:
        select.select([listening], [], [], POLL_SECONDS)
        listening.poll()
    listening.notifies.clear()
