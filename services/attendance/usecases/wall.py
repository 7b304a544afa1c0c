"""Every clock as it stands, for whoever keeps them."""

from datetime import datetime

from services.attendance.domain import permissions
from services.attendance.domain.standing import GAP, Signs
from services.attendance.storage.device_alarms import DeviceAlarms
from services.attendance.storage.device_users import strangers_on, users_missing
from services.attendance.storage.devices import Devices
from services.attendance.usecases.devices import told
from services.attendance.usecases.guards import guard
from shared.actor import Actor
from shared.clock import bureau_date, midnight_of, now
from shared.database import Row, Session


def show_wall(session: Session, actor: Actor, _query: Row) -> Row:
    """Show every clock as it stands: whether it is heard of, right, behind; what it sent today, whom it lacks."""
    guard(permissions.may_see_devices(actor))
    at = now()
    suspicious = DeviceAlarms(session, actor.bureau).open_address_kinds()
    absent, strangers = users_missing(session, actor.bureau), strangers_on(session, actor.bureau)
    shown = []
    for row, signs in standing(session, actor.bureau, at):
        alarms = [*sorted(suspicious.get(row["serial"], [])), *signs.wrong(at)]
        listed = row["listed_at"] is not None
        users = {"users_missing": absent.get(row["serial"], 0) if listed else None}
        users |= {"strangers": strangers.get(row["serial"], 0) if listed else None}
        shown.append(
            {**told(row), **_counts(row, signs), **users, "state": (alarms or ["online"])[0], "alarms": alarms}
        )
    return {"devices": shown}


def standing(session: Session, bureau: str, at: datetime) -> list[tuple[Row, Signs]]:
    """Return the bureau's approved clocks, each with what tells how it stands."""
    midnight = midnight_of(bureau_date(at))
    rows = Devices(session).wall(bureau, midnight, f"{bureau_date(at):%Y}")
    latest = max((row["last_punch"] for row in rows if row["last_punch"]), default=None)
    names = ("seen_at", "drift", "held", "kept", "ahead")
    return [(row, Signs(last=row["last_punch"], latest=latest, **{name: row[name] for name in names})) for row in rows]


def _counts(row: Row, signs: Signs) -> Row:
    since = row["agreed_at"] if signs.missing > GAP else None
    told_counts = {name: row[name] for name in ("punches_today", "last_punch", "held")}
    return {**told_counts, "missing": signs.missing, "missing_since": bureau_date(since) if since else None}
