"""文书 over HTTP: who makes which from which state, numbers, what is archived, voided and put right."""

import io
import zipfile
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gateway.api import case_papers
from gateway.files.store import Store
from gateway.paper.printing import printed
from shared.actor import system
from shared.jsontext import dumps
from tests.component.complaints.conftest import BUREAU, at
from tests.component.complaints.network import Network, network, store
from tests.support.pdf_text import pages

__all__ = ["network", "store"]

CONSUMER = {"consumer": "张守信", "phone": "13800001111", "address": "滨河路 5 号", "id_number": "110101199001011234"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting a page takes seconds: where it is not looked at, a file is what it says."""
    monkeypatch.setattr(case_papers, "printed", lambda content, kind: f"{kind} {dumps(content)}".encode())


def make(network: Network, case: str, kind: str, by: Any = None, **more: Any) -> Any:
    return network.post(f"cases/{case}/papers", {"kind": kind, **more}, by)


def made(network: Network, case: str, kind: str, by: Any = None, **more: Any) -> Any:
    answer = make(network, case, kind, by, **more)
    assert answer.status_code == 201, answer.text
    return answer.json


def opened(network: Network, paper: Any, form: str = "pdf", by: Any = None) -> Any:
    where = f"/api/v1/cases/{paper['case']}/papers/{paper['paper']}/file?format={form}"
    return (by or network.centre).get(where)


def words(network: Network, paper: Any) -> str:
    return opened(network, paper).data.decode()  # type: ignore[no-any-return]


def accepted(network: Network) -> str:
    case = network.register("2026-06-01", **CONSUMER, number="T1")
    network.took(case, "assign", unit="S01", handler="P2")
    network.took(case, "accept", "2026-06-02")
    return case


def test_a_decision_is_made_from_the_history_numbered_and_given_out_as_it_was_made(network: Network) -> None:
    case = accepted(network)
    paper = made(network, case, "acceptance", contact="李敏", phone="0571-88880000")
    assert (paper["text"], paper["number"], paper["status"]) == ("市监S0投受〔2026〕1号", 1, "issued")
    told = words(network, paper)
    for said in (
        "受理决定书",
        "张守信：",
        "云汀百货",
        "总局令第121号",
        "第十五条",
        "2026年6月2日起予以受理",
        "0571-88880000",
    ):
        assert said in told


def test_it_is_set_as_pdf_and_docx_and_each_look_gives_the_same_bytes(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_papers, "printed", printed)
    paper = made(network, accepted(network), "acceptance")
    first, second = opened(network, paper), opened(network, paper)
    assert first.data == second.data
    assert first.headers["ETag"] == f'"{paper["pdf_sha256"]}"'
    front, back = pages(first.data)
    assert "受理决定书" in front
    assert "送达回证" in back
    word = opened(network, paper, "docx")
    with zipfile.ZipFile(io.BytesIO(word.data)) as parts_:
        assert "张守信" in parts_.read("word/document.xml").decode()


def test_what_was_made_stays_as_it_was_whatever_the_case_becomes(network: Network) -> None:
    case = accepted(network)
    paper = made(network, case, "complaint_registration")
    before = opened(network, paper).data
    event = {"event": 1, "changes": {"trader": "星河超市"}, "why": "名称写错"}
    network.took(case, "correct", **event)
    assert opened(network, paper).data == before
    assert "星河超市" in words(network, made(network, case, "complaint_registration"))


def test_a_state_that_does_not_give_it_a_missing_party_or_text_is_refused_and_takes_no_number(network: Network) -> None:
    case = network.register("2026-06-01", **CONSUMER)
    network.refused(make(network, case, "acceptance"), 409, "paper.state")
    network.refused(make(network, case, "report_result"), 409, "paper.state")
    network.took(case, "assign", unit="S01", handler="P2")
    network.took(case, "accept", "2026-06-02")
    for party in ("consumer", "trader"):
        network.took(case, "consent", party=party)
    network.took(case, "appoint", appointed_for=at("2026-06-10 14:00"))
    network.refused(make(network, case, "mediation_notice"), 422, "paper.party")
    network.took(case, "conclude", "2026-06-11", outcome="agreement", form="statement", recovered="500")
    network.refused(make(network, case, "mediation_statement", text="  "), 422, "paper.text")
    assert made(network, case, "mediation_statement", text="一、退还货款五百元。")["number"] == 1


def test_roles_are_not_mixed_an_association_makes_no_paper_of_the_bureau_nor_the_reverse(network: Network) -> None:
    head = network.by("head.A01", heads="A01")
    own = network.register("2026-06-03", head, intake_unit="A01", **CONSUMER)
    network.took(own, "accept", by=head)
    for kind in ("acceptance", "mediation_statement", "refusal", "complaint_registration"):
        network.refused(make(network, own, kind, head, text="x"), 403)
    for party in ("consumer", "trader"):
        network.took(own, "consent", by=head, party=party)
    network.took(own, "mediate", by=head)
    network.refused(make(network, own, "mediation_record", text="x"), 403)
    record = made(network, own, "mediation_record", head, text="双方到场，协商一致。")
    assert record["text"] == "消协调记〔2026〕1号"
    of_bureau = accepted(network)
    network.refused(make(network, of_bureau, "mediation_record", text="x"), 403)
    for party in ("consumer", "trader"):
        for matter in ("mediation", "entrusting"):
            network.took(of_bureau, "consent", party=party, matter=matter)
    network.took(of_bureau, "entrust", unit="A01", handler="P5")
    entrusted = network.by("P5", "staff", person="P5")
    network.refused(make(network, of_bureau, "acceptance", entrusted), 403)


def test_a_voided_number_stays_with_who_when_and_why_and_is_not_given_again(network: Network) -> None:
    case = accepted(network)
    first = made(network, case, "acceptance")
    handler = network.by("P2", "staff", person="P2")
    where = f"cases/{case}/papers/{first['paper']}/void"
    network.refused(network.post(where, {"why": "日期写错"}, handler), 403)
    voided = network.post(where, {"why": "日期写错"}).json
    assert (voided["status"], voided["voided_by"], voided["why"]) == ("voided", "centre", "日期写错")
    network.refused(network.post(where, {"why": "x"}), 409, "paper.voided")
    assert made(network, case, "acceptance")["number"] == 2
    book = network.centre.get("/api/v1/case-papers?unit=S01&year=2026&kind=acceptance&total=true").json
    assert [(one["number"], one["status"]) for one in book["items"]] == [(1, "voided"), (2, "issued")]
    assert (book["unexplained"], book["total"]) == ([], 2)


def test_a_paper_that_was_sent_is_corrected_and_never_voided(network: Network) -> None:
    case = accepted(network)
    paper = made(network, case, "acceptance")
    (row,) = network.centre.get(f"/api/v1/cases/{case}/notifications").json["items"]
    where = f"cases/{case}/notifications/{row['notification']}/tell"
    unknown = {"way": "letter", "proof": "XA1", "paper": case}
    network.refused(network.post(where, unknown), 409, "paper.unknown")
    assert network.post(where, {**unknown, "paper": paper["paper"]}).json["paper"] == paper["paper"]
    network.refused(network.post(f"cases/{case}/papers/{paper['paper']}/void", {"why": "x"}), 409, "paper.sent")


def test_a_mistake_is_mended_by_a_paper_that_names_the_wrong_one(network: Network) -> None:
    case = accepted(network)
    wrong = made(network, case, "acceptance")
    network.refused(make(network, case, "correction", text="x"), 422, "paper.corrects")
    right = made(
        network, case, "correction", text="“6月2日”更正为“6月3日”。", corrects=wrong["paper"], party="consumer"
    )
    assert right["corrects"] == wrong["paper"]
    assert "《受理决定书》（市监S0投受〔2026〕1号）有误" in words(network, right)
    items = network.centre.get(f"/api/v1/cases/{case}/papers").json["items"]
    assert [one["status"] for one in items] == ["issued", "issued"]


def test_a_paper_is_opened_by_who_may_see_who_complained_and_each_look_is_recorded(network: Network) -> None:
    case = accepted(network)
    paper = made(network, case, "acceptance")
    office = network.by("office", "office")
    assert office.get(f"/api/v1/cases/{case}/papers").json["may_open"] is False
    assert opened(network, paper, by=office).status_code == 403
    assert opened(network, paper).status_code == 200
    auditor = network.by("auditor", "auditor")
    trail = auditor.get("/api/v1/audit-trails/complaints?action=open_paper.looked").json["items"]
    assert [one["subject"] for one in trail] == [f"{case}/{paper['paper']}"]


def test_no_paper_and_no_file_of_it_names_the_consumer_in_the_database_or_the_store(
    network: Network, store: Store
) -> None:
    case = accepted(network)
    made(network, case, "acceptance")
    with network.world.service.begin(system(BUREAU)) as session:
        rows = session.execute(text("SELECT * FROM complaints.case_papers")).mappings().all()
    told = b"".join(
        bytes(one) if isinstance(one, memoryview | bytes) else str(one).encode() for one in rows[0].values()
    )
    kept = [path.read_bytes() for path in store.folder.rglob("*") if path.is_file()]  # type: ignore[union-attr]
    assert len(kept) == 2
    assert not any("张守信".encode() in one or b"13800001111" in one or b"case-paper" in one for one in [told, *kept])


def test_a_paper_whose_files_were_lost_on_the_way_is_made_when_it_is_opened(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = accepted(network)
    with monkeypatch.context() as broken:
        broken.setattr(Store, "put", _fail)
        assert made(network, case, "acceptance")["status"] == "awaited"
    (paper,) = network.centre.get(f"/api/v1/cases/{case}/papers").json["items"]
    assert paper["status"] == "awaited"
    assert opened(network, paper).status_code == 200
    (paper,) = network.centre.get(f"/api/v1/cases/{case}/papers").json["items"]
    assert paper["status"] == "issued"


def test_the_database_itself_alters_no_paper(network: Network) -> None:
    made(network, accepted(network), "acceptance")
    for change in (
        "UPDATE complaints.case_papers SET text = 'x'",
        "UPDATE complaints.case_papers SET pdf_sha256 = repeat('0', 64)",
        "DELETE FROM complaints.case_papers",
    ):
        with pytest.raises(DBAPIError), network.world.service.begin(system(BUREAU)) as session:
            session.execute(text(change))


def test_a_unit_numbers_by_a_word_of_its_own(network: Network) -> None:
    case = accepted(network)
    put = network.by("office", "office").put
    assert put("/api/v1/case-paper-words", json={"words": [{"unit": "S01", "word": "滨市监城东"}]}).status_code == 200
    assert made(network, case, "acceptance")["text"] == "滨市监城东投受〔2026〕1号"
    answer = put("/api/v1/case-paper-words", json={"words": [{"unit": "S02", "word": "滨市监城东"}]})
    network.refused(answer, 409, "paper.word")
    handler = network.by("P2", "staff", person="P2")
    network.refused(handler.put("/api/v1/case-paper-words", json={"words": [{"unit": "S01", "word": "甲乙"}]}), 403)


def _fail(*_: Any) -> None:
    raise OSError("no space left")
