"""Things of a person of a station, one of each kind that something is done to, made in the reference bureau by those whose work it is."""

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from shared.clock import today
from tests.support.reference_world import EVERYTHING, ReferenceWorld

OWNER, UNIT = "P0021", "S01"
COLLEAGUE = "P0002"  # of the same line, in another unit
CYCLE = "2026"
# Of the library, all of a person of a station: what is declared, ordered, worked on, contributed, and what strikes from the list.
DECLARED, CLAIMED, ORDERED, CONTRIBUTED, VETO = "01-01-02", "04-01-01", "11-03-01", "11-01-01", "01-03-01"
GRADED = "11-04-06"
TO_COME = today() + timedelta(days=20)  # a deadline that has not passed, whenever this runs


def lived_in(world: ReferenceWorld) -> dict[str, str]:
    """Make them; returns their ids by the name that requests have for them."""
    desk = Desk(world)
    made = {"subject": OWNER, "person": OWNER, "unit": UNIT}
    for make in (_declared, _appealed, _ordered, _worked, _contributed, _struck, _away, _handed_over):
        made |= make(desk)
        desk.deliver()
    return made


class Desk:
    """Whoever has the work that makes these things."""

    def __init__(self, world: ReferenceWorld) -> None:
        self.owner = world.log_in("the-owner", "staff:own", person=OWNER)
        self.head = world.log_in("the-head", "unit_head:unit:S01", person="P0019")
        self.section = world.log_in("the-section", "assessor:unit:D09", person="P0010")
        self.personnel = world.log_in("the-personnel", "assessor:unit:D10", "hr:bureau", person="P0011")
        self.discipline = world.log_in("the-discipline", "assessor:unit:D11", person="P0012")
        self.leader = world.log_in("the-leader", "leader:line:access", person="P0030")
        self.deliver = world.services.deliver
        self.office = world.log_in("the-office", *EVERYTHING, person="P0024")


def _declared(desk: Desk) -> dict[str, str]:
    """One that waits for the head."""
    return {"declaration": _declare(desk, "2026-Q1")}


def _declare(desk: Desk, period: str) -> str:
    query = {"cycle": CYCLE, "period": period, "subject": OWNER}
    due: Any = desk.owner.get("/api/v1/declarations/due", query_string=query).json
    (item,) = [one for one in due["items"] if one["indicator"] == DECLARED]
    entry = {"indicator": DECLARED, "counts": {one["key"]: "1" for one in item["quantities"]}}
    body = {"cycle": CYCLE, "period": period, "subject": OWNER, "entries": [entry]}
    return _first(_made(desk.owner, "declarations", body), "declaration")


def _appealed(desk: Desk) -> dict[str, str]:
    """Against the assessment of another one."""
    declaration = _declare(desk, "2026-Q2")
    for client, step in ((desk.head, "verify"), (desk.personnel, "assess")):
        _made(client, f"declarations/{step}", {"cycle": CYCLE, "declarations": [{"declaration": declaration}]})
    against = {"kind": "assessment", "object": declaration, "text": "有出入"}
    return {"appeal": _first(_made(desk.owner, "appeals", {"cycle": CYCLE, "appeals": [against]}), "appeal")}


def _ordered(desk: Desk) -> dict[str, str]:
    order = {
        "indicator": ORDERED,
        "period": "2026-M12",
        "title": "清查",
        "standard": "按时完成",
        "deadline": str(TO_COME),
        "subjects": [OWNER],
    }
    made = _first(_made(desk.section, "task-orders", {"cycle": CYCLE, "orders": [order]}), "order")
    question = {"order": made, "question": "进度如何", "answer_by": str(TO_COME - timedelta(days=2))}
    asked = _made(desk.section, "task-orders/inquiries", {"cycle": CYCLE, "inquiries": [question]})
    return {"order": made, "inquiry": _first(asked, "inquiry")}


