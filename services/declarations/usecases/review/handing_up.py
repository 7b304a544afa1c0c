"""What lies with a head who does not decide goes to the next head up at once, whatever the timetable says: by the office, on record."""

from services.declarations.domain.delegating_permissions import check_hands_up
from services.declarations.storage.library import need_cycle
from services.declarations.storage.notices import NewNotice, keep_notices
from services.declarations.storage.organisation import Organisation, names_of
from services.declarations.storage.timetables import escalate_unit
from shared.actor import Actor
from shared.clock import today
from shared.contracts.declarations.commands.delegations import HandedUp
from shared.database import Session
from shared.ids import new_id
from shared.recording import audit


def hand_up(session: Session, actor: Actor, command: HandedUp) -> dict[str, int]:
    """Hand up what waits for the head of ``command["unit"]``; the head may still decide, whoever is first."""
    check_hands_up(actor)
    cycle = need_cycle(session, actor.bureau, command["cycle"])
    cycle.check_open()
    unit = Organisation(session, actor.bureau, units=[command["unit"]]).unit(command["unit"])
    ids = escalate_unit(session, actor.bureau, cycle.cycle, unit, today())
    if ids:
        after = {"unit": unit.unit, "reason": command["reason"], "declarations": ids}
        audit(session, action="declaration.handed_up", subject=unit.unit, before={}, after=after)
        name = names_of(session, actor.bureau, [unit.unit])[unit.unit]
        keep_notices(session, [_notice(actor.bureau, cycle.cycle, (unit.unit, name), len(ids), command["reason"])])
    return {"declarations": len(ids)}


def _notice(bureau: str, cycle: str, of: tuple[str, str], number: int, reason: str) -> NewNotice:
    """Tell whoever is above the unit; ``of`` is its code and its name."""
    on, one, (unit, name) = today(), new_id(), of
    zh = f"{name} 有 {number} 项申报改由您核实（上一级负责人）。理由：{reason}"
    en = f"{number} declarations of {name} are yours to verify: {reason}"
    return {
        "bureau": bureau,
        "notice": one,
        "cycle": cycle,
        "address": f"above:{unit}",
        "kind": "verify_escalated",
        "about": one,
        "on": on,
        "content": {"zh": zh, "en": en, "count": number, "due_on": on.isoformat(), "link": "/verify"},
    }
