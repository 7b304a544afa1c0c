"""Alarms about clocks: of their addresses, which somebody settles, and of what ends by itself."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.storage.desk_tables import device_alarms
from services.attendance.storage.lists import days_asked
from services.attendance.storage.tables import devices, shown
from shared.database import Row
from shared.ids import new_id
from shared.pages import keyset
from shared.vocabulary.attendance import ADDRESS_ALARMS

_ONCE_A = timedelta(minutes=1)
_OPEN = device_alarms.c.status == "open"


class DeviceAlarms:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def raise_(self, serial: str, kind: str, address: str, other: str, at: datetime) -> Row | None:
        """Open an alarm and return it; None where it stands open already: then it is counted, once a minute."""
        facts = {"bureau": self._bureau, "serial": serial, "kind": kind, "address": address}
        told = {"other": other, "first_at": at, "last_at": at, "seen": 1, "status": "open"}
        row = {**facts, **told, "alarm": new_id(), "settled_by": "", "remark": "", "revision": 1}
        new = insert(device_alarms).values(**row)
        new = new.on_conflict_do_nothing(index_elements=list(facts), index_where=_OPEN)
        if self._session.scalar(new.returning(device_alarms.c.alarm)) is not None:
            return row
        same = [device_alarms.c[name] == value for name, value in facts.items()]
        again = device_alarms.update().where(*same, _OPEN, device_alarms.c.last_at < at - _ONCE_A)
        self._session.execute(again.values(last_at=at, seen=device_alarms.c.seen + 1, other=other))
        return None

    def get(self, alarm: str) -> Row | None:
        """Return one, locked."""
        own = (device_alarms.c.bureau == self._bureau) & (device_alarms.c.alarm == alarm)
        found = self._session.execute(select(device_alarms).where(own).with_for_update()).mappings().first()
        return dict(found) if found else None

    def settle(self, row: Row, status: str, by: str, remark: str) -> None:
        chosen = device_alarms.update().where(
            device_alarms.c.bureau == self._bureau, device_alarms.c.alarm == row["alarm"]
        )
        self._session.execute(
            chosen.values(status=status, settled_by=by, remark=remark, revision=device_alarms.c.revision + 1)
        )

    def page(self, query: Row) -> Row:
        joined = device_alarms.outerjoin(devices, devices.c.serial == device_alarms.c.serial)
        statement = select(*shown(device_alarms), devices.c.name, devices.c.place).select_from(joined)
        statement = statement.where(device_alarms.c.bureau == self._bureau)
        for name, wanted in {"status": "status", "kind": "kind", "serial": "device"}.items():
            if query[wanted]:
                statement = statement.where(device_alarms.c[name] == query[wanted])
        statement = statement.where(*days_asked(query, device_alarms.c.first_at, device_alarms.c.last_at))
        order = [device_alarms.c.first_at, device_alarms.c.alarm]
        return keyset(self._session, statement, order=order, after=query["after"], limit=query["limit"])

    def open_address_kinds(self) -> dict[str, list[str]]:
        """Return which kinds of alarm about addresses stand open, by serial number."""
        kinds = func.array_agg(device_alarms.c.kind.distinct())
        own = (device_alarms.c.bureau == self._bureau) & device_alarms.c.kind.in_(ADDRESS_ALARMS)
        chosen = select(device_alarms.c.serial, kinds).where(own, _OPEN)
        return {serial: list(found) for serial, found in self._session.execute(chosen.group_by(device_alarms.c.serial))}

    def open_of(self, kinds: Collection[str]) -> list[Row]:
        chosen = select(device_alarms).where(device_alarms.c.bureau == self._bureau, _OPEN)
        rows = self._session.execute(chosen.where(device_alarms.c.kind.in_(kinds))).mappings()
        return [dict(row) for row in rows]

    def end(self, row: Row, at: datetime) -> Row | None:
        """End an alarm and return it; None where another has just ended it."""
        own = (device_alarms.c.bureau == self._bureau) & (device_alarms.c.alarm == row["alarm"])
        ended = device_alarms.update().where(own, _OPEN)
        ended = ended.values(status="ended", last_at=at, revision=device_alarms.c.revision + 1)
        found = self._session.execute(ended.returning(device_alarms)).mappings().first()
        return dict(found) if found else None
