"""Who is sealed under an older key: found by the number of the key, sealed anew with what tells the same person again."""

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from services.complaints.storage.imports import case_import_parts
from services.complaints.storage.people import People
from services.complaints.storage.sealing import newest_key
from services.complaints.storage.tables import cases

_SOME = 500
_UNREADABLE = -1  # sealed under a key that nobody has any more: not tried again


class Sealed:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._old = (cases.c.contact.is_not(None), cases.c.sealed_by.not_in((newest_key(), _UNREADABLE)))

    def reseal(self) -> tuple[int, int]:
        """Seal some anew; returns how many, and how many no known key opens."""
        key = [cases.c[name] for name in ("cycle", "bureau", "code")]
        chosen = select(*key, cases.c.contact).where(*self._old).order_by(*key).limit(_SOME)
        rows = self._session.execute(chosen.with_for_update(skip_locked=True)).all()
        lost = 0
        for row in rows:
            people = People(row.bureau)
            own = update(cases).filter_by(cycle=row.cycle, bureau=row.bureau, code=row.code)
            try:
                told = people.open_members(row.contact)
            except InvalidTag:
                lost += 1
                self._session.execute(own.values(sealed_by=_UNREADABLE))
                continue
            sealed = {"contact": people.seal(told), "person_keys": people.keys(told), "sealed_by": newest_key()}
            self._session.execute(own.values(**sealed, address_key=people.address_key(told)))
        return len(rows) - lost, lost

    def left(self) -> int:
        """Return how much an older key still seals: cases, and parts of imports that wait, which are gone once they are done."""
        waiting = select(func.count()).select_from(case_import_parts)
        parts = waiting.where(case_import_parts.c.sealed_by != newest_key())
        own = select(func.count()).select_from(cases).where(*self._old)
        return (self._session.scalar(own) or 0) + (self._session.scalar(parts) or 0)