def _worked(desk: Desk) -> dict[str, str]:
    work = {
        "subject": OWNER,
        "indicator": ORDERED,
        "period": "2026-M03",
        "title": "值守",
        "outcome": "完成",
        "asked_by": "P0019",
        "done_on": "2026-03-02",
    }
    return {"work": _first(_made(desk.owner, "temporary-work", {"cycle": CYCLE, "works": [work]}), "work")}


def _contributed(desk: Desk) -> dict[str, str]:
    one = {
        "subject": OWNER,
        "indicator": CONTRIBUTED,
        "period": "2026-H1",
        "title": "创新",
        "effect": "推广",
        "proof": "文件",
        "level": "municipal",
    }
    made = _made(desk.owner, "contributions", {"cycle": CYCLE, "contributions": [one]})
    return {"contribution": _first(made, "contribution")}


def _struck(desk: Desk) -> dict[str, str]:
    one = {"indicator": VETO, "subject": OWNER, "reason": "查实"}
    return {"veto": _first(_made(desk.discipline, "vetoes", {"cycle": CYCLE, "vetoes": [one]}), "veto")}


def _away(desk: Desk) -> dict[str, str]:
    leave = {"kind": "annual", "first": "2026-12-14", "last": "2026-12-15", "reason": "休假"}
    (asked,) = _made(desk.owner, "leaves/requests", {"leaves": [leave]})["leaves"]
    down = {"unit": UNIT, "from": "2026-03-02T08:00:00+08:00", "to": "2026-03-02T12:00:00+08:00", "reason": "断电"}
    return {"leave": asked, "down": _made(desk.office, "device-downs", down)["down"]}


def _handed_over(desk: Desk) -> dict[str, str]:
    share = {"indicator": CLAIMED, "unit": UNIT, "quantity": "10"}
    _made(desk.leader, f"cycles/{CYCLE}/allocations", {"allocations": [share]})
    desk.deliver()
    _made(desk.head, "claims", {"cycle": CYCLE, "claims": [{"indicator": CLAIMED, "subject": UNIT, "target": "10"}]})
    claim = {"indicator": CLAIMED, "subject": OWNER, "target": "3"}
    _made(desk.owner, "claims", {"cycle": CYCLE, "claims": [claim]})
    item = {"indicator": CLAIMED, "quantity": "1"}
    over = {"cycle": CYCLE, "kind": "transfer", "taker": COLLEAGUE, "items": [item], "reason": "调岗"}
    return {"handover": _made(desk.owner, "claims/handovers", over)["handover"]}


def _first(made: dict[str, Any], name: str) -> str:
    (items,) = (one for one in made.values() if isinstance(one, list))
    return str(items[0][name])


def _made(client: FlaskClient, path: str, body: Any) -> Any:
    answer = client.post(f"/api/v1/{path}", json=body)
    assert answer.status_code in (200, 201), f"{path}: {answer.text}"
    return answer.json


def half_done(world: ReferenceWorld) -> dict[str, str]:
    """What a year may be left with when it is closed: a questionnaire, a campaign, a check, none of them at its end."""
    office, boss = (
        world.log_in("half-done", *EVERYTHING, person="P0025"),
        world.log_in("boss", "leader:bureau", person="P0030"),
    )
    asked = _made(office, f"cycles/{CYCLE}/questionnaires", {"part": "composite/person"})
    groups = [{"group": "peers", "raters": ["P0002", "P0003", "P0005"]}]
    campaign = {"indicator": GRADED, "period": "2026-H1", "subjects": [OWNER], "groups": groups}
    opened = _made(office, "campaigns", {"cycle": CYCLE, "campaigns": [campaign]})
    due: Any = office.get("/api/v1/declarations", query_string={"cycle": CYCLE, "status": "assessed"}).json
    items = [{"kind": "declaration", "item": due["items"][0]["declaration"]}]
    checked = _made(
        boss, "spot-checks/on-the-spot", {"cycle": CYCLE, "reason": "群众反映", "items": items, "veto_indicator": VETO}
    )
    return {
        "questionnaire": asked["questionnaire"],
        "campaign": _first(opened, "campaign"),
        "spot_check": checked["spot_check"],
        "inspection": _first(checked, "inspection"),
    }
