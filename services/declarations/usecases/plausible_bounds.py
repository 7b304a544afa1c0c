"""The office says above which quantity an item is looked at once more, and above which it cannot be true."""

from services.declarations.domain.checking_permissions import check_sets_rules
from services.declarations.domain.plausibility import check_bounds
from services.declarations.storage.library import indicators_by_code, need_cycle
from services.declarations.storage.plausibility import bounds_of, set_bounds
from shared.actor import Actor
from shared.batches import check_no_repetition, each_row
from shared.contracts.declarations.commands.asking import OneCycle
from shared.contracts.declarations.commands.bureau_rules import NewBounds, PlausibleBound
from shared.database import Row, Session
from shared.recording import audit


def set_plausible_bounds(session: Session, actor: Actor, command: NewBounds) -> Row:
    """Set bounds of some items of a cycle; what was declared before keeps its quantities."""
    check_sets_rules(actor)
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    entries = command["bounds"]
    check_no_repetition(entries, lambda one: one["indicator"])
    library = indicators_by_code(session, actor.bureau, cycle.cycle, (one["indicator"] for one in entries))

    def check(one: PlausibleBound) -> None:
        _ = library[one["indicator"]]
        check_bounds(one["confirm_above"], one["refuse_above"])

    each_row(entries, check)
    before = {"bounds": bounds_of(session, actor.bureau, cycle.cycle)}
    set_bounds(session, actor.bureau, cycle.cycle, entries)
    after = list_plausible_bounds(session, actor, command)
    audit(session, action="bounds.set", subject=cycle.cycle, before=before, after=after)
    return after


def list_plausible_bounds(session: Session, actor: Actor, query: OneCycle) -> Row:
    return {"bounds": bounds_of(session, actor.bureau, need_cycle(session, actor.bureau, query["cycle"]).cycle)}
