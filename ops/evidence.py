"""`kaohe evidence`: clear away what nothing needs, and compare the store with what is known of it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.files.store import Store, open_store
from ops.database import database
from services.declarations.storage.evidence_tables import evidence as table
from services.declarations.usecases.evidence.files import forget_evidence, list_to_clear
from shared.actor import system
from shared.database import Sessions, open_sessions


@click.group("evidence")
def command() -> None:
    """佐证材料的清理与核对 / clear away and check files of evidence."""


@command.command()
def clean() -> None:
    """清理无人引用的残余文件 / remove what uploads left behind that were never finished."""
    with _opened() as (sessions, store):
        store.sweep()
        click.echo(f"已清理 cleared: {sum(_cleaned(sessions, store, bureau) for bureau in _bureaus(sessions))}")


@command.command()
@click.option("--content", is_flag=True, help="read every file and compare its SHA-256")
def check(*, content: bool) -> None:
    """核对存储与登记是否一致 / every kept file is there and whole; ends with 1 where one is not."""
    with _opened() as (sessions, store):
        faults = [fault for bureau in _bureaus(sessions) for fault in _faults(sessions, store, bureau, content=content)]
    for fault in faults:
        click.echo(fault)
    click.echo(f"不一致 faults: {len(faults)}")
    if faults:
        raise SystemExit(1)


@contextmanager
def _opened() -> Iterator[tuple[Sessions, Store]]:
    with database() as url:
        sessions = open_sessions(url, "declarations")
        try:
            yield sessions, open_store()
        finally:
            sessions.engine.dispose()


def _bureaus(sessions: Sessions) -> list[str]:
    with Session(sessions.engine) as session:
        return list(session.execute(select(table.c.bureau).distinct().order_by(table.c.bureau)).scalars())


def _cleaned(sessions: Sessions, store: Store, bureau: str) -> int:
    """Twenty at a time: first the bytes, then the rows."""
    actor, count = system(bureau), 0
    while True:
        with sessions.begin(actor) as session:
            gone = list_to_clear(session, actor, {})["clear"]
        if not gone:
            return count
        for one in gone:
            store.remove(one["stored_as"])
        with sessions.begin(actor) as session:
            count += forget_evidence(session, actor, {"evidence": [one["evidence"] for one in gone]})["forgotten"]


def _faults(sessions: Sessions, store: Store, bureau: str, *, content: bool) -> Iterator[str]:
    c = table.c
    with Session(sessions.engine) as session:
        rows = session.execute(select(c.stored_as, c.size, c.sha256, c.status).where(c.bureau == bureau)).all()
    known = {f"{bureau}/{row.stored_as}": row for row in rows}
    for key, row in sorted(known.items()):
        if row.status == "kept":
            yield from _fault(store, key, row.size, row.sha256 if content else None)
    yield from (f"没有登记 unknown: {key}" for key in store.keys(bureau) if key not in known)


def _fault(store: Store, key: str, size: int, sha256: str | None) -> Iterator[str]:
    found = store.size(key)
    if found is None:
        yield f"缺失 missing: {key}"
    elif found != size or (sha256 is not None and _hash(store, key) != sha256):
        yield f"损坏 damaged: {key}"


def _hash(store: Store, key: str) -> str:
    whole = hashlib.sha256()
    for part in store.parts(key):
        whole.update(part)
    return whole.hexdigest()
