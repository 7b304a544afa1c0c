"""Who was where: the places held on a day, or within a span of days, with what they were called then; which codes there are."""

from datetime import date

from services.targets.domain.permissions import may_find_codes
from services.targets.domain.persons import OUTSIDE
from services.targets.storage.lines import Lines
from services.targets.storage.units import Bureaus
from services.targets.storage.whereabouts import HeldPlace, active_persons, active_units, page_of_places
from services.targets.usecases.guards import need
from services.targets.usecases.names import Names
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.organisation import Codes
from shared.contracts.targets.commands.places import PlaceQuery
from shared.database import Row, Session


def list_places(session: Session, actor: Actor, query: PlaceQuery) -> Row:
    """List places: ``on`` a day, or from ``since`` to ``until``: then each
    place with the days of it within the span."""
    since, until = query["since"] or query["on"] or today(), query["until"] or query["on"] or today()
    if query["since"] and not query["until"]:
        until = max(since, today())
    names = Names(session, actor.bureau)
    page = page_of_places(session, actor.bureau, since, until, query)
    return page.told(lambda one: _document(names, one, since, until))


def find_codes(session: Session, actor: Actor, query: Codes) -> Row:
    """Tell which of these persons, units and lines the bureau has today."""
    need(may_find_codes(actor))
    bureau = actor.bureau
    return {
        "bureau": Bureaus(session).exists(bureau),
        "persons": active_persons(session, bureau, query["persons"]),
        "units": active_units(session, bureau, query["units"]),
        "lines": sorted(Lines(session, bureau).all().keys() & set(query["lines"])),
    }


def _document(names: Names, place: HeldPlace, since: date, until: date) -> Row:
    day = max(since, place.starts)
    last = min(until, place.ends) if place.ends else until
    outside = place.kind == OUTSIDE
    return {
        **vars(place),
        "unit": None if outside else place.unit,
        "unit_name": None if outside else names.unit(place.unit, day),
        "title": None if outside else names.position(place.position, day),
        "line_name": names.line(place.line),
        "days": (last - day).days + 1,
    }
