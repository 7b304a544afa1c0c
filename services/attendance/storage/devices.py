"""Devices, one aggregate per serial number."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.attendance.domain.zones import Zones
from services.attendance.storage.apart_tables import quarantined_punches, suspect_punches
from services.attendance.storage.tables import UNCLAIMED, devices, punches, shown, units
from shared.clock import SHANGHAI
from shared.database import Row
from shared.jsontext import dumps
from shared.pages import keyset, mentioning


def zones_of(device: Row) -> Zones:
    earlier = ((zone, datetime.fromisoformat(until)) for zone, until in device["earlier_zones"])
    return Zones(device["time_zone"], tuple(earlier))


def told_zones(zones: Zones) -> Row:
    """Return the columns that keep ``zones``."""
    return {
        "time_zone": zones.zone,
        "earlier_zones": [[zone, until.isoformat()] for zone, until in zones.earlier],
    }


_HIDDEN = (
    *("previous_address", "previous_until", "earlier_zones"),
    *("held", "kept", "ahead", "agreed_at", "encoding", "listed_at", "key_digest", "keyed_address"),
)


# What was not told stays as it is.
_PUSHED = text("""
    UPDATE attendance.devices AS held SET kept = held.kept + told.records,
        address = coalesce(told.address, held.address), drift = coalesce(told.drift, held.drift),
        protocol = coalesce(told.protocol, held.protocol),
        seen_at = coalesce(told.seen_at, held.seen_at), punched_at = coalesce(told.seen_at, held.punched_at)
    FROM json_to_recordset(CAST(:rows AS json))
        AS told (serial text, records int, address text, drift int, protocol text, seen_at timestamptz)
    WHERE held.serial = told.serial
