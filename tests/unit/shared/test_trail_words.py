"""Whoever reads an audit trail reads words: each action that the code notes, and each member of a state, has one."""

import dataclasses
import re
from pathlib import Path

from shared.events import REGISTRY
from shared.vocabulary import claims, declarations, task_orders
from shared.vocabulary.attendance import LEAVE_STEPS
from shared.vocabulary.roles import PROPOSAL_STATES
from shared.vocabulary.trail_members import MEMBERS
from shared.vocabulary.trails import DEEDS, THINGS

ROOT = Path(__file__).parents[3]
_NOTED = re.compile(r'(?:action=f?|_note\([^"]*|_audit\([^"]*|save_account\([^"]*)"([a-z_]+)\.([a-z_]+)"')
_STATES = (
    task_orders.WORK_STATES,
    task_orders.INQUIRY_STATES,
    claims.HANDOVER_STATES,
    declarations.CONSENT_STATES,
    PROPOSAL_STATES,
)


def test_every_action_that_is_noted_has_words() -> None:
    noted = {
        pair
        for folder in ("gateway", "services", "shared")
        for file in (ROOT / folder).rglob("*.py")
        for pair in _NOTED.findall(file.read_text(encoding="utf-8"))
    }
    assert len(noted) > 100
    assert [pair for pair in noted if pair[0] not in THINGS or pair[1] not in DEEDS] == []


def test_what_is_noted_by_its_state_or_step_has_words() -> None:
    assert {code for states in (*_STATES, LEAVE_STEPS) for code in states} - set(DEEDS) == set()


def test_every_event_and_each_of_its_members_has_words() -> None:
    kinds = [kind for kind in REGISTRY.values() if not kind.name.endswith(("Notice", "Given", "Alarm"))]
    assert {kind.name for kind in kinds} - set(THINGS) == set()
    assert {field.name for kind in kinds for field in dataclasses.fields(kind.cls)} - set(MEMBERS) == {
        "reason",
        "title",
    }
