"""What has to be told of cases, in its table: a row for each decision and party, from the moment of the decision on."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Label, func, literal_column, select, update
from sqlalchemy import case as when
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.domain.cases import Case, day_of
from services.complaints.domain.notifications import BY_STEP, Owed
from services.complaints.storage.lists import Seeing
from services.complaints.storage.notification_tables import DUE_NUMBER, case_notifications, notification_wishes
from services.complaints.storage.tables import cases
from shared.contracts.complaints.commands.notifications import NotificationQuery
from shared.database import Row
from shared.ids import new_id
from shared.pages import keyset

c = case_notifications.c
_DUE_NUMBER: Label[int] = literal_column(DUE_NUMBER.replace("due", "case_notifications.due"), Integer).label(
    "due_number"
)
_FOLLOWED = ("due", "regime", "article", "unit", "handler", "decided_at")
_SHOWN = [column for column in c if column.name not in ("bureau", "standing", "told_on")]


class Notifications:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def follow(self, found: Sequence[tuple[Case, int, Sequence[Owed]]]) -> None:
        """Let the rows follow the histories. ``found``: case, how many of its events were stored before, all that is owed.

        A row comes with the decision; what was decided before there were rows stays as it was. A decision that is annulled
        takes its row along, which stands again with it.
        """
        rows = self._rows([case.code for case, stored, due in found if stored or due])
        for case, stored, due in found:
            known = rows.get(case.code, {})
            wanted = {(one.event, one.matter, one.party): one for one in due}
            new = [one for key, one in wanted.items() if key not in known and one.event > stored]
            self._add(case.code, new)
            for key, row in known.items():
                self._bring_up(row, wanted.get(key), case)

    def of_case(self, code: str) -> list[Row]:
        chosen = self._told().where(c.code == code, c.standing).order_by(c.decided_at, c.event, c.party)
        return [dict(row) for row in self._session.execute(chosen).mappings()]

    def one(self, notification: str) -> Row | None:
        """Return one that stands, locked."""
        chosen = self._told().where(c.notification == notification, c.standing).with_for_update(of=case_notifications)
        row = self._session.execute(chosen).mappings().first()
        return dict(row) if row else None

    def change(self, notification: str, values: Mapping[str, Any]) -> None:
        own = update(case_notifications).where(c.bureau == self._bureau, c.notification == notification)
        self._session.execute(own.values(**values))

    def sent(self, paper: str) -> bool:
        """Tell whether something was told by this paper."""
        return bool(self._session.scalar(select(func.count()).where(c.bureau == self._bureau, c.paper == paper)))

    def page(self, query: NotificationQuery, seeing: Seeing | None, today: date) -> Row:
        statement = self._told(_DUE_NUMBER).where(
            c.standing, *_asked(query, today), *([seeing.condition()] if seeing else [])
        )
        page = keyset(
            self._session,
            statement,
            order=[_DUE_NUMBER, c.notification],
            after=query["after"],
            limit=query["limit"],
            total=query["total"],
        )
        items = [{name: value for name, value in row.items() if name != "due_number"} for row in page["items"]]
        return {**page, "items": items}

    def counts(self, since: date, until: date, unit: str | None, handler: str | None) -> list[Row]:
        """Return for each matter how many were to be told in these days, in time, late and not yet."""
        within = [c.bureau == self._bureau, c.standing, c.due.between(since, until)]
        within += [column == one for column, one in ((c.unit, unit), (c.handler, handler)) if one is not None]
        kept = func.count().filter(c.told_on <= c.due)
        late = func.count().filter(c.told_on > c.due)
        untold = func.count().filter(c.told_at.is_(None))
        chosen = select(c.matter, func.count(), kept, late, untold).where(*within).group_by(c.matter)
        names = ("matter", "due", "in_time", "late", "untold")
        return [dict(zip(names, row, strict=True)) for row in self._session.execute(chosen)]

    def wish(self, code: str) -> str | None:
        w = notification_wishes.c
        return self._session.scalar(select(w.way).where(w.bureau == self._bureau, w.code == code))

    def set_wishes(self, ways: Mapping[str, str]) -> None:
        """Keep by which way each case's party asks to be told."""
        if not ways:
            return
        new = insert(notification_wishes)
        kept = new.on_conflict_do_update(index_elements=["bureau", "code"], set_={"way": new.excluded.way})
        self._session.execute(kept, [{"bureau": self._bureau, "code": code, "way": way} for code, way in ways.items()])

    def _rows(self, codes: Sequence[str]) -> dict[str, dict[tuple[int, str, str], Row]]:
        found: dict[str, dict[tuple[int, str, str], Row]] = {}
        if codes:
            chosen = select(case_notifications).where(c.bureau == self._bureau, c.code.in_(codes))
            for row in self._session.execute(chosen).mappings():
                found.setdefault(row["code"], {})[row["event"], row["matter"], row["party"]] = dict(row)
        return found

    def _add(self, code: str, new: Sequence[Owed]) -> None:
        rows = [
            {**asdict(one), "bureau": self._bureau, "notification": new_id(), "code": code, "standing": True}
            for one in new
        ]
        if rows:
            self._session.execute(insert(case_notifications), rows)

    def _bring_up(self, row: Row, one: Owed | None, case: Case) -> None:
        """What is told keeps what it was told by; the step 告知 alone tells that it was done, and proves nothing."""
        values: Row = {"standing": one is not None}
        if one is not None and row["told_at"] is None:
            values |= {name: getattr(one, name) for name in _FOLLOWED}
            if case.told_at and row["matter"] in BY_STEP and case.told_at >= one.decided_at:
                values |= {"told_at": case.told_at, "told_on": day_of(case.told_at)}
        if any(row[name] != value for name, value in values.items()):
            self.change(row["notification"], values)

    def _told(self, *more: Any) -> Any:
        joined = case_notifications.join(cases, (cases.c.bureau == c.bureau) & (cases.c.code == c.code))
        told = select(*_SHOWN, cases.c.number.label("case_number"), *more)
        return told.select_from(joined).where(c.bureau == self._bureau)


def state(today: date) -> ColumnElement[str]:
    return when(
        (c.told_at.is_(None) & (c.due < today), "overdue"),
        (c.told_at.is_(None), "owed"),
        (c.way.is_(None), "unproved"),
        else_="told",
    )


def _asked(query: NotificationQuery, today: date) -> list[ColumnElement[bool]]:
    found = [
        column == one for column, one in ((c.unit, query["unit"]), (c.handler, query["handler"])) if one is not None
    ]
    if query["state"] is not None:
        found.append(state(today) == query["state"])
    return found
