"""What a person decides on, one by one: punches in doubt or of unapproved clocks, lines that are no punch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from services.attendance.domain.zones import Zones
from services.attendance.storage.apart_tables import quarantined_punches, rejected_lines, suspect_punches
from services.attendance.storage.punches import IDENTITY, Identity, Punch, identity_of, instant, punch_of
from services.attendance.storage.tables import devices, punches
from shared.database import Row

_TABLES = {"suspect": suspect_punches, "quarantined": quarantined_punches}


class Apart:
    """Of clocks that are the bureau's: what an unclaimed one sent is decided on by approving or rejecting the clock."""

    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def punch(self, state: str, key: Row) -> Row | None:
        """Return one punch, locked."""
        table = _TABLES[state]
        return self._locked(table, [table.c[name] == key[name] for name in IDENTITY])

    def decide_punch(self, state: str, key: Row, verdict: str, by: str, corrected_to: datetime | None) -> None:
        """Note what was decided; the punch stays, so that a clock may send it again."""
        table = _TABLES[state]
        changes: Row = {"decision": verdict, "decided_by": by}
        if table is suspect_punches:
            changes["corrected_to"] = corrected_to
        own = [table.c[name] == key[name] for name in IDENTITY]
        self._session.execute(table.update().where(*own).values(**changes))

    def doubted(self, new: Sequence[Punch]) -> set[Identity]:
        """Return the identities among those of ``new`` whose time is in doubt, or was until somebody decided."""
        return self._held(suspect_punches, new)

    def decided(self, sent: Sequence[Punch]) -> set[Identity]:
        """Return the identities among those of ``sent``, as the clock showed them, on which somebody decided while it was not approved."""
        return self._held(quarantined_punches, sent, quarantined_punches.c.decision.is_not(None))

    def told_before(self, sent: Sequence[Punch], zones: Zones) -> set[Identity]:
        """Return the identities among those of ``sent``, as the clock showed them, that are stored as of a zone it had before."""
        if not zones.earlier:
            return set()
        former = [(one, one._replace(time=at)) for one in sent if not one.zoned for at in zones.former_times(one.time)]
        read = [was for _, was in former]
        own = punches.c.bureau == self._bureau
        cycles = punches.c.cycle.in_({str(one.time.year) for one in read})
        held = self._held(punches, read, own, cycles) | self._held(suspect_punches, read)
        return {identity_of(one) for one, was in former if identity_of(was) in held}

    def _held(self, table: Table, new: Sequence[Punch], *more: ColumnElement[bool]) -> set[Identity]:
        if not new:
            return set()
        times = [punch.time for punch in new]
        among = table.c.device.in_({punch.device for punch in new})
        between = table.c.time.between(instant(min(times)), instant(max(times)))
        found = self._session.execute(select(table).where(among, between, *more)).mappings()
        return {identity_of(punch_of(row)) for row in found}

    def line(self, key: Row) -> Row | None:
        """Return one line that is no punch, locked."""
        return self._locked(rejected_lines, self._line(key))

    def decide_line(self, key: Row, verdict: str, by: str) -> None:
        chosen = rejected_lines.update().where(*self._line(key))
        self._session.execute(chosen.values(decision=verdict, decided_by=by))

    def _line(self, key: Row) -> list[Any]:
        return [rejected_lines.c[name] == key[name] for name in ("device", "digest")]

    def _locked(self, table: Table, own: list[Any]) -> Row | None:
        ours = select(devices.c.serial).where(devices.c.bureau == self._bureau)
        chosen = select(table).where(*own, table.c.device.in_(ours)).with_for_update()
        found = self._session.execute(chosen).mappings().first()
        return dict(found) if found else None
