"""Storing punches: those that can be true count, the others are kept apart; closed months they fall in are recomputed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.attendance.domain.plausibility import doubt
from services.attendance.storage.copies import Copies
from services.attendance.storage.devices import Enrolments
from services.attendance.storage.months import Months
from services.attendance.storage.punches import Punch, Punches, local
from services.attendance.usecases.months import months_touched, refresh


def keep_punches(session: Session, bureau: str, new: Sequence[Punch], received: datetime) -> int:
    """Store each punch once; returns how many were new."""
    cycles = Copies(session, bureau).open_cycles()
    doubts = [(punch, doubt(punch.time, local(received), cycles)) for punch in new]
    sound = [punch for punch, why in doubts if why is None]
    closed = Months(session, bureau).hold_open(months_touched(punch.time.date() for punch in sound))
    store = Punches(session, bureau)
    added = store.add(sound, received)
    suspect = store.add_suspect([(punch, why) for punch, why in doubts if why is not None], received)
    if closed and added:
        late = set(months_touched(day for _, day in added)) & set(closed)
        people = Enrolments(session, bureau).of_pins({pin for pin, _ in added})
        refresh(session, bureau, sorted(late), sorted(set(people.values())))
    return len(added) + suspect
