"""A body for every step there is, such as a clerk might send: what it says is possible, whatever the case allows."""

from typing import Any

from shared.contracts.complaints.steps import ENTRIES
from tests.component.complaints.conftest import at

NO_CASE = "00000000-0000-7000-8000-000000000000"
_SAID: dict[str, dict[str, Any]] = {
    "assign": {"unit": "S02"},
    "refuse": {"ground": "1"},
    "consent": {"party": "consumer", "matter": "entrusting"},
    "decline": {"party": "trader"},
    "name_mediator": {"handler": "P6"},
    "appoint": {"appointed_for": at("2026-12-01")},
    "attend": {"party": "trader", "attendance": "present"},
    "ask_recusal": {"asked_by": "consumer"},
    "decide_recusal": {"granted": True, "handler": "P6"},
    "entrust": {"unit": "A01"},
    "conclude": {"outcome": "terminated", "termination_ground": "3"},
    "follow_up": {"answered": False},
    "allow_late": {"since": "2026-06-01"},
    "correct": {"event": 1, "changes": {"trader": "z"}},
    "annul": {"event": 1},
    "mark_repeat": {"original": NO_CASE},
    "merge": {"original": NO_CASE},
    "check_identity": {"identity": "false"},
    "ask_supplement": {"materials": ["identity"], "supply_by": "2026-12-01"},
    "supplement": {"materials": ["identity"]},
    "settle_dispute": {"competence": "theirs"},
    "decide_dispute": {"competence": "theirs"},
    "transfer": {"other_bureau": "示范区市场监管局"},
    "confirm_transfer": {"receipt": "1"},
    "extend_filed_again": {"new_due": "2026-12-31"},
    "propose_reward": {"amount": "100"},
    "pay_reward": {"receipt": "1"},
    "withhold": {"withholding": "privacy"},
    "decide_objection": {"objection": "refused"},
    "find_fault": {"subject": "P6", "grave": True},
}
# address → what is said there
EVERY_STEP = {step.replace("_", "-"): {"why": "x", **_SAID.get(step, {})} for step in ENTRIES}
