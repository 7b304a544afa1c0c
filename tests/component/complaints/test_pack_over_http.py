"""案卷 over HTTP: everything of one case in one PDF, indexed and numbered through, for those who answer for the case."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from gateway.api import case_packs
from gateway.files.store import Store
from tests.component.complaints.network import Network, network, store
from tests.support.evidence_files import png

__all__ = ["network", "store"]


def put(network: Network, case: str, name: str, content: bytes) -> None:
    answer = network.centre.post(f"/api/v1/cases/{case}/attachments", data={"file": (io.BytesIO(content), name)})
    assert answer.status_code == 201, answer.text


def pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]


def test_a_case_is_taken_out_whole_by_who_answers_for_it_and_that_is_on_record(network: Network) -> None:
    case = network.register("2026-06-01", number="T7", consumer="张守信", phone="13800001111")
    network.took(case, "assign", unit="S01", handler="P2")
    network.took(case, "accept", "2026-06-02")
    paper = network.post(f"cases/{case}/papers", {"kind": "acceptance"}).json
    (row,) = network.centre.get(f"/api/v1/cases/{case}/notifications").json["items"]
    told = {"way": "letter", "proof": "XA10086", "paper": paper["paper"]}
    assert network.post(f"cases/{case}/notifications/{row['notification']}/tell", told).status_code == 200
    put(network, case, "照片.png", png())
    put(network, case, "说明.txt", "情况说明".encode())
    where = f"/api/v1/cases/{case}/pack"
    assert network.by("P2", "staff", person="P2").get(where).status_code == 403
    answer = network.by("head.S01", heads="S01").get(where)
    assert answer.status_code == 200, answer.text
    found = pages(answer.data)
    assert [f"第 {number} 页，共 {len(found)} 页" in page for number, page in enumerate(found, start=1)] == [
        True
    ] * len(found)
    index = found[1]
    wanted = ("案件基本情况", "办理经过", "告知情况", "文书", paper["text"], "附件", "照片.png", "说明.txt")
    assert [one for one in wanted if one not in index] == []
    whole = "".join(found)
    assert "XA10086" in whole
    assert "送达回证" in whole
    assert "不能打印" in whole
    place = next(number for number, page in enumerate(found, start=1) if "受理决定书" in page and "张守信：" in page)
    assert f"{paper['text']}" in index
    assert str(place) in index[index.index(paper["text"]) :][:200]
    auditor = network.by("auditor", "auditor")
    trail = auditor.get("/api/v1/audit-trails/complaints?action=collect_pack.looked").json["items"]
    assert [(one["account"], one["subject"]) for one in trail] == [("head.s01", case)]


def test_what_is_put_together_lies_where_the_sweep_of_the_store_takes_leftovers(
    network: Network, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay: list[str] = []

    def put_together(pack: dict[str, Any], _kind: str) -> bytes:
        lay.extend(one for part in pack["attachments"] for one in part["paths"])
        return b"%PDF"

    monkeypatch.setattr(case_packs, "printed", put_together)
    case = network.register("2026-06-01")
    put(network, case, "照片.png", png())
    assert network.centre.get(f"/api/v1/cases/{case}/pack").status_code == 200
    assert store.staging is not None
    assert [Path(one).is_relative_to(store.staging) for one in lay] == [True]
