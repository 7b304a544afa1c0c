"""Who sees a file by what it stands behind: inspectors of drawn items, deciders of appeals, those who read vetoes."""

from typing import Any

import pytest

from services.declarations.storage import projections
from shared.errors import Invalid
from tests.component.declarations.checking import assessed, drawn
from tests.component.declarations.over_http import HttpBureau
from tests.component.declarations.states import CYCLE, cycle
from tests.support import evidence_files as files

ENTRY = {"indicator": "01-01-01", "counts": {"done": "3"}}


def upload(bureau: HttpBureau, by: str, name: str = "a.png", content: bytes = files.png()) -> str:
    return str(bureau.upload(by, name, content).json["evidence"])


def status(bureau: HttpBureau, by: str, code: str) -> int:
    return int(bureau.get(by, f"evidence/{code}/content").status_code)


def file_appeal(bureau: HttpBureau, declared: str, evidence: list[str]) -> Any:
    entry = {"kind": "assessment", "object": declared, "text": "数量有误", "evidence": evidence}
    return bureau.inner.ask("file_appeals", "PS", {"cycle": CYCLE, "appeals": [entry]})["appeals"][0]


def test_nothing_is_added_to_what_is_decided(on_http: HttpBureau) -> None:
    (declared,) = assessed(on_http.inner, "PS")
    attach = {"cycle": CYCLE, "kind": "declaration", "aggregate": declared, "evidence": [upload(on_http, "PS")]}
    answer = on_http.post("PS", "evidence/attach", attach)
    assert (answer.status_code, answer.json["code"]) == (409, "evidence.decided")


def test_whoever_has_to_inspect_an_item_sees_its_files(on_http: HttpBureau) -> None:
    code = upload(on_http, "QS")
    entry = {"indicator": "01-01-01", "counts": {"done": "3"}, "evidence": [f"evidence:{code}"]}
    (declared,) = on_http.inner.declare("QS", entry)
    on_http.inner.decide("verify", "HS", [declared["declaration"]])
    on_http.inner.decide("assess", "P10", [declared["declaration"]])
    assert [status(on_http, by, code) for by in ("P9", "P8")] == [404, 404]
    _, (drawn_item,) = drawn(on_http.inner, inspectors=["P9", "P8"])
    inspector = drawn_item["inspector"]
    stranger = {"P9": "P8", "P8": "P9"}[inspector]
    assert [status(on_http, by, code) for by in (inspector, stranger)] == [200, 404]


def test_whoever_decides_an_appeal_sees_its_files_and_others_do_not(on_http: HttpBureau) -> None:
    (declared,) = assessed(on_http.inner, "PS")
    code = upload(on_http, "PS")
    with pytest.raises(Invalid, match=r"evidence\.unknown"):
        file_appeal(on_http, declared, ["evidence:nothing"])
    one = file_appeal(on_http, declared, ["台账复印件", f"evidence:{code}"])
    query = f"evidence?cycle={CYCLE}&kind=appeal&aggregate={one['appeal']}"
    assert [file["name"] for file in on_http.get("K1", query).json["items"]] == ["a.png"]
    assert [status(on_http, by, code) for by in ("PS", "K1", "HS", "Q10", "QS")] == [200, 200, 200, 404, 404]


def test_a_veto_brings_its_files(on_http: HttpBureau) -> None:
    code = upload(on_http, "K1", "通报.pdf", files.pdf())
    veto = {
        "indicator": "01-03-05", "subject": "PS", "reason": "查实瞒报", "source": "inspectorate", "source_ref": "监察〔2026〕1号",
        "evidence": [f"evidence:{code}"], "fact_on": "2026-01-05",
    }  # fmt: skip
    on_http.inner.ask("propose_vetoes", "K1", {"cycle": CYCLE, "vetoes": [veto]})
    assert [status(on_http, by, code) for by in ("K2", "HS", "PS", "Q10")] == [200, 200, 200, 404]


def attach(bureau: HttpBureau, by: str, kind: str, aggregate: str) -> Any:
    body = {"cycle": CYCLE, "kind": kind, "aggregate": aggregate, "evidence": [upload(bureau, by)]}
    return bureau.post(by, "evidence/attach", body)


@pytest.mark.parametrize("by", ["auditor", "R1", "office", "L2"])
def test_whoever_only_reads_adds_nothing(on_http: HttpBureau, by: str) -> None:
    (declared,) = on_http.inner.declare("PS", ENTRY)
    answer = attach(on_http, by, "declaration", declared["declaration"])
    assert (answer.status_code, answer.json["code"]) == (403, "evidence.not_your_side")


def test_files_are_added_by_the_subject_and_at_the_desk_where_it_lies(on_http: HttpBureau) -> None:
    (declared,) = on_http.inner.declare("PS", ENTRY)
    code = declared["declaration"]
    assert [attach(on_http, by, "declaration", code).status_code for by in ("PS", "HS", "P10")] == [200, 200, 403]
    on_http.inner.decide("verify", "HS", [code])
    assert [attach(on_http, by, "declaration", code).status_code for by in ("PS", "HS", "P10")] == [200, 403, 200]


def test_a_closed_cycle_takes_no_evidence(on_http: HttpBureau) -> None:
    (declared,) = on_http.inner.declare("PS", ENTRY)
    body = {
        "cycle": CYCLE,
        "kind": "declaration",
        "aggregate": declared["declaration"],
        "evidence": [upload(on_http, "PS")],
    }
    on_http.inner.handle(projections.keep_cycles, cycle("closed", 2))
    answer = on_http.post("PS", "evidence/attach", body)
    assert (answer.status_code, answer.json["code"]) == (409, "cycle.not_open")


def test_a_look_by_whoever_may_read_everything_is_on_the_trail_and_ones_own_is_not(on_http: HttpBureau) -> None:
    (declared,) = on_http.inner.declare("PS", ENTRY)
    attach(on_http, "PS", "declaration", declared["declaration"])
    code = upload(on_http, "PS")  # the same bytes: the same evidence
    assert [status(on_http, by, code) for by in ("PS", "auditor")] == [200, 200]
    looked = on_http.inner.rows("SELECT account, subject FROM declarations.audit WHERE action = 'get_evidence.looked'")
    assert looked == [{"account": "a-auditor", "subject": code}]
