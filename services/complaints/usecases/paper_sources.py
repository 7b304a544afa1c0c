"""What papers are written from: the case with its names in words, and who complained in plain."""

from datetime import datetime

from services.complaints.domain.cases import ASSOCIATION
from services.complaints.domain.paper_texts.sources import Sources
from services.complaints.storage.cases import CaseFile, Cases
from services.complaints.storage.people import People
from services.complaints.storage.projections import Copies
from shared import clock
from shared.actor import Actor
from shared.database import Session


def sources_of(session: Session, actor: Actor, one: CaseFile, number: str, at: datetime) -> Sources:
    """Return what papers are written from, as the case stands; who complained in plain."""
    copies, case = Copies(session, actor.bureau), one.case
    units, persons = copies.units(), copies.persons()

    def unit(code: str | None) -> str:
        return units[code].name if code in units else code or ""

    def person(code: str | None) -> str:
        found = persons.get(code or "")
        return found.name if found else code or ""

    stored = Cases(session, actor.bureau).row(case.code) or {}
    bureau = unit(actor.bureau)
    return Sources(
        case=case,
        number=number,
        day=clock.bureau_date(at),
        bureau=bureau,
        signer=unit(case.unit or case.intake_unit) if case.organisation == ASSOCIATION else bureau,
        unit=unit(case.unit),
        intake_unit=unit(case.intake_unit),
        handler=person(case.handler),
        mediator=person(case.mediating),
        people=People(actor.bureau).open(stored.get("contact")),
        said={},
    )
