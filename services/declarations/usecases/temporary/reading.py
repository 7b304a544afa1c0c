"""All temporary work of a subject and period: what was ordered, and what was done without an order. The form 临时工作考核表 is made of this."""

from collections.abc import Sequence

from services.declarations.domain.items import TASK_ORDER
from services.declarations.domain.order_choices import work_choices
from services.declarations.domain.temporary import TemporaryWork
from services.declarations.domain.ways_back import UNUSED
from services.declarations.storage import inbox_steps as waiting
from services.declarations.storage.library import find_cycle, indicators_by_code, need_cycle, with_targets
from services.declarations.storage.naming import with_names
from services.declarations.storage.scopes import Scope
from services.declarations.storage.task_orders import revisions_of
from services.declarations.storage.temporary_work import ordered_of, page_of_works, volunteered_of
from services.declarations.storage.uses import uses_of
from services.declarations.usecases.orders.reading import shown_orders
from services.declarations.usecases.steps import one_with_steps
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.temporary_work import OneWork, SubjectQuery, WorkQuery
from shared.database import Row, Session

PEOPLE = ("assessor", "reported_by", "confirmed_by", "assessed_by")


def list_works(session: Session, actor: Actor, query: WorkQuery) -> Row:
    """Return a page of what was reported without an order; ``waiting``: only those
    in which the actor may take that step now."""
    scope, cycle = Scope.of(session, actor), find_cycle(session, actor.bureau, query["cycle"])
    mine = waiting.asked(
        query.get("waiting"), lambda step: waiting.works(step, scope), open_=bool(cycle and cycle.is_open)
    )
    page = page_of_works(session, scope, query, mine)
    return {**page, "items": _shown(session, scope, page["items"])}


def get_work(session: Session, actor: Actor, query: OneWork) -> Row:
    """Return one work that the actor may see, with its steps."""
    return one_with_steps(session, actor, query, list_works, "work", "temporary_work")


def list_temporary_work(session: Session, actor: Actor, query: SubjectQuery) -> Row:
    """List temporary work. Answers {"ordered": [...], "volunteered": [...]}, each with the points its counts
    give.

    An order withdrawn is left out; an order entered for work that nobody had ordered stands under ``volunteered`` only.
    """
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    scope = Scope.of(session, actor)
    ordered = shown_orders(session, scope, ordered_of(session, scope, query), today())
    volunteered = _shown(session, scope, volunteered_of(session, scope, query))
    items = {row["indicator"] for row in [*ordered, *volunteered]}
    library = indicators_by_code(session, actor.bureau, cycle.cycle, items)

    def valued(row: Row) -> Row:
        one = library[row["indicator"]]
        earned = one.points(row["counts"], row["target"], cycle.rounding) if row["counts"] else None
        return {**row, "name": one.name, "earned": earned}

    return {"ordered": [valued(row) for row in ordered], "volunteered": [valued(row) for row in volunteered]}


def _shown(session: Session, scope: Scope, rows: Sequence[Row]) -> list[Row]:
    """Return works of one cycle with names, the target claimed, and what the reader may do."""
    if not rows:
        return []
    cycle = need_cycle(session, scope.actor.bureau, rows[0]["cycle"])

    deciders = [power.decider for power in scope.powers]
    entered = revisions_of(session, scope.actor.bureau, cycle.cycle, [row["order"] for row in rows if row["order"]])
    uses = uses_of(session, scope.actor.bureau, TASK_ORDER, entered)

    def shown(row: Row) -> Row:
        one, use = TemporaryWork(**row), uses.get(row["order"], UNUSED)
        return {**row, **work_choices(scope.actor, one, scope.units[one.unit], cycle.check_open, deciders, use)}

    works = with_targets(session, scope.actor.bureau, cycle.cycle, [shown(row) for row in rows])
    return with_names(session, scope.actor.bureau, works, *PEOPLE)
