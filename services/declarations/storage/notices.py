"""Notices in their table, read by address."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypedDict

from sqlalchemy import and_, exists, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.declarations.domain.notices import Content, Key, Notice
from services.declarations.domain.organisation import Unit
from services.declarations.storage.bulk import codes
from services.declarations.storage.organisation import read_units
from services.declarations.storage.review_tables import notice, notice_read
from shared.actor import Actor
from shared.database import Row
from shared.events import NoticeGiven
from shared.ids import new_id
from shared.recording import republish

n, r = notice.c, notice_read.c
_HEADS = ("head", "above")  # duties that the organisation alone tells


class NewNotice(TypedDict):
    bureau: str
    notice: str
    cycle: str
    address: str
    kind: str
    about: str
    on: date
    content: Content


def add_notices(session: Session, bureau: str, cycle: str, notices: Sequence[Notice], on: date) -> int:
    """Add the notices and return how many were new: the same address is not told the same thing twice."""
    rows: list[NewNotice] = [
        {
            "bureau": bureau,
            "notice": new_id(),
            "cycle": cycle,
            "address": one.address,
            "kind": one.kind,
            "about": one.about,
            "on": on,
            "content": one.content,
        }
        for one in notices
    ]
    return keep_notices(session, rows)


def keep_notices(session: Session, rows: Sequence[NewNotice]) -> int:
    """Keep ``rows``; how many were new. Those leave in this transaction for whoever carries them out of the house."""
    if not rows:
        return 0
    statement = insert(notice).on_conflict_do_nothing().returning(n.notice)
    new = {one.notice for one in session.execute(statement, rows)}
    given = [row for row in rows if row["notice"] in new]
    if given:
        republish(session, _given(session, given))
    return len(given)


def _given(session: Session, rows: Sequence[NewNotice]) -> Iterator[NoticeGiven]:
    with_heads = {row["bureau"] for row in rows if row["address"].partition(":")[0] in _HEADS}
    units = {bureau: read_units(session, bureau) for bureau in sorted(with_heads)}
    actor: Actor = session.info["actor"]
    by = actor.person or actor.account
    for row in rows:
        yield NoticeGiven(
            bureau=row["bureau"],
            notice=row["notice"],
            revision=1,
            cycle=row["cycle"],
            address=row["address"],
            persons=holders(row["address"], units.get(row["bureau"], {})),
            kind=row["kind"],
            count=row["content"]["count"],
            given_on=row["on"],
            link=row["content"].get("link", ""),
            by=by,
        )


def holders(address: str, units: Mapping[str, Unit]) -> list[str]:
    """Return the persons who hold the duty of ``address``, as far as the organisation tells."""
    duty, _, code = address.partition(":")
    if duty == "person":
        return [code]
    if duty not in _HEADS or code not in units:
        return []
    unit = units[code]
    above = unit.above[-1] if unit.above else unit.parent
    one = unit if duty == "head" else units.get(above or "")  # none above the uppermost: leaders see it in the console
    return sorted(one.heads) if one else []


def notices_by_key(session: Session, bureau: str, cycle: str, keys: Iterable[Key]) -> dict[Key, date]:
    """Return those of the notices that were given, each with its day."""
    wanted = sorted(set(keys))
    statement = select(n.address, n.kind, n.about, n.on).where(
        n.bureau == bureau, n.cycle == cycle, tuple_(n.address, n.kind, n.about).in_(wanted)
    )
    rows = session.execute(statement) if wanted else ()
    return {Key(row.address, row.kind, row.about): row.on for row in rows}


def notices_at(
    session: Session,
    bureau: str,
    addresses: Iterable[str],
    person: str,
    *,
    unread: bool,
    before: str | None,
    limit: int,
) -> list[Row]:
    """Return the notices, the newest first, each with whether ``person`` has read it."""
    read = exists().where(r.notice == n.notice, r.person == person)
    columns = (n.notice, n.cycle, n.address, n.kind, n.about, n.on, n.content)
    statement = select(*columns, read.label("read")).where(n.bureau == bureau, n.address.in_(codes(addresses)))
    if unread:
        statement = statement.where(~read)
    if before is not None:
        statement = statement.where(n.notice < before)
    rows = session.execute(statement.order_by(n.notice.desc()).limit(limit)).mappings()
    return [dict(row) for row in rows]


def known_notices(session: Session, bureau: str, addresses: Iterable[str], ids: Iterable[str]) -> set[str]:
    mine = and_(n.bureau == bureau, n.address.in_(codes(addresses)), n.notice.in_(codes(ids)))
    return set(session.execute(select(n.notice).where(mine)).scalars())


def mark_read(session: Session, ids: Iterable[str], person: str, on: date) -> int:
    """Mark them as read; return how many had not been read before."""
    rows = [{"notice": one, "person": person, "on": on} for one in codes(ids)]
    statement = insert(notice_read).on_conflict_do_nothing().returning(r.notice)
    return len(session.execute(statement, rows).all())
