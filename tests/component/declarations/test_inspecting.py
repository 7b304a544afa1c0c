"""Inspectors: who stands back is replaced by the same draw, and what is in their hands they may read."""

import pytest

from services.declarations.domain.sampling.verifying import differences
from shared.errors import Invalid, NotFound
from shared.jsontext import dumps, loads
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.checking import assessed, drawn, find, inspections
from tests.component.declarations.states import CYCLE


def test_whoever_stands_back_is_replaced_by_the_same_draw(bureau: Bureau):
    assessed(bureau, "PS")
    check, (one,) = drawn(bureau)
    seen = [one["inspector"]]
    while one["status"] == "assigned":
        body = {"cycle": CYCLE, "inspections": [{"inspection": one["inspection"], "reason": "亲属"}]}
        bureau.ask("recuse_inspectors", seen[-1], body)
        (one,) = inspections(bureau)
        seen += [one["inspector"]] if one["inspector"] else []
    assert sorted(seen) == ["H10", "H9", "P8", "P9"]  # everybody of the pool who may, each once
    assert differences(loads(dumps(bureau.ask("get_draw", "office", {"spot_check": check})))) == []
    for person in ("PS", "QS", "P10", "H9", "NOBODY"):
        named = {"cycle": CYCLE, "inspections": [{"inspection": one["inspection"], "person": person}]}
        with pytest.raises(Invalid):
            bureau.ask("name_inspectors", "office", named)
    named = {"cycle": CYCLE, "inspections": [{"inspection": one["inspection"], "person": "Q10"}]}
    assert bureau.ask("name_inspectors", "K1", named)["inspections"][0]["inspector"] == "Q10"
    assert find(bureau, inspections(bureau)[0], "confirmed")["status"] == "found"


def test_an_inspector_reads_what_is_in_their_hands_until_it_is_found(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    _, (one,) = drawn(bureau, inspectors=["P8"])
    about = {"cycle": CYCLE, "declaration": declared}
    assert bureau.ask("get_declaration", "P8", about)["declaration"] == declared
    with pytest.raises(NotFound):
        bureau.ask("get_declaration", "Q10", about)
    find(bureau, one, "confirmed")
    with pytest.raises(NotFound):
        bureau.ask("get_declaration", "P8", about)


def test_evidence_of_a_finding_is_a_file_that_is_there_and_the_inspectors_own(bureau: Bureau):
    assessed(bureau, "PS")
    _, (one,) = drawn(bureau)
    with pytest.raises(Invalid, match=r"evidence\.unknown"):
        find(bureau, one, "corrected", evidence=["evidence:nothing"])
    assert find(bureau, one, "corrected", evidence=["台账第 3 页"])["status"] == "found"
