"""Lists of cases go out as files: as the list shows them, no formula in them, nobody's name, and on the trail."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from services.complaints.usecases import importing
from shared.actor import system
from tests.component.complaints.network import Network, network
from tests.support.platform_exports import as_xlsx, rows

__all__ = ["network"]


def lines_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_a_list_goes_out_with_its_filters_as_csv_and_xlsx(network: Network) -> None:
    network.register(
        "2026-03-02", trader="=HYPERLINK(1)", consumer="王示例", phone="13900000001", summary="电话13900000001"
    )
    network.register("2026-03-03", kind="report", trader="云汀百货", summary="举报")
    answer = network.centre.get("/api/v1/cases/export?format=csv&kind=complaint")
    head, line = lines_of(answer)
    told = dict(zip(head, line, strict=True))
    assert (told["编号"], told["类型"], told["被投诉举报人"]) == ("2026-C01-投-000001", "投诉", "'=HYPERLINK(1)")
    assert told["收到时间"] == "2026-03-02 10:00"
    assert "王示例" not in answer.get_data(as_text=True)
    book = load_workbook(io.BytesIO(network.centre.get("/api/v1/cases/export?sort=number").get_data()))
    page = book.worksheets[0]
    assert [row[0].value for row in page.iter_rows(min_row=2)] == ["2026-C01-举-000001", "2026-C01-投-000001"]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_who_only_handles_takes_no_list_out_and_each_export_is_on_the_trail(network: Network) -> None:
    clerk = network.by("P2", "staff", person="P2")
    network.refused(clerk.get("/api/v1/cases/export"), 403)
    assert network.centre.get("/api/v1/cases/export?format=csv&q=手机").status_code == 200
    auditor = network.by("auditor", "auditor")
    trail = auditor.get("/api/v1/audit-trails/complaints?action=cases.exported").get_json()["items"]
    assert [(one["account"], sorted(one["changed"])) for one in trail] == [("centre", ["format", "q"])]


def test_an_export_of_the_platform_is_uploaded_and_watched(network: Network) -> None:
    network.today.now = network.today.moment("2026-04-20")
    sheet = as_xlsx(rows(3))
    upload = {"file": (io.BytesIO(sheet), "平台.xlsx")}
    answer = network.centre.post("/api/v1/case-imports?intake_unit=C01&dry_run=true", data=upload)
    assert answer.status_code == 202, answer.text
    assert (answer.get_json()["status"], answer.get_json()["total"], answer.get_json()["file_name"]) == (
        "queued",
        3,
        "平台.xlsx",
    )
    with network.world.service.begin(system("")) as session:
        ((whose, job),) = importing.to_do(session)
    while importing.go_on(network.world.service, whose, job):
        pass
    told = network.centre.get(f"/api/v1/case-imports/{answer.get_json()['job']}").get_json()
    assert (told["status"], told["done"], told["registered"]) == ("done", 3, 3)
    assert len(network.centre.get("/api/v1/case-imports").get_json()["items"]) == 1
    assert network.centre.get(f"/api/v1/case-imports/{answer.get_json()['job']}/faults").status_code == 200
    head = network.by("S01", heads="S01")
    network.refused(head.get(f"/api/v1/case-imports/{answer.get_json()['job']}/faults"), 403)
    again = {"file": (io.BytesIO(sheet), "平台.xlsx")}
    network.refused(head.post("/api/v1/case-imports?intake_unit=S01", data=again), 403)


def test_the_faults_of_an_import_are_a_sheet_to_put_the_file_right_by(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of them than the page shows."""
    monkeypatch.setattr(importing, "MOST_TOLD", 2)
    network.today.now = network.today.moment("2026-04-20")
    told = rows(5)
    told[0][1], told[2][0], told[3][11] = "=表扬", "", "很多"
    upload = {"file": (io.BytesIO(as_xlsx(told)), "平台.xlsx")}
    job = network.centre.post("/api/v1/case-imports?intake_unit=C01", data=upload).get_json()["job"]
    with network.world.service.begin(system("")) as session:
        ((whose, _),) = importing.to_do(session)
    while importing.go_on(network.world.service, whose, job):
        pass
    assert len(network.centre.get(f"/api/v1/case-imports/{job}").get_json()["faults"]) == 2
    assert len(network.centre.get("/api/v1/case-imports").get_json()["items"][0]["faults"]) == 2
    sheet = lines_of(network.centre.get(f"/api/v1/case-imports/{job}/faults?format=csv"))
    assert [line[:2] for line in sheet] == [["行号", "列"], ["2", "类型"], ["4", "平台编号"], ["5", "涉案金额"]]
    book = load_workbook(io.BytesIO(network.centre.get(f"/api/v1/case-imports/{job}/faults").get_data()))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == [2, 4, 5]
    network.refused(network.centre.get(f"/api/v1/case-imports/{uuid4()}/faults"), 404, "job.unknown")
