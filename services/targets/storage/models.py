"""Models by revision. One that is in force never changes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from services.targets.domain.models import ModelRevision
from services.targets.storage import office_tables as tables
from services.targets.storage.cycles import as_decimals, as_text
from shared.clock import now

_JSON = ("weights", "composite", "grade_values")


class Models:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def all(self) -> list[ModelRevision]:
        table = tables.models
        statement = select(table).filter_by(**self._key).order_by(table.c.model_revision)
        return [_model(row) for row in self._session.execute(statement).mappings()]

    def get(self, model_revision: int) -> ModelRevision | None:
        return next((one for one in self.all() if one.model_revision == model_revision), None)

    def scheduled(self) -> ModelRevision | None:
        return next((one for one in self.all() if one.status == "scheduled"), None)

    def in_force_on(self, day: date) -> ModelRevision | None:
        """Return the newest model that held on ``day``."""
        held = [one for one in self.all() if one.status == "in_force" and one.effective <= day]
        return held[-1] if held else None

    def grade_values(self, model_revision: int) -> Mapping[str, Decimal]:
        model = self.get(model_revision)
        return model.grade_values if model else {}

    def latest_grade_values(self) -> Mapping[str, Decimal]:
        known = self.all()
        return known[-1].grade_values if known else {}

    def add(self, model: ModelRevision) -> None:
        values = {**vars(model), **{name: as_text(getattr(model, name)) for name in _JSON}}
        row = {**self._key, **values, "tie_chain": list(model.tie_chain), "at": model.at or now()}
        self._session.execute(insert(tables.models), [row])

    def remove(self, model_revision: int) -> None:
        """Remove a revision, only one that never came into force."""
        statement = delete(tables.models).filter_by(**self._key, model_revision=model_revision, status="scheduled")
        self._session.execute(statement)

    def mark(self, model_revision: int, status: str) -> None:
        statement = update(tables.models).filter_by(**self._key, model_revision=model_revision)
        self._session.execute(statement.values(status=status))


def _model(row: Mapping[Any, Any]) -> ModelRevision:
    values = {name: row[name] for name in row if name not in ("bureau", "cycle")}
    values |= {name: as_decimals(row[name]) for name in _JSON}
    return ModelRevision(**{**values, "tie_chain": tuple(row["tie_chain"])})
