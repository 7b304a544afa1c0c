"""Read declarations: lists, and one with its history."""

from collections.abc import Mapping, Sequence

from services.declarations.domain.cycles import Cycle
from services.declarations.domain.indicators import Indicator
from services.declarations.domain.quantities import Quantity, quantities
from services.declarations.domain.warnings import warnings_of
from services.declarations.domain.weighing import explained
from services.declarations.storage.declaration_lists import one_declaration, page_of_declarations
from services.declarations.storage.declarations import Declarations
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.naming import with_names
from services.declarations.storage.scopes import Scope
from services.declarations.usecases.review.allowing import Allowing
from services.declarations.usecases.steps import told_steps
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.declarations import DeclarationQuery, OneDeclaration
from shared.database import Row, Session
from shared.vocabulary.refusals import missing

PEOPLE = ("assessor", "declared_by", "verified_by", "verified_for", "assessed_by", "assessed_for")


def list_declarations(session: Session, actor: Actor, query: DeclarationQuery) -> Row:
    """Return a page of what the actor may see of a cycle; with ``waiting`` of what
    waits for their decision, whatever it is."""
    page = page_of_declarations(session, Scope.of(session, actor), query, today())
    items = _shown(session, actor, query["cycle"], page["items"])
    if items and (query["may"] or "waiting" in query):
        allowing = Allowing(session, actor, need_cycle(session, actor.bureau, query["cycle"]), page["items"])
        items = [{**one, **allowing.of(one)} for one in items]
    return {**page, "items": items}


def get_declaration(session: Session, actor: Actor, query: OneDeclaration) -> Row:
    """Return one declaration with its earlier versions and its steps; refuse
    where there is none that the actor may see."""
    row = one_declaration(session, Scope.of(session, actor), query)
    if row is None:
        raise missing("declaration.unknown", "没有这一申报", "there is no such declaration")
    cycle = need_cycle(session, actor.bureau, query["cycle"])
    library = indicators_by_code(session, actor.bureau, cycle.cycle, [row["indicator"]])
    (shown,) = _shown(session, actor, cycle.cycle, [row])
    return {
        **shown,
        **Allowing(session, actor, cycle, [row]).of(row),
        "history": Declarations(session, actor.bureau, cycle.cycle).history(query["declaration"]),
        "steps": told_steps(session, actor.bureau, "declaration", row),
        "explanation": _explained(library, cycle, row),
    }


def _shown(session: Session, actor: Actor, cycle: str, rows: Sequence[Row]) -> list[Row]:
    """Rows with the names of everybody and of the quantities."""
    library = indicators_by_code(session, actor.bureau, cycle, {row["indicator"] for row in rows}) if rows else {}
    named = with_names(session, actor.bureau, rows, *PEOPLE, items=library)
    return [{**row, **_told(library.get(row["indicator"]), row)} for row in named]


def _told(one: Indicator | None, row: Row) -> Row:
    return {"quantities": _quantities(one, row), "warnings": warnings_of(one, row)}


def _quantities(one: Indicator | None, row: Row) -> list[Quantity]:
    if one is None:
        return []
    machine = row["machine"] if row["machine_now"] is None else row["machine_now"]
    return quantities(one.rule, one.rule_params, one.measure_unit, machine, row["counts"])


def _explained(library: Mapping[str, Indicator], cycle: Cycle, row: Row) -> str | None:
    if row["not_applicable"] or row["indicator"] not in library:
        return None
    return explained(library[row["indicator"]], row["counts"], row["target"], cycle.rounding, row["points"])
