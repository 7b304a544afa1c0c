"""The yearly table for any days, who works on how much, and what a month's bulletin says."""

from dataclasses import asdict
from datetime import date

from services.complaints.domain import permissions
from services.complaints.domain.reports import Period, lines, month_period
from services.complaints.storage.projections import Copies
from services.complaints.storage.reports import Reports, Scope
from services.complaints.usecases.guards import guard
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.reports import BulletinQuery, ReportQuery
from shared.database import Row, Session
from shared.vocabulary.refusals import invalid

_MOST = 10  # goods and traders of a bulletin


def show_report(session: Session, actor: Actor, query: ReportQuery) -> Row:
    """Return the table of some days beside the same days of the year before."""
    return _table(session, actor, *_asked(actor, query))


def list_workload(session: Session, actor: Actor, query: ReportQuery) -> Row:
    """Return who had how much to do and did how much."""
    period, scope = _asked(actor, query)
    copies = Copies(session, actor.bureau)
    found = Reports(session, actor.bureau).workload(period, scope, clock.today())
    units, people = copies.units(), copies.persons().read(row["handler"] for row in found)
    named = [
        {
            **row,
            "handler_name": people[row["handler"]].name if row["handler"] in people else row["handler"],
            "unit_name": units[row["unit"]].name if row["unit"] in units else row["unit"],
        }
        for row in found
    ]
    return {"since": period.since, "until": period.until, "items": named}


def show_bulletin(session: Session, actor: Actor, query: BulletinQuery) -> Row:
    """Return a month's figures with the goods most complained about, and the traders of whom results are published: no other is named."""
    guard(permissions.may_see_reports(actor, None))
    reports, period = Reports(session, actor.bureau), month_period(query["month"])
    more = {
        "month": query["month"],
        "goods": reports.most("goods", period, _MOST),
        "traders": reports.most("trader", period, _MOST, published=True),
        "made_on": clock.today(),
    }
    return {**_table(session, actor, period, Scope()), **more}


def _table(session: Session, actor: Actor, period: Period, scope: Scope) -> Row:
    reports, units = Reports(session, actor.bureau), Copies(session, actor.bureau).units()
    before = period.year_before
    told = lines(reports.counts(period, scope), reports.counts(before, scope))
    return {
        "bureau_name": units[actor.bureau].name if actor.bureau in units else "",
        "unit_name": units[scope.unit].name if scope.unit in units else scope.unit,
        "since": period.since,
        "until": period.until,
        "before_since": before.since,
        "before_until": before.until,
        "lines": [asdict(one) for one in told],
    }


def _asked(actor: Actor, query: ReportQuery) -> tuple[Period, Scope]:
    since: date = query["since"]
    if query["until"] < since:
        raise invalid("case_figures.period", "起止日期颠倒", "the period ends before it begins", "until")
    guard(permissions.may_see_reports(actor, query["unit"]))
    return Period(since, query["until"]), Scope(query["unit"], query["goods"], query["channel"])
