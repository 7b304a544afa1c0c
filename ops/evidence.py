"""`kaohe evidence`: clear away what nothing needs, and compare the store with what is known of it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from sqlalchemy import Table, select, union
from sqlalchemy.orm import Session

from gateway.files.case_files import paper_key
from gateway.files.sealing import Broken, FileSeal, sealed_size
from gateway.files.store import Store, open_store
from ops.database import database
from services.complaints.storage.attachment_tables import case_attachments, entry_pictures
from services.complaints.storage.paper_tables import case_papers
from services.complaints.usecases.attachments import forget_attachments, list_attachments_to_clear
from services.complaints.usecases.pictures import forget_pictures, list_pictures_to_clear
from services.declarations.storage.evidence_tables import evidence as table
from services.declarations.usecases.evidence.files import forget_evidence, list_to_clear
from shared.actor import system
from shared.database import Sessions, open_sessions
from shared.serving import UseCase


@dataclass(frozen=True)
class Known:
    """A file as a service knows it: ``size`` and ``sha256`` of the plain one. ``sealed``: how it lies in the store."""

    key: str
    size: int
    sha256: str
    kept: bool
    sealed: bool


# Of each table that knows files: its schema, what is to be cleared, and how it is forgotten.
CLEARING: tuple[tuple[str, UseCase, UseCase], ...] = (
    ("declarations", list_to_clear, forget_evidence),
    ("complaints", list_attachments_to_clear, forget_attachments),
    ("complaints", list_pictures_to_clear, forget_pictures),
)
SCHEMAS = frozenset(schema for schema, *_ in CLEARING)


@click.group("evidence")
def command() -> None:
    """佐证材料的清理与核对 / clear away and check files of evidence and of cases."""


@command.command()
def clean() -> None:
    """清理无人引用的残余文件 / remove what uploads left behind that were never finished."""
    with _opened() as (sessions, store):
        store.sweep()
        cleared = [
            _cleaned(sessions[schema], store, bureau, listing, forgetting)
            for schema, listing, forgetting in CLEARING
            for bureau in _bureaus(sessions)
        ]
        click.echo(f"已清理 cleared: {sum(cleared)}")


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
def _opened() -> Iterator[tuple[dict[str, Sessions], Store]]:
    with database() as url:
        sessions = {schema: open_sessions(url, schema) for schema in SCHEMAS}
        try:
            yield sessions, open_store()
        finally:
            for one in sessions.values():
                one.engine.dispose()


def _bureaus(sessions: dict[str, Sessions]) -> list[str]:
    with Session(sessions["declarations"].engine) as session:
        every = union(*(select(one.c.bureau) for one in (table, case_attachments, entry_pictures, case_papers)))
        return sorted(session.scalars(every))


def _cleaned(sessions: Sessions, store: Store, bureau: str, listing: UseCase, forgetting: UseCase) -> int:
    """Twenty at a time: first the bytes, then the rows."""
    actor, count = system(bureau), 0
    while True:
        with sessions.begin(actor) as session:
            gone = listing(session, actor, {})["clear"]
        if not gone:
            return count
        for one in gone:
            store.remove(one["stored_as"])
        with sessions.begin(actor) as session:
            count += forgetting(session, actor, {"evidence": [one["evidence"] for one in gone]})["forgotten"]


def _faults(sessions: dict[str, Sessions], store: Store, bureau: str, *, content: bool) -> Iterator[str]:
    with Session(sessions["declarations"].engine) as session:
        # Files of the same bytes share them: kept is what one of them keeps.
        known = {one.key: one for one in sorted(_known(session, bureau), key=lambda one: one.kept)}
    for _, one in sorted(known.items()):
        if one.kept:
            yield from _fault(store, bureau, one, content=content)
    yield from (f"没有登记 unknown: {key}" for key in store.keys(bureau) if key not in known)


def _known(session: Session, bureau: str) -> Iterator[Known]:
    for of, sealed in ((table, False), (case_attachments, True), (entry_pictures, True)):
        yield from _stored(session, of, bureau, sealed=sealed)
    c = case_papers.c
    made = select(c.paper, c.pdf_sha256, c.pdf_size, c.docx_sha256, c.docx_size)
    for row in session.execute(made.where(c.bureau == bureau, c.pdf_sha256.is_not(None))):
        for form, sha256, size in (("pdf", row.pdf_sha256, row.pdf_size), ("docx", row.docx_sha256, row.docx_size)):
            yield Known(paper_key(bureau, row.paper, sha256, form), size, sha256, kept=True, sealed=True)


def _stored(session: Session, of: Table, bureau: str, *, sealed: bool) -> Iterator[Known]:
    c = of.c
    for row in session.execute(select(c.stored_as, c.size, c.sha256, c.status).where(c.bureau == bureau)):
        yield Known(f"{bureau}/{row.stored_as}", row.size, row.sha256, row.status == "kept", sealed)


def _fault(store: Store, bureau: str, one: Known, *, content: bool) -> Iterator[str]:
    found = store.size(one.key)
    if found is None:
        yield f"缺失 missing: {one.key}"
    elif found != (sealed_size(one.size) if one.sealed else one.size) or (
        content and _hash(store, bureau, one) != one.sha256
    ):
        yield f"损坏 damaged: {one.key}"


def _hash(store: Store, bureau: str, one: Known) -> str:
    """Return the SHA-256 of the plain file; of one that does not open any more nothing."""
    whole, parts = hashlib.sha256(), store.parts(one.key)
    try:
        for part in FileSeal(bureau).open(parts) if one.sealed else parts:
            whole.update(part)
    except Broken:
        return ""
    return whole.hexdigest()
