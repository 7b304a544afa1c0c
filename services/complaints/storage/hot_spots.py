"""Counts of cases by week, the hot spots that were found in them, and on which days they were looked for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.domain.cases import STOPPED, start_of
from services.complaints.domain.hot_spots import WEEKS, HotSpot, written
from services.complaints.storage.knowledge_tables import case_traders, hot_spot_looks, hot_spots
from services.complaints.storage.tables import cases
from shared.database import Row
from shared.ids import new_id

_COUNTED = ("complaint", "report")


class HotSpots:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def claim(self, day: date) -> bool:
        """Note that the day is looked at; tell whether nobody did before."""
        statement = insert(hot_spot_looks).values(bureau=self._bureau, looked_on=day)
        done = self._session.execute(statement.on_conflict_do_nothing().returning(hot_spot_looks.c.looked_on))
        return done.first() is not None

    def counts(self, kind: str, week: date) -> dict[str, list[int]]:
        """Return of each thing that came in ``week`` or the weeks before how many cases came in each of them."""
        first, end = week - timedelta(weeks=WEEKS), week + timedelta(weeks=1)
        about, joined = _things()[kind]
        place = func.width_bucket(cases.c.received_at, [_start(first, n) for n in range(WEEKS + 1)]) - 1
        chosen = (
            select(about.label("about"), place.label("place"), func.count().label("number"))
            .select_from(joined)
            .where(cases.c.bureau == self._bureau, cases.c.kind.in_(_COUNTED), cases.c.status.not_in(STOPPED))
            .where(cases.c.received_at >= start_of(first), cases.c.received_at < start_of(end), about != "")
            .group_by("about", "place")
        )
        found: dict[str, list[int]] = {}
        for row in self._session.execute(chosen):
            found.setdefault(row.about, [0] * (WEEKS + 1))[row.place] = row.number
        return found

    def keep(self, found: Sequence[HotSpot], on: date) -> list[tuple[str, HotSpot]]:
        """Keep what was found, in place of what a look at fewer cases of the same week found; return it with its codes."""
        kept = []
        for one in found:
            told = {"cases": one.cases, "former": one.former, "weeks": one.weeks, "chance": written(one.chance)}
            row = {"bureau": self._bureau, "spot": new_id(), "kind": one.kind, "about": one.about, "week": one.week}
            statement = insert(hot_spots).values(**row, **told, found_on=on)
            statement = statement.on_conflict_do_update(constraint="uq_hot_spots_once", set_=told)
            kept.append((str(self._session.scalar(statement.returning(hot_spots.c.spot))), one))
        return kept

    def of_week(self, week: date, kind: str | None) -> list[Row]:
        c = hot_spots.c
        own = select(hot_spots).where(c.bureau == self._bureau, c.week == week)
        own = own.where(c.kind == kind) if kind else own
        return [dict(row) for row in self._session.execute(own.order_by(c.chance, c.kind, c.about)).mappings()]

    def get(self, spot: str) -> Row | None:
        c = hot_spots.c
        row = (
            self._session.execute(select(hot_spots).where(c.bureau == self._bureau, c.spot == spot)).mappings().first()
        )
        return dict(row) if row else None


def _things() -> dict[str, tuple[ColumnElement[str], Any]]:
    linked = and_(case_traders.c.bureau == cases.c.bureau, case_traders.c.code == cases.c.code)
    return {
        "goods": (func.btrim(cases.c.goods), cases),
        "trader": (case_traders.c.trader, cases.join(case_traders, linked)),
        "place": (func.coalesce(cases.c.unit, cases.c.intake_unit), cases),
    }


def _start(first: date, weeks: int) -> datetime:
    return start_of(first + timedelta(weeks=weeks))
