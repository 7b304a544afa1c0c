"""Libraries by revision. A published one is never written again; the draft is the one above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from services.targets.domain.cycles import Composite, Weights
from services.targets.domain.indicators import Indicator
from services.targets.storage import tables
from services.targets.storage.cycles import as_decimals, as_text
from services.targets.storage.lists import ListPage, matching
from shared.clock import now
from shared.contracts.targets.commands.indicators import IndicatorQuery
from shared.database import Row
from shared.pages import asked, keyset, mentioning

_STORED = [field.name for field in fields(Indicator) if field.name != "row"]


@dataclass(frozen=True)
class Model:
    """What a library says beside its indicators."""

    weights: Weights
    composite: Composite
    figures: Mapping[str, str]  # indicator -> machine figure
    definitions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # target -> component -> in words


@dataclass(frozen=True)
class Edition:
    """One revision of a library: a draft until it is published, scheduled until its day has come."""

    library_revision: int
    effective: date | None = None
    note: str = ""
    published_at: datetime | None = None
    published_by: str | None = None


class Libraries:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def model(self, library_revision: int) -> Model | None:
        statement = select(tables.libraries).filter_by(**self._key, library_revision=library_revision)
        row = self._session.execute(statement).mappings().first()
        if row is None:
            return None
        return Model(as_decimals(row["weights"]), as_decimals(row["composite"]), row["figures"], row["definitions"])

    def editions(self) -> list[Edition]:
        table = tables.libraries
        columns = (table.c[field.name] for field in fields(Edition))
        statement = select(*columns).filter_by(**self._key).order_by(table.c.library_revision)
        return [Edition(*row) for row in self._session.execute(statement)]

    def edition(self, library_revision: int) -> Edition | None:
        return next((one for one in self.editions() if one.library_revision == library_revision), None)

    def indicators(self, library_revision: int) -> list[Indicator]:
        table = tables.indicators
        statement = select(table).filter_by(**self._key, library_revision=library_revision).order_by(table.c.indicator)
        return [_indicator(row) for row in self._session.execute(statement).mappings()]

    def indicator(self, library_revision: int, code: str) -> Indicator | None:
        statement = select(tables.indicators).filter_by(**self._key, library_revision=library_revision, indicator=code)
        row = self._session.execute(statement).mappings().first()
        return _indicator(row) if row else None

    def replace_draft(self, library_revision: int, model: Model, indicators: Sequence[Indicator]) -> None:
        key = {**self._key, "library_revision": library_revision}
        self.remove_draft(library_revision)
        head = {
            "weights": as_text(model.weights),
            "composite": as_text(model.composite),
            "figures": dict(model.figures),
            "definitions": {target: dict(parts) for target, parts in model.definitions.items()},
        }
        self._session.execute(insert(tables.libraries), [{**key, **head}])
        if indicators:
            self._session.execute(insert(tables.indicators), [{**key, **_row(indicator)} for indicator in indicators])

    def remove_draft(self, library_revision: int) -> None:
        key = {**self._key, "library_revision": library_revision}
        for table in (tables.indicators, tables.libraries):
            same = (table.c[name] == value for name, value in key.items())
            self._session.execute(delete(table).where(*same))

    def set_weights(self, library_revision: int, weights: Weights, composite: Composite) -> None:
        statement = update(tables.libraries).filter_by(**self._key, library_revision=library_revision)
        self._session.execute(statement.values(weights=as_text(weights), composite=as_text(composite)))

    def mark_published(self, library_revision: int, by: str, effective: date, note: str) -> None:
        statement = update(tables.libraries).filter_by(**self._key, library_revision=library_revision)
        self._session.execute(statement.values(published_at=now(), published_by=by, effective=effective, note=note))

    def unmark_published(self, library_revision: int) -> None:
        statement = update(tables.libraries).filter_by(**self._key, library_revision=library_revision)
        self._session.execute(statement.values(published_at=None, published_by=None, effective=None))

    def names_before(self, library_revision: int) -> dict[str, str]:
        """Return every code of the revisions before, with the name it had last."""
        return self.last_names(tables.indicators.c.library_revision < library_revision)

    def last_names(self, *which: ColumnElement[bool]) -> dict[str, str]:
        """Return every code with the name it had last, in the revisions of which ``which`` holds."""
        table = tables.indicators
        statement = select(table.c.indicator, table.c.name).filter_by(**self._key).where(*which)
        return dict(self._session.execute(statement.order_by(table.c.library_revision)).all())

    def published_by(self, library_revision: int) -> str:
        statement = select(tables.libraries.c.published_by).filter_by(**self._key, library_revision=library_revision)
        return self._session.execute(statement).scalar_one() or ""

    def page(self, library_revision: int, query: IndicatorQuery) -> ListPage[Indicator]:
        table = tables.indicators
        statement = select(table).filter_by(**self._key, library_revision=library_revision)
        for name in ("category", "line", "tool", "rule", "source", "frequency"):
            statement = statement.where(*matching(table, **{name: query[name]}))
        if query["layer"]:
            statement = statement.where(table.c.layers.contains([query["layer"]]))
        statement = statement.where(*mentioning(query["q"], table.c.indicator, table.c.name, table.c.level2))
        columns = {name: table.c[name] for name in ("indicator", "name", "category", "line", "full_points")}
        page = keyset(self._session, statement, **asked(query, columns, [table.c.indicator]))
        return ListPage.read(page, _indicator)


def _row(indicator: Indicator) -> Row:
    values = {name: getattr(indicator, name) for name in _STORED}
    history = {year: None if value is None else str(value) for year, value in indicator.history.items()}
    return {**values, "layers": list(indicator.layers), "history": history}


def _indicator(row: Mapping[Any, Any]) -> Indicator:
    values = {name: row[name] for name in _STORED}
    values["history"] = {year: None if told is None else Decimal(told) for year, told in row["history"].items()}
    return Indicator(**{**values, "layers": tuple(row["layers"])})
