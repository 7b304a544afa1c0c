"""Appeals as they are shown: one's own, those one decides on, all of them for whoever reads everything."""

from functools import partial

from services.declarations.domain.appeals import OPEN_TO_APPEALS, Appeal, check_takes_appeals
from services.declarations.domain.checking_choices import appeal_choices
from services.declarations.domain.choices import nothing
from services.declarations.storage import inbox_steps as waiting
from services.declarations.storage.appeal_lists import page_of_appeals
from services.declarations.storage.library import find_cycle
from services.declarations.storage.naming import with_names
from services.declarations.storage.organisation import unit_of_person
from services.declarations.storage.scopes import Scope
from services.declarations.usecases.steps import one_with_steps
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.appeals import AppealQuery, OneAppeal
from shared.database import Row, Session

PEOPLE = ("filed_by", "decided_by")


def list_appeals(session: Session, actor: Actor, query: AppealQuery) -> Row:
    """Return a page; ``overdue`` restricts it to those that should have been decided, ``waiting`` to
    those that wait for a step of the actor's."""
    on, scope = today(), Scope.of(session, actor)
    cycle, home = find_cycle(session, actor.bureau, query["cycle"]), unit_of_person(session, actor.bureau, actor.person)
    taken = bool(cycle and cycle.status in OPEN_TO_APPEALS)
    mine = waiting.asked(query.get("waiting"), lambda step: waiting.appeals(step, scope), open_=taken)
    page = page_of_appeals(session, scope, query, on, mine)
    check_open = partial(check_takes_appeals, cycle.cycle, cycle.status) if cycle else nothing

    def shown(row: Row) -> Row:
        one = Appeal(**row)
        may = appeal_choices(actor, one, scope.units[one.unit], home, scope.own, check_open)
        return {**row, "overdue": one.overdue(on), **may}

    return {**page, "items": with_names(session, actor.bureau, [shown(row) for row in page["items"]], *PEOPLE)}


def get_appeal(session: Session, actor: Actor, query: OneAppeal) -> Row:
    """Return one appeal that the actor may see, with its steps."""
    return one_with_steps(session, actor, query, list_appeals, "appeal", "appeal")
