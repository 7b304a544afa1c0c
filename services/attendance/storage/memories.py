"""A long list of punches: a part of a clock's memory, of which nearly always nothing is stored yet, or all of it.

To leave out what is there costs PostgreSQL as much again as to store it, and one text a column costs both sides half of an object a row. So a
list of which neither end is there is stored as if it were new; where that is not so, nothing of it is stored.
"""

from collections.abc import Sequence

from sqlalchemy import select, text, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.attendance.storage.tables import punches
from shared.jsontext import dumps

LONG = 100  # punches; of fewer, to ask first costs what it saves
Told = tuple[str, str, str, int, int, str, str]  # as PostgreSQL reads them
COLUMNS = ("device", "pin", "time", "status", "verify", "raw", "received_at")
_SAME = ("device", "received_at")  # of a whole list
_EACH = tuple(name for name in COLUMNS if name not in _SAME)
_LISTS = ", ".join(f"json_array_elements_text(CAST(:{name} AS json))" for name in _EACH)
_STORE = text(
    f"INSERT INTO {punches.fullname} (cycle, device, {', '.join(_EACH)}, received_at, bureau)"  # noqa: S608 - our own words
    " SELECT left(time, 4), :device, pin, CAST(time AS timestamptz), CAST(status AS integer), CAST(verify AS integer), raw,"
    f" CAST(:received_at AS timestamptz), :bureau FROM ROWS FROM ({_LISTS}) AS told ({', '.join(_EACH)})"
)
_KEY = tuple_(*punches.primary_key)


def store_if_new(session: Session, bureau: str, new: Sequence[Told]) -> bool:
    """Store ``new``, in the order of its key. False, and nothing is stored, where it is of several clocks, came at several moments,
    or one of it is there already."""
    told = dict(zip(COLUMNS, zip(*new, strict=True), strict=True))
    if any(len(set(told[name])) > 1 for name in _SAME):
        return False
    ends = [(one[2][:4], *one[:5]) for one in (new[0], new[-1])]
    if session.scalar(select(punches.c.pin).where(_KEY.in_(ends)).limit(1)) is not None:
        return False
    columns = {name: dumps(told[name]) for name in _EACH} | {name: told[name][0] for name in _SAME}
    try:
        with session.begin_nested():
            session.execute(_STORE, {**columns, "bureau": bureau})
    except IntegrityError:
        return False
    return True