""")


class Devices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, serial: str, *, lock: bool = False) -> Row | None:
        statement = select(devices).where(devices.c.serial == serial)
        found = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return dict(found) if found else None

    def lock(self, serials: Iterable[str]) -> dict[str, Row]:
        """Return the devices that are known by their serial numbers, locked in the order of these."""
        chosen = select(devices).where(devices.c.serial.in_(set(serials))).order_by(devices.c.serial)
        return {row["serial"]: dict(row) for row in self._session.execute(chosen.with_for_update()).mappings()}

    def first_seen(self, serial: str, at: datetime, address: str) -> None:
        """Note a serial number never seen before, or not for long, as pending; where another request just did, its row stands."""
        row = {"serial": serial, "bureau": UNCLAIMED, "status": "pending", "name": "", "place": "", "info": ""}
        new = insert(devices).values(**row, address=address, seen_at=at, revision=1)
        again = {"status": "pending", "address": address, "seen_at": at, "revision": devices.c.revision + 1}
        expired = devices.c.status == "expired"
        self._session.execute(new.on_conflict_do_update(index_elements=["serial"], set_=again, where=expired))

    def save(self, serial: str, **changes: Any) -> Row:
        """Write ``changes`` with the next revision; the device is made where it is new."""
        new = {"info": "", "address": "", "name": "", "place": "", **changes, "serial": serial, "revision": 1}
        statement = insert(devices).values(**new)
        statement = statement.on_conflict_do_update(
            index_elements=["serial"], set_={**changes, "revision": devices.c.revision + 1}
        )
        return dict(self._session.execute(statement.returning(devices)).mappings().one())

    def seen(self, serial: str, *, records: int = 0, **signs: Any) -> None:
        """Keep signs of life (``seen_at``, ``address``, ``info``, ``punched_at``), and count ``records`` of it that were stored; no
        change of the aggregate."""
        if records:
            signs["kept"] = devices.c.kept + records
        if signs:
            self._session.execute(update(devices).where(devices.c.serial == serial).values(**signs))

    def pushed(self, signs: Iterable[Row]) -> None:
        """Keep what pushes told of their clocks, by one statement: ``serial``, ``records`` that were stored, and ``address``, ``seen_at``,
        ``drift``, ``protocol`` where they are known. Of a clock that pushed more than once the last one's stand, and all its records."""
        told: dict[str, Row] = {}
        for one in signs:
            before = told.get(one["serial"], {"records": 0})
            known = {name: value for name, value in one.items() if value is not None}
            told[one["serial"]] = {**before, **known, "records": before["records"] + one["records"]}
        if told:
            self._session.execute(_PUSHED, {"rows": dumps([told[serial] for serial in sorted(told)])})

    def note_held(self, serial: str, held: int, at: datetime) -> None:
        """Keep how many records it says that it holds, by how many it is ahead of us where that was never less, and when it last
        held none that never came."""
        ahead = held - devices.c.kept
        agreed = case((ahead <= func.coalesce(devices.c.ahead, ahead), at), else_=devices.c.agreed_at)
        self.seen(serial, held=held, ahead=func.least(func.coalesce(devices.c.ahead, ahead), ahead), agreed_at=agreed)

    def records(self, serial: str, since: datetime, until: datetime) -> int:
        """Return how many punches of it there are between two moments of the bureau's wall clock, those in doubt too."""
        found = 0
        for table in (punches, suspect_punches):
            own = select(func.count()).select_from(table).where(table.c.device == serial)
            within = own.where(
                table.c.time >= since.replace(tzinfo=SHANGHAI), table.c.time < until.replace(tzinfo=SHANGHAI)
            )
            if table is punches:
                within = within.where(punches.c.cycle.in_([str(year) for year in range(since.year, until.year + 1)]))
            found += self._session.scalar(within) or 0
        return found

    def pending_in(self, network: str) -> int:
        """Return how many of a network wait for approval."""
        waiting = select(func.count()).select_from(devices).where(devices.c.status == "pending")
        return self._session.scalar(waiting.where(devices.c.address.startswith(network, autoescape=True))) or 0

    def expire(self, network: str, before: datetime) -> None:
        """Let expire what waits for approval in a network and has been silent since ``before``; what it sent stays."""
        silent = update(devices).where(devices.c.status == "pending", devices.c.seen_at < before)
        here = devices.c.address.startswith(network, autoescape=True)
        self._session.execute(silent.where(here).values(status="expired", revision=devices.c.revision + 1))

    def wall(self, bureau: str, since: datetime, year: str) -> list[Row]:
        """Return every approved device of the bureau with its punches since an instant and its last."""
        own = (punches.c.device == devices.c.serial) & (punches.c.cycle == year)
        counted = select(func.count()).where(own, punches.c.time >= since).correlate(devices).scalar_subquery()
        last = select(func.max(punches.c.time)).where(own).correlate(devices).scalar_subquery()
        columns = (*shown(devices), counted.label("punches_today"), last.label("last_punch"))
        chosen = select(*columns).where(devices.c.bureau == bureau, devices.c.status == "approved")
        return [dict(row) for row in self._session.execute(chosen.order_by(devices.c.serial)).mappings()]

    def pending(self, limit: int) -> list[Row]:
        """Return those that wait for approval, so many at most."""
        waiting = select(devices).where(devices.c.status == "pending").order_by(devices.c.serial)
        return [dict(row) for row in self._session.execute(waiting.limit(limit)).mappings()]

    def page(self, bureau: str, query: Row) -> Row:
        """Return the bureau's devices and those that are nobody's, with the punches each has in quarantine."""
        undecided = quarantined_punches.c.decision.is_(None)
        waiting = (
            select(func.count()).where(quarantined_punches.c.device == devices.c.serial, undecided).scalar_subquery()
        )
        unclaimed = devices.c.bureau == UNCLAIMED
        joined = devices.outerjoin(units, (units.c.bureau == devices.c.bureau) & (units.c.unit == devices.c.unit))
        statement = select(
            *shown(devices, *_HIDDEN),
            units.c.name.label("unit_name"),
            (devices.c.key_digest != "").label("keyed"),
            waiting.label("quarantined"),
        ).select_from(joined)
        statement = statement.where(or_(devices.c.bureau == bureau, unclaimed))
        for name in ("status", "unit"):
            if query[name]:
                statement = statement.where(devices.c[name] == query[name])
        statement = statement.where(*mentioning(query["q"], devices.c.serial, devices.c.name, devices.c.place))
        order = [devices.c.serial]
        return keyset(self._session, statement, order=order, after=query["after"], limit=query["limit"])
