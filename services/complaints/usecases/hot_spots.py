"""Looking once a day where complaints pile up, and telling the centre of each such week once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from services.complaints.domain import knowledge_permissions as permissions
from services.complaints.domain.cases import day_of
from services.complaints.domain.hot_spots import HotSpot, hot, monday_of
from services.complaints.domain.supervision import rings_at
from services.complaints.storage.hot_spots import HotSpots
from services.complaints.storage.notices import Notice, Notices
from services.complaints.storage.projections import Copies
from services.complaints.storage.traders import Traders
from services.complaints.usecases.guards import guard
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.leads import HotSpotQuery
from shared.database import Row, Session
from shared.vocabulary.case_knowledge import HOT_SPOT_KINDS

NOTICE, _DESK = "hot_spot", "desk:complaints_centre"


def look_for_hot_spots(session: Session, bureau: str) -> int:
    """Look at this week and the last one, once a day; tell of what was not told before. Returns how much is new."""
    now = clock.now()
    today, store = day_of(now), HotSpots(session, bureau)
    if not store.claim(today):
        return 0
    calendar = Copies(session, bureau).calendar()
    at = rings_at(calendar, now, calendar.settings.on(today))
    week = monday_of(today)
    found = [one for day in (week - timedelta(weeks=1), week) for one in _found(store, day)]
    kept = store.keep(found, today)
    names = _names(session, bureau, [(one.kind, one.about) for one in found])
    return Notices(session, bureau).add([_notice(code, one, names[one.kind, one.about], at) for code, one in kept])


def list_hot_spots(session: Session, actor: Actor, query: HotSpotQuery) -> Row:
    """List what was hot in a week, the least likely first."""
    guard(permissions.may_see_hot_spots(actor))
    store, week = HotSpots(session, actor.bureau), monday_of(query["on"] or clock.today())
    rows = store.of_week(week, query["kind"])
    names = _names(session, actor.bureau, [(row["kind"], row["about"]) for row in rows])
    told = ("spot", "kind", "about", "week", "cases", "former", "weeks", "chance", "found_on")
    items = [
        {**{name: row[name] for name in told}, "name": names[row["kind"], row["about"]], "mean": _mean(row)}
        for row in rows
    ]
    return {"week": week, "items": items}


def in_words(row: Mapping[str, object], name: str) -> str:
    """Return a hot spot as a lead tells where it comes from."""
    zh = HOT_SPOT_KINDS[str(row["kind"])]
    return f"{zh}“{name}”{row['week']}一周 {row['cases']} 件，前 {row['weeks']} 周共 {row['former']} 件"


def name_of(session: Session, bureau: str, row: Row) -> str:
    """Return what a hot spot is about, as people call it."""
    about = (row["kind"], row["about"])
    return _names(session, bureau, [about])[about]


def _found(store: HotSpots, week: date) -> list[HotSpot]:
    return [one for kind in HOT_SPOT_KINDS for one in hot(kind, week, store.counts(kind, week))]


def _names(session: Session, bureau: str, about: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    units = Copies(session, bureau).units()
    traders = Traders(session, bureau).names([code for kind, code in about if kind == "trader"])
    places = {code: units[code].name for kind, code in about if kind == "place" and code in units}
    known = {"trader": traders, "place": places}
    return {(kind, code): known.get(kind, {}).get(code, code) for kind, code in about}


def _notice(spot: str, one: HotSpot, name: str, at: datetime) -> Notice:
    zh = f"投诉热点：{in_words(vars(one), name)}，远多于平常"
    en = f"{one.cases} cases about {name} in the week of {one.week}, {one.former} in the {one.weeks} weeks before"
    return Notice("", NOTICE, spot, _DESK, one.week, zh, en, at)


def _mean(row: Row) -> str:
    return str((Decimal(row["former"]) / row["weeks"]).quantize(Decimal("0.1"), ROUND_HALF_UP))
