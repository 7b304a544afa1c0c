"""Plans of spot checks of goods, and their samples."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Label, and_, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.complaints.storage.bigrams import holding
from services.complaints.storage.knowledge_tables import goods_plans, goods_samples, traders
from shared.contracts.complaints.commands.goods import GoodsPlanFilter, SampleFilter
from shared.database import Row
from shared.pages import asked, keyset, mentioning

_THERE = goods_samples.c.status != "void"
_SORTED: Label[Any] = func.to_char(goods_samples.c.taken_on, "YYYY-MM-DD").label("taken_text")
_COUNTED = ("taken", "tested", "failed")


def _counts() -> list[Label[int]]:
    tested = goods_samples.c.failed.is_not(None)
    return [
        func.count().filter(_THERE).label("taken"),
        func.count().filter(and_(_THERE, tested)).label("tested"),
        func.count().filter(and_(_THERE, goods_samples.c.failed)).label("failed"),
    ]


class Goods:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session = session
        self._bureau = bureau

    def plan(self, code: str, *, lock: bool = False) -> Row | None:
        own = select(goods_plans).where(goods_plans.c.bureau == self._bureau, goods_plans.c.plan == code)
        row = self._session.execute(own.with_for_update() if lock else own).mappings().first()
        return dict(row) if row else None

    def sample(self, code: str, *, lock: bool = False) -> Row | None:
        own = self._samples().where(goods_samples.c.sample == code)
        row = self._session.execute(own.with_for_update(of=goods_samples) if lock else own).mappings().first()
        return dict(row) if row else None

    def save_plan(self, row: Mapping[str, Any]) -> None:
        self._save(goods_plans, "plan", row)

    def save_sample(self, row: Mapping[str, Any]) -> None:
        searched = f"{row['goods']} {row['brand']} {row['batch']}"
        self._save(goods_samples, "sample", {**row, "searched": searched})

    def counts(self, plans: Collection[str]) -> dict[str, Row]:
        """Return of each of ``plans`` how many samples were taken by it, tested, and failed."""
        c = goods_samples.c
        own = c.bureau == self._bureau, c.plan.in_(list(plans))
        found = self._session.execute(select(c.plan, *_counts()).where(*own).group_by(c.plan)).mappings()
        counted = {row["plan"]: {name: row[name] for name in _COUNTED} for row in found}
        return {plan: counted.get(plan, dict.fromkeys(_COUNTED, 0)) for plan in plans}

    def plans(self, query: GoodsPlanFilter) -> Row:
        c = goods_plans.c
        statement = select(goods_plans).where(c.bureau == self._bureau, *mentioning(query["q"], c.title, c.goods))
        if query["quarter"] is not None:
            statement = statement.where(c.quarter == query["quarter"])
        if query["closed"] is not None:
            statement = statement.where(c.closed == query["closed"])
        page = keyset(self._session, statement, **asked(query, {"quarter": c.quarter}, [c.quarter, c.plan]))
        counts = self.counts([one["plan"] for one in page["items"]])
        page["items"] = [{**one, **counts[one["plan"]]} for one in page["items"]]
        return page

    def samples(self, query: SampleFilter) -> Row:
        c = goods_samples.c
        wanted = {
            c.status: query["status"],
            c.failed: query["failed"],
            c.plan: str(query["plan"]) if query["plan"] else None,
            c.trader: query["trader"],
            c.unit: query["unit"],
            c.quarter: query["quarter"],
        }
        statement = (
            self._samples()
            .add_columns(_SORTED)
            .where(
                *(column == value for column, value in wanted.items() if value is not None),
                *holding(query["q"] or "", func.complaints.bigrams(c.searched), c.searched),
            )
        )
        return keyset(self._session, statement, **asked(query, {"taken_on": _SORTED}, [_SORTED, c.sample]))

    def rates(self, year: str) -> list[Row]:
        own = goods_samples.c.bureau == self._bureau, func.left(goods_samples.c.quarter, 4) == year
        chosen = select(goods_samples.c.goods, *_counts()).where(*own).group_by(goods_samples.c.goods)
        return [dict(row) for row in self._session.execute(chosen).mappings()]

    def _samples(self) -> Any:
        on = and_(traders.c.bureau == goods_samples.c.bureau, traders.c.trader == goods_samples.c.trader)
        named = func.coalesce(traders.c.name, goods_samples.c.trader).label("trader_name")
        told = [column for column in goods_samples.c if column.name != "searched"]
        chosen = select(*told, named).select_from(goods_samples.outerjoin(traders, on))
        return chosen.where(goods_samples.c.bureau == self._bureau)

    def _save(self, table: Any, key: str, row: Mapping[str, Any]) -> None:
        told = {**row, "bureau": self._bureau}
        changed = {name: told[name] for name in told if name not in ("bureau", key)}
        statement = insert(table).values(told)
        self._session.execute(statement.on_conflict_do_update(index_elements=["bureau", key], set_=changed))
