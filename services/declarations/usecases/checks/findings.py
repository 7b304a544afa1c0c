"""What a closed check found, told to scoring with what it listed and did not look at: both leave doubt about points."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from services.declarations.domain.indicators import Indicator
from services.declarations.domain.inspections import Inspection
from services.declarations.domain.items import Pair
from services.declarations.domain.sampling import protocol
from services.declarations.domain.spot_checks import CONFIRMED, ON_THE_SPOT, SpotCheck
from services.declarations.storage import checks
from services.declarations.storage.library import indicators_by_code
from shared.database import Session
from shared.events import CheckedItem, FindingsChanged
from shared.recording import republish

ITEMS_PER_PART = 250
_CERTAIN = "1"  # the chance of an item that was chosen, or sure to be drawn
_PLACES = Decimal("0.0001")


def tell_findings(session: Session, check: SpotCheck, by: str) -> None:
    """Tell what ``check`` found. It is on record already, inspection by inspection."""
    republish(session, findings_of(session, check, by))


def findings_of(session: Session, check: SpotCheck, by: str) -> Iterator[FindingsChanged]:
    """Yield the findings of a closed check; none of one that is not closed."""
    if check.status != "closed":
        return
    inspected = {(one.kind, one.item): one for one in checks.inspections_of(session, check.spot_check)}
    wrong = {one.indicator for one in inspected.values() if one.verdict != CONFIRMED}
    library = indicators_by_code(session, check.bureau, check.cycle, wrong)
    strata = {pair: one.stratum for pair, one in inspected.items()}
    if check.kind != ON_THE_SPOT:
        listed = protocol.read(checks.list_of(session, check.spot_check)).entries
        strata = {one.pair: one.stratum for one in listed}
    items = [_item(pair, stratum, inspected.get(pair), library) for pair, stratum in strata.items()]
    for part, start in enumerate(range(0, len(items), ITEMS_PER_PART)):
        yield FindingsChanged(
            bureau=check.bureau,
            cycle=check.cycle,
            spot_check=check.spot_check,
            part=part,
            revision=check.revision,
            items=items[start : start + ITEMS_PER_PART],
            by=by,
        )


def _item(pair: Pair, stratum: str, found: Inspection | None, library: Mapping[str, Indicator]) -> CheckedItem:
    kind, item = pair
    if found is None:
        return CheckedItem(kind, item, stratum, certain=False, verdict=None, lost=None)
    return CheckedItem(kind, item, stratum, found.probability == _CERTAIN, found.verdict, _lost(found, library))


def _lost(found: Inspection, library: Mapping[str, Indicator]) -> Decimal | None:
    if found.verdict == CONFIRMED:
        return None
    full = library[found.indicator].full_points
    if not full or found.points_before is None or found.points_after is None:
        return None  # what strikes somebody off gives no points that could be lost
    return ((found.points_before - found.points_after) / full).quantize(_PLACES, ROUND_HALF_UP)
