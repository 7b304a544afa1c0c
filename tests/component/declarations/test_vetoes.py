"""Vetoes: proposed by one, confirmed by another, lifted with the panel's words."""

import pytest

from shared.errors import Conflict, Forbidden, Invalid
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE


def veto(bureau: Bureau, by: str, subject: str = "PS", code: str = "01-03-05") -> str:
    entry = {"indicator": code, "subject": subject, "reason": "查实瞒报"}
    return str(bureau.ask("propose_vetoes", by, {"cycle": CYCLE, "vetoes": [entry]})["vetoes"][0]["veto"])


def decide(bureau: Bureau, verb: str, by: str, one: str, decision: str = "小组决定") -> str:
    body = {"cycle": CYCLE, "vetoes": [{"veto": one}], "decision": decision}
    return str(bureau.ask(f"{verb}_vetoes", by, body)["vetoes"][0]["status"])


def test_a_veto_is_proposed_confirmed_by_another_and_lifted(bureau: Bureau):
    one = veto(bureau, "K1")
    with pytest.raises(Forbidden):
        decide(bureau, "confirm", "K1", one)
    with pytest.raises(Forbidden):
        decide(bureau, "confirm", "L1", one)
    assert decide(bureau, "confirm", "K2", one) == "confirmed"
    with pytest.raises(Conflict):
        decide(bureau, "confirm", "K3", one)
    with pytest.raises(Invalid):
        decide(bureau, "lift", "K3", one, decision="")
    assert decide(bureau, "lift", "K3", one) == "lifted"
    with pytest.raises(Conflict):
        decide(bureau, "lift", "K3", one)


@pytest.mark.parametrize("by", ["PS", "HS", "P9", "auditor"])
def test_a_veto_is_not_everybodys_to_propose(bureau: Bureau, by):
    with pytest.raises(Forbidden):
        veto(bureau, by)


@pytest.mark.parametrize("by", ["office", "L2", "K1"])
def test_office_leaders_and_panel_propose_vetoes(bureau: Bureau, by):
    veto(bureau, by, subject="S01")
    assert len(bureau.ask("list_vetoes", "HS", {"cycle": CYCLE})["items"]) == 1
    assert bureau.ask("list_vetoes", "Q10", {"cycle": CYCLE})["items"] == []


def test_only_veto_items_strike(bureau: Bureau):
    with pytest.raises(Invalid):
        veto(bureau, "K1", code="01-01-01")
