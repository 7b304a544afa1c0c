"""Who was away for over half of the year, as attendance knows it."""

from services.scoring.domain.circumstances import ABSENT_HALF, leave_in_words
from services.scoring.domain.grades import absent_half
from services.scoring.domain.run import Run
from services.scoring.storage.leaves import days_of_leave
from services.scoring.storage.projections import cycle_of
from services.scoring.storage.visibility import calendar_of
from shared.database import Session
from shared.vocabulary.refusals import conflict
from shared.working_days import UnknownYear, WorkingDays


def half_year_absences(session: Session, run: Run) -> dict[str, dict[str, str]]:
    """Return person -> the circumstance and what it rests on, where sick and personal leave took over half of the
    working days of the run's cycle."""
    cycle = cycle_of(session, run.bureau, run.cycle)
    away = days_of_leave(session, run.bureau, cycle["starts"], cycle["ends"])
    try:
        calendar = WorkingDays(calendar_of(session, run.bureau, run.cycle))
        working = len(calendar.between(cycle["starts"], cycle["ends"])) if away else 0
    except UnknownYear as unknown:
        raise conflict(
            "calendar.unknown",
            f"没有 {unknown.year} 年的工作日历，不能判断病假、事假是否超过半年；请先录入",
            f"the working days of {unknown.year} are not known; enter them first",
        ) from unknown
    return {
        person: {ABSENT_HALF: leave_in_words(days, working)}
        for person, days in sorted(away.items())
        if absent_half(days, working)
    }
