"""Results of past years: as scoring published them; of years before that, as the office wrote them down."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from services.targets.domain import permissions
from services.targets.domain.indicators import Indicator
from services.targets.storage.generation import Results
from services.targets.storage.published_results import PublishedResults
from services.targets.usecases.guards import need
from shared.actor import Actor
from shared.contracts.targets.commands.generation_inputs import ResultQuery
from shared.database import Row, Session
from shared.events import ItemResult, ResultsChanged

Known = dict[str, dict[str, dict[str, Decimal]]]
_NO_LATER = "9999"


def keep_results(session: Session, states: Sequence[ResultsChanged]) -> None:
    """Keep scoring's states, the newer ones."""
    rows = [{**vars(one), "items": {item.indicator: _item(item) for item in one.items}} for one in states]
    PublishedResults(session, states[0].bureau).keep(rows)


def past_results(session: Session, bureau: str, year: str, indicators: Iterable[Indicator] = ()) -> Known:
    """Return indicator -> subject -> year -> quantity, of the years before ``year``. What is
    published stands before what is recorded."""
    rules = {one.indicator: one.rule for one in indicators}
    known: Known = Results(session, bureau).before(year)
    for indicator, subjects in PublishedResults(session, bureau).before(year, rules).items():
        for subject, years in subjects.items():
            own = known.setdefault(indicator, {}).setdefault(subject, {})
            known[indicator][subject] = dict(sorted({**own, **years}.items()))
    return known


def list_results(session: Session, actor: Actor, query: ResultQuery) -> Row:
    """List what the next targets are generated from, by indicator, subject and year, each with where it comes from."""
    need(permissions.may_see_drafts(actor))
    published = PublishedResults(session, actor.bureau).before(_NO_LATER)
    known = past_results(session, actor.bureau, _NO_LATER)
    keys = sorted(
        (indicator, subject, year)
        for indicator, subjects in known.items()
        for subject, years in subjects.items()
        for year in years
        if query["indicator"] in (None, indicator) and query["subject"] in (None, subject)
    )
    after = tuple(query["after"].split("/")) if query["after"] else ()
    page = [key for key in keys if key > after][: query["limit"] + 1]
    items = [
        {
            **dict(zip(("indicator", "subject", "year"), key, strict=True)),
            "quantity": known[key[0]][key[1]][key[2]],
            "origin": "published" if key[2] in published.get(key[0], {}).get(key[1], {}) else "recorded",
        }
        for key in page[: query["limit"]]
    ]
    more = len(page) > query["limit"]
    return {"items": items, "next": "/".join(page[-2]) if more else None}


def _item(item: ItemResult) -> Row:
    counts = {key: f"{value:f}" for key, value in item.counts.items()}
    target, points = (None if value is None else f"{value:f}" for value in (item.target, item.points))
    return {"rule": item.rule, "counts": counts, "target": target, "points": points}
