"""Whose case it is, suggested from what is typed, what the register knows of the trader, and the bureau's list of places and platforms."""

from services.complaints.domain import look_alike_permissions
from services.complaints.domain.jurisdiction import Suggestion, Trader, suggestions
from services.complaints.domain.regimes import Regime, regime_on
from services.complaints.storage.projections import Copies, Unit
from services.complaints.storage.settings import StoredSettings
from services.complaints.storage.traders import Traders
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.contracts.complaints.commands.jurisdiction import WhoseCase
from shared.database import Row, Session
from shared.vocabulary.jurisdiction import RULES


def suggest_unit(session: Session, actor: Actor, command: WhoseCase) -> Row:
    """Suggest which unit or bureau is competent, with the rule and its article; nothing of what is asked is kept."""
    guard(look_alike_permissions.may_look_for_similar(actor, place_of(session, actor)))
    today, units = clock.today(), Copies(session, actor.bureau).units()
    known = StoredSettings(session, actor.bureau).dated().on(today).jurisdictions
    regime = regime_on(today)
    found = suggestions(command["kind"], _trader(session, actor, command), known, regime)
    return {"items": [_told(one, units, regime) for one in found if one.unit is None or _works(units.get(one.unit))]}


def _trader(session: Session, actor: Actor, command: WhoseCase) -> Trader:
    """Return what is typed, and what the register knows of a trader of this code or exactly this name."""
    traders, name, code = Traders(session, actor.bureau), command["trader"].strip(), command["trader_code"].strip()
    by_code = traders.by_credit_codes([code]).get(code) if code else None
    entry = by_code or (traders.by_names([name]).get(name) if name else None)
    row = (traders.get(entry) if entry else None) or {}
    return Trader(
        name=row.get("name", name),
        typed_address=command["trader_address"].strip(),
        platform=command["platform"].strip(),
        supervising=row.get("unit"),
        place=row.get("place", ""),
        domicile=row.get("address", ""),
    )


def _works(unit: Unit | None) -> bool:
    return unit is not None and unit.active


def _told(one: Suggestion, units: dict[str, Unit], regime: Regime) -> Row:
    name = units[one.unit].name if one.unit else ""
    told = {"unit": one.unit, "unit_name": name, "other_bureau": one.other_bureau, "found": one.found}
    return {**told, "rule": one.rule, "zh": RULES[one.rule], "regime": regime.code, "article": one.article}
