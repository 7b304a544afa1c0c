"""Closing the months of figures."""

from services.complaints.domain import permissions
from services.complaints.storage.figures import Months
from services.complaints.storage.projections import Copies
from services.complaints.usecases.figures import expected_of, publish, subjects_of
from services.complaints.usecases.guards import guard
from services.complaints.usecases.projections import recount
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.figures import OneMonth
from shared.contracts.complaints.commands.shapes import PageQuery
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import conflict


def close_figures(session: Session, actor: Actor, command: OneMonth) -> Row:
    """Publish the month's figures of everyone whose indicators they feed, and of everyone with a case in it.

    Who had no case gets zeros: to the indicators that is "not applicable", which differs from "not told yet". Closing
    again takes in what changed since. Returns ``{"month", "revision", "subjects", "changed", "passed_over"}``; what could
    not be reckoned counts as it was reckoned last.
    """
    guard(permissions.may_close_figures(actor))
    month, now = command["month"], clock.now()
    if month >= f"{clock.bureau_date(now):%Y-%m}":
        raise conflict("case_figures.month_open", "该月尚未结束，不能月结", "the month is not over", "month")
    passed_over = _reckon_all(session, actor.bureau)
    months = Months(session, actor.bureau)
    months.hold_to_close(month)
    layers, expected = subjects_of(session, actor.bureau), expected_of(session, actor.bureau)
    changed, subjects = publish(session, actor.bureau, month, layers, expected, closing=True)
    closed = months.close(month, now, actor.account)
    told = {"subjects": subjects, "passed_over": passed_over}
    audit(session, action="case_figures.closed", subject=month, before={}, after=told)
    return {"month": month, "revision": closed["revision"], "changed": changed, **told}


def list_months(session: Session, actor: Actor, query: PageQuery) -> Row:
    return Months(session, actor.bureau).page(query["after"], query["limit"])


def _reckon_all(session: Session, bureau: str) -> int:
    """Bring up to date what an older calendar has reckoned, waiting for what another works on: a month is closed by the
    calendar that is known then, which stays as it is until the month is closed. Returns how many cannot be reckoned.
    """
    Copies(session, bureau).hold_calendar()
    passed_over = set[str]()
    while recount(session, bureau, passed_over, wait=True):
        pass
    return len(passed_over)
