"""What a bureau set from which day on, in its table."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.domain.jurisdiction import Jurisdiction
from services.complaints.domain.regimes import Readings
from services.complaints.domain.settings import DatedSettings, Settings
from services.complaints.storage.supervision_tables import settings
from shared.database import Row

_TIMES = ("quiet_from", "quiet_until")


class StoredSettings:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def hold(self) -> None:
        """Let nobody else set anything of the bureau's until this transaction ends."""
        name = {"name": f"complaints settings {self._bureau}"}
        self._session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), name)

    def dated(self) -> DatedSettings:
        return DatedSettings([(row["starts"], read(row["body"])) for row in self.rows()])

    def rows(self) -> list[Row]:
        own = select(settings).where(settings.c.bureau == self._bureau).order_by(settings.c.starts)
        return [dict(row) for row in self._session.execute(own).mappings()]

    def revision(self) -> int:
        """Return how often the bureau set them; 1 before it did."""
        own = select(func.max(settings.c.revision)).where(settings.c.bureau == self._bureau)
        return self._session.scalar(own) or 1

    def set(self, starts: date, one: Settings, *, revision: int, at: datetime, by: str) -> None:
        row = {"revision": revision, "body": written(one), "set_at": at, "set_by": by}
        statement = insert(settings).values(bureau=self._bureau, starts=starts, **row)
        self._session.execute(statement.on_conflict_do_update(index_elements=["bureau", "starts"], set_=row))


def written(one: Settings) -> Row:
    """Return the settings as JSON has them."""
    lists = {"satisfied": sorted(one.satisfied), "warn_hours": list(one.warn_hours)}
    return {**asdict(one), **lists, **{name: f"{getattr(one, name):%H:%M}" for name in _TIMES}}


def read(body: Mapping[str, Any]) -> Settings:
    """Return the settings behind ``body``; what it does not say yet has its default."""
    typed: dict[str, Any] = {
        "readings": {code: Readings(**one) for code, one in body["readings"].items()},
        "satisfied": frozenset(body["satisfied"]),
        "warn_hours": tuple(body["warn_hours"]),
        "jurisdictions": tuple(Jurisdiction(**one) for one in body.get("jurisdictions", ())),
        **{name: time.fromisoformat(body[name]) for name in _TIMES},
    }
    return Settings(**{**body, **typed})
