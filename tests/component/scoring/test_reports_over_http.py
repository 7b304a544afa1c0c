"""The year's report and the tables that go out."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import duckdb
from docx import Document
from openpyxl import load_workbook

from ops.reports.asking import Store
from ops.reports.storing import newest_published, store
from rules import rounded
from shared.actor import system
from tests.component.scoring.after_a_run import Results


def test_a_years_report_tells_bureau_line_and_unit_as_json_pdf_and_docx(results: Results) -> None:
    assert results.office.get(f"{results.at}/report").json["code"] == "run.not_approved"
    results.publish()
    whole = results.office.get(f"{results.at}/report").json
    people = results.office.get(f"{results.at}/scores?layer=person").json["items"]
    finals = [Decimal(one["final"]) for one in people if one["final"]]
    assert whole["layers"]["person"]["mean"] == f"{rounded(sum(map(Fraction, finals), Fraction(0)) / len(finals), 2):f}"
    assert sum(bar["persons"] for bar in whole["distribution"]) == len(finals)
    rates = [Decimal(one["rate"]) for one in whole["weakest"]]
    assert rates == sorted(rates)
    line = whole["lines"][0]["line"]
    assert results.office.get(f"{results.at}/report?scope=line&target={line}").json["layers"]["person"]["subjects"]
    assert results.office.get(f"{results.at}/report?scope=line").status_code == 422
    assert results.office.get(f"{results.at}/report?scope=unit&target=none").status_code == 404
    head = results.head("H99")
    assert head.get(f"{results.at}/report?scope=unit&target={results.unit}").json["target"] == results.unit
    assert head.get(f"{results.at}/report").status_code == 403
    assert results.office.get(f"{results.at}/report/pdf").data[:4] == b"%PDF"
    word = Document(BytesIO(results.office.get(f"{results.at}/report/docx").data))
    assert any("全局得分" in paragraph.text for paragraph in word.paragraphs)
    assert len(word.inline_shapes) >= 2


def test_tables_go_out_exact_as_xlsx_and_parquet_of_whom_one_may_see(results: Results, tmp_path: Path) -> None:
    results.publish(visible={"person": "own"})
    scores = {one["subject"]: one for one in results.office.get(f"{results.at}/scores?layer=person").json["items"]}
    book = load_workbook(BytesIO(results.office.get(f"{results.at}/export").data))
    head, *rows = book.active.iter_rows(values_only=True)
    at = head.index("综合得分")
    assert {row[0]: f"{Decimal(str(row[at])):.2f}" for row in rows} == {
        code: one["final"] for code, one in scores.items()
    }
    target = tmp_path / "points.parquet"
    target.write_bytes(results.office.get(f"{results.at}/points/export?format=parquet").data)
    found = duckdb.execute(f"SELECT subject, sum(points), count(*) FROM '{target}' GROUP BY ALL").fetchall()
    for subject, total, _ in found:
        tree = results.office.get(f"{results.at}/explanations/{subject}").json
        items = {
            item["indicator"]: item for line in tree["lines"] for one in line["categories"] for item in one["items"]
        }
        assert total == sum(Decimal(item["points"]) for item in items.values() if item["points"] is not None)
    own = results.staff(results.person).get(f"{results.at}/points/export?format=parquet")
    target.write_bytes(own.data)
    assert duckdb.execute(f"SELECT DISTINCT subject FROM '{target}'").fetchall() == [(results.person,)]
    live = results.office.get("/api/v1/standings/export?cycle=2026&format=parquet")
    assert (live.status_code, live.data[:4]) == (200, b"PAR1")


def test_explanations_go_out_item_by_item_with_their_arithmetic(results: Results, tmp_path: Path) -> None:
    target = tmp_path / "explained.parquet"
    target.write_bytes(results.office.get(f"{results.at}/explanations/export?format=parquet&layer=station").data)
    found = duckdb.execute(
        f"SELECT subject, indicator, formula, CAST(points AS VARCHAR), due FROM '{target}'"
    ).fetchall()
    station = found[0][0]
    tree = results.office.get(f"{results.at}/explanations/{station}").json
    items = {item["indicator"]: item for line in tree["lines"] for one in line["categories"] for item in one["items"]}
    expected = {(code, one["formula"], one["points"], one["periods"]["due"]) for code, one in items.items()}
    own = [row[1:] for row in found if row[0] == station]
    assert (set(own), len(own)) == (expected, len(expected))

    book = load_workbook(BytesIO(results.staff(results.person).get(f"{results.at}/explanations/export").data))
    head, *rows = book.active.iter_rows(values_only=True)
    at = {name: head.index(name) for name in ("代码", "层次", "类别", "计分办法", "说明")}
    assert {row[at["代码"]] for row in rows} == {results.person}
    assert {row[at["层次"]] for row in rows} == {"个人"}
    assert {row[at["类别"]] for row in rows} <= {"共性类", "专业类", "贡献类", "附加类"}
    assert all(row[at["说明"]] for row in rows)


def test_stations_go_out_with_the_scores_of_their_lines(results: Results) -> None:
    scores = {one["subject"]: one for one in results.office.get(f"{results.at}/scores?layer=station").json["items"]}
    head, *rows = load_workbook(BytesIO(results.office.get(f"{results.at}/export?layer=station").data)).active.iter_rows(values_only=True)  # fmt: skip
    at = head.index("市场主体资质准入口得分")
    assert {row[0]: None if row[at] is None else f"{row[at]:.2f}" for row in rows} == {
        code: one["line_scores"].get("access") for code, one in scores.items()
    }


def test_a_published_run_is_stored_as_parquet_and_counted_once(results: Results, tmp_path: Path) -> None:
    results.publish()
    whole = results.office.get(f"{results.at}/report").json
    with results.scoring.sessions.begin(system("")) as session:
        (run,) = newest_published(session)
        for _ in range(2):  # a second time replaces the first
            scores, points = store(session, tmp_path, run, "256MB")
    assert (run["run"], points > scores > 0) == (results.run, True)
    means = {row[0]: (row[1], row[2]) for row in Store(tmp_path).means(["layer"]).rows}
    layer = whole["layers"]["person"]
    assert means["person"] == (layer["ranked"], Decimal(layer["mean"]))
    assert Store(tmp_path).items(["indicator"]).rows
