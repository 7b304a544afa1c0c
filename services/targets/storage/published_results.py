"""Past years as scoring published them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from services.targets.domain.results import Reached, bureau_counts, quantity_of
from services.targets.storage.results_tables import published_results
from shared.database import upsert_newer

_FEW = 20
BUREAU = "*"  # the subject that is the bureau itself
Known = dict[str, dict[str, dict[str, Decimal]]]  # indicator -> subject -> year -> quantity


class PublishedResults:
    def __init__(self, session: Session, bureau: str) -> None:
        self._session, self._bureau = session, bureau

    def keep(self, rows: Sequence[Mapping[str, Any]]) -> None:
        upsert_newer(self._session, published_results, rows, ("bureau", "cycle", "subject"))

    def before(self, year: str, rules: Mapping[str, str] | None = None) -> Known:
        """Return the results of the years before ``year``, with the whole bureau's as ``*``; without
        what was measured by another rule than now."""
        found: Known = {}
        known = rules or {}
        few = list(known) if 0 < len(known) <= _FEW else None
        for cycle in self._cycles(year):
            reached = [one for one in self._of(cycle, few) if known.get(one.indicator, one.rule) == one.rule]
            for one in reached:
                _note(found, one.indicator, one.subject, cycle, quantity_of(one.rule, one.counts))
            for indicator, (rule, counts) in bureau_counts(reached).items():
                _note(found, indicator, BUREAU, cycle, quantity_of(rule, counts))
        return found

    def published(self, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Tell which of these (year, subject) scoring has published; of the
        bureau itself once anything of the year is."""
        wanted = set(keys)
        table = published_results
        statement = select(table.c.cycle, table.c.subject).filter_by(bureau=self._bureau, status="published")
        known = {(row[0], row[1]) for row in self._session.execute(statement.where(_of_key(wanted - _whole(wanted))))}
        years = set(self._cycles("9999")) if _whole(wanted) else set()
        return known | {(year, BUREAU) for year, _ in _whole(wanted) if year in years}

    def _cycles(self, year: str) -> list[str]:
        table = published_results
        statement = select(table.c.cycle).filter_by(bureau=self._bureau, status="published")
        return list(self._session.scalars(statement.where(table.c.cycle < year).distinct().order_by(table.c.cycle)))

    def _of(self, cycle: str, few: Sequence[str] | None) -> Iterable[Reached]:
        """``few``: only these indicators, so that not every subject's whole year has to be read for one of them."""
        table = published_results
        items = table.c["items"]
        wanted = [items] if few is None else [items[code] for code in few]
        statement = select(table.c.subject, table.c.layer, *wanted)
        statement = statement.filter_by(bureau=self._bureau, cycle=cycle, status="published")
        for subject, layer, *parts in self._session.execute(statement.execution_options(yield_per=500)):
            for indicator, item in (parts[0] if few is None else dict(zip(few, parts, strict=True))).items():
                if item is not None:
                    counts = {key: Decimal(value) for key, value in item["counts"].items()}
                    yield Reached(subject, layer, indicator, item["rule"], counts)


def _whole(keys: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {key for key in keys if key[1] == BUREAU}


def _of_key(keys: set[tuple[str, str]]) -> Any:
    return tuple_(published_results.c.cycle, published_results.c.subject).in_(sorted(keys))


def _note(found: Known, indicator: str, subject: str, year: str, quantity: Decimal | None) -> None:
    if quantity is not None:
        found.setdefault(indicator, {}).setdefault(subject, {})[year] = quantity
