"""Days from which revisions hold, and the library that waits for its day."""

from datetime import date

from services.targets.domain.cycles import Cycle
from services.targets.domain.refusals import library_scheduled
from services.targets.storage.library import Edition, Libraries
from services.targets.usecases.guards import none_in_the_way
from shared.actor import Actor
from shared.clock import today
from shared.database import Session
from shared.errors import Invalid
from shared.vocabulary.refusals import Refusal


def effective_day(cycle: Cycle, wanted: date | None, last: date | None) -> date:
    """Return the day from which a revision holds: within the cycle, and not before the revision it follows."""
    day = wanted or cycle.reference_day(today())
    if not cycle.starts <= day <= cycle.ends:
        raise _wrong_day("effective.outside", "生效日期应在考核年度之内", "the effective date lies outside the cycle")
    if last is not None and day < last and wanted is not None:
        raise _wrong_day(
            "effective.order", f"生效日期不得早于上一版本（{last}）", f"not before the last revision, {last}"
        )
    return day if last is None else max(day, last)


def scheduled_library(session: Session, actor: Actor, cycle: Cycle) -> Edition | None:
    edition = Libraries(session, actor.bureau, cycle.cycle).edition(cycle.library_revision + 1)
    return edition if edition is not None and edition.published_at is not None else None


def refuse_scheduled(session: Session, actor: Actor, cycle: Cycle) -> Refusal | None:
    edition = scheduled_library(session, actor, cycle)
    return library_scheduled(edition.library_revision, edition.effective) if edition is not None else None


def none_scheduled(session: Session, actor: Actor, cycle: Cycle) -> None:
    none_in_the_way(refuse_scheduled(session, actor, cycle))


def _wrong_day(code: str, zh: str, en: str) -> Invalid:
    return Invalid(code, zh=zh, en=en, errors=[{"field": "effective", "code": code, "zh": zh, "en": en}])
