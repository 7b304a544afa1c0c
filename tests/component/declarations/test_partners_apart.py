"""Who shares in an achievement neither inspects a part of it nor decides on an appeal against one, however the part is kept."""

from itertools import pairwise
from typing import Any

import pytest

from services.declarations.storage import projections
from shared.errors import Forbidden, Invalid
from shared.events import ScoresPublishedV1
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.checking import announce, appeal, decide_appeal, draw, inspections
from tests.component.declarations.states import CYCLE, B
from tests.component.declarations.test_contributions import contribute, deliberated
from tests.component.declarations.test_shared_contributions import settle_with

CONTRIBUTIONS = {"kinds": ["contribution"], "period": "2026-H1", "method": {"name": "size", "size": 3}}


def settled(bureau: Bureau, *partners: str) -> dict[str, dict[str, Any]]:
    """PS's achievement with ``partners``, a part for each: subject -> its part."""
    shares = [{"subject": subject, "share": "1"} for subject in ("PS", *partners)]
    one = contribute(bureau, shares=shares)
    deliberated(bureau, one)
    return {part["subject"]: part for part in settle_with(bureau, one, shares)}


def test_no_partner_is_drawn_or_named_to_inspect_any_part_of_it(bureau: Bureau):
    settled(bureau, "P8", "D09")  # D09's head is H9
    check = announce(bureau, inspectors=["P8", "H9", "P9", "PS", "Q10"], **CONTRIBUTIONS)["spot_check"]
    draw(bureau, check)
    listed = {one["subject"]: one for one in inspections(bureau)}
    assert sorted(listed) == ["D09", "P8", "PS"]
    for one in listed.values():
        assert {"PS", "P8", "H9"} <= {*one["excluded"]}
    assert may_be_drawn(bureau, listed["PS"]) == ["P9", "Q10"]
    assert may_be_drawn(bureau, listed["P8"]) == ["P9", "Q10"]
    assert may_be_drawn(bureau, listed["D09"]) == ["Q10"]  # P9 is of that unit
    for subject, person in (("PS", "P8"), ("PS", "H9"), ("P8", "H9"), ("D09", "P8"), ("D09", "PS")):
        named = {"inspection": listed[subject]["inspection"], "person": person}
        with pytest.raises(Invalid, match=r"inspector\.unfit"):
            bureau.ask("name_inspectors", "office", {"cycle": CYCLE, "inspections": [named]})


def may_be_drawn(bureau: Bureau, one: dict[str, Any]) -> list[str]:
    """Everybody to whom it comes when each stands back in turn."""
    drawn = []
    while one["status"] == "assigned":
        drawn.append(one["inspector"])
        body = {"cycle": CYCLE, "inspections": [{"inspection": one["inspection"], "reason": "亲属"}]}
        bureau.ask("recuse_inspectors", one["inspector"], body)
        (one,) = (now for now in inspections(bureau) if now["inspection"] == one["inspection"])
    assert all(earlier != later for earlier, later in pairwise(drawn))
    return sorted(drawn)


@pytest.mark.parametrize("partner", ["H10", "D10"])  # H10, of the panel, heads D10
@pytest.mark.parametrize("subject", ["PS", "QS"])  # the lead's own part, and another partner's
def test_no_partner_decides_on_an_appeal_against_any_part_of_it(bureau: Bureau, subject: str, partner: str):
    part = settled(bureau, "QS", partner)[subject]["contribution"]
    filed = appeal(bureau, subject, "settlement", part)
    with pytest.raises(Forbidden, match=r"appeal\.involved"):
        decide_appeal(bureau, "H10", filed, "upheld")
    assert decide_appeal(bureau, "L1", filed, "upheld")["status"] == "upheld"


@pytest.mark.parametrize("partner", ["H10", "D10"])
def test_no_partner_decides_on_an_appeal_against_a_finding_about_it(bureau: Bureau, partner: str):
    settled(bureau, partner)
    check = announce(bureau, inspectors=["P8"], **{**CONTRIBUTIONS, "method": {"name": "size", "size": 2}})[
        "spot_check"
    ]
    draw(bureau, check)
    (one,) = (one for one in inspections(bureau) if one["subject"] == "PS")
    finding = {"inspection": one["inspection"], "verdict": "corrected", "text": "少", "counts": {"district": "0.5"}}
    bureau.ask("record_findings", "P8", {"cycle": CYCLE, "findings": [finding]})
    filed = appeal(bureau, "PS", "finding", one["inspection"])
    with pytest.raises(Forbidden, match=r"appeal\.involved"):
        decide_appeal(bureau, "H10", filed, "upheld")


def test_no_partner_corrects_a_part_of_it_on_an_appeal_against_a_score(bureau: Bureau):
    parts = settled(bureau, "QS", "H10")
    run = {"bureau": B, "cycle": CYCLE, "run": "r-1", "input_hash": "a", "result_hash": "b", "by": "a-office"}
    bureau.handle(projections.keep_runs, ScoresPublishedV1(**run, revision=3, status="published"))
    for subject in ("PS", "QS"):
        filed = appeal(bureau, subject, "score", "r-1")
        named = {"kind": "contribution", "item": parts[subject]["contribution"], "counts": {"district": "0.5"}}
        with pytest.raises(Forbidden, match=r"appeal\.involved"):
            decide_appeal(bureau, "H10", filed, items=[named])
        assert decide_appeal(bureau, "L1", filed, items=[named])["corrections"]
