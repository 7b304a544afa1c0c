"""Claimed against target, always at hand: what nobody has taken on, what is taken on too often, and who stands behind it."""

from decimal import Decimal

from services.targets.domain.cycles import Cycle
from services.targets.storage import balances
from services.targets.storage.balances import Balance, Gap
from services.targets.storage.lines import Lines
from services.targets.usecases.guards import known_cycle, published_library
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.allocations import BalanceQuery
from shared.contracts.targets.commands.claims_transfers import GapQuery
from shared.database import Row, Session
from shared.vocabulary.organisation import with_all

_NOTHING = Decimal(0)


def get_balance(session: Session, actor: Actor, query: BalanceQuery) -> Row:
    """Return the balance per indicator that has a quantity to share; of one unit, or of the whole bureau."""
    cycle = known_cycle(session, actor, query["cycle"])
    day = cycle.reference_day(today())
    page = balances.page_of_balances(session, _key(actor, cycle), published_library(cycle), query, day)
    whole, lines = query["unit"] is None, with_all(Lines(session, actor.bureau).all())
    return page.told(lambda one: {**vars(one), "line_name": lines.get(one.line, one.line), **_sums(one, whole=whole)})


def list_gaps(session: Session, actor: Actor, query: GapQuery) -> Row:
    """List units' shares that their people have not claimed exactly, or that people hold who are no longer there."""
    cycle = known_cycle(session, actor, query["cycle"])
    published_library(cycle)
    day, key = cycle.reference_day(today()), _key(actor, cycle)
    page = balances.page_of_gaps(session, key, day, query)
    pools = [one.pool for one in page.items]
    held = balances.holders(session, key, day, pools) if pools else {}
    return page.told(
        lambda one: {**vars(one), **_gap(one), "holders": [vars(holding) for holding in held.get(one.pool, [])]}
    )


def _sums(one: Balance, *, whole: bool) -> dict[str, Decimal]:
    """A unit's balance is against what it holds, the bureau's against the target."""
    carried = one.claimed_by_persons if "person" in one.layers else one.claimed_by_units
    expected = one.target if whole else one.allocated
    return {
        "unallocated": max(one.target - one.allocated, _NOTHING) if whole else _NOTHING,
        "unclaimed": max(expected - carried, _NOTHING),
        "over_claimed": max(carried - one.allocated, _NOTHING),
    }


def _gap(one: Gap) -> dict[str, Decimal]:
    left = one.allocated - one.claimed
    return {"unclaimed": max(left, _NOTHING), "over_claimed": max(-left, _NOTHING)}


def _key(actor: Actor, cycle: Cycle) -> dict[str, str]:
    return {"bureau": actor.bureau, "cycle": cycle.cycle}
