"""Forms as the gateway has them once they are named: little, much, and very long."""

from typing import Any

LONG = "按月对辖区内重点市场主体开展双随机检查，做到“检查有记录、问题有整改、整改有回访”；发现违法线索的，应在 3 个工作日内移送。"
BASE = {
    "bureau": "B00", "bureau_name": "云汀市工商行政管理局滨河分局", "inside": False, "cycle": "2026", "period": "2026-M01", "starts": "2026-01-01", "ends": "2026-01-31", "subject": "P0001",
    "layer": "person", "unit": "S01", "line": "routine_supervision", "fillable": True, "name": "张喆堃", "unit_name": "滨河工商所",
    "names": {"HS": "李所长", "P10": "王核评", "PS": "张喆堃"}, "choices": [],
}  # fmt: skip
TOTALS = {"full_points": "120.00", "self_points": "110.50", "points": "108.25"}


def review(items: int = 3, *, long: int = 1) -> dict[str, Any]:
    rows = [
        {
            "indicator": f"05-{number // 20 + 1:02d}-{number % 20 + 1:02d}", "name": "双随机抽查任务完成", "tool": "review",
            "category": "professional", "measure_unit": "户", "full_points": "5.00", "standard": LONG, "required_evidence": "检查记录",
            "target": "40", "status": "assessed" if number % 3 else None, "self_points": "4.25" if number % 3 else None,
            "points": "4.25" if number % 3 else None, "remark": "含补录 2 户" * (long if number == 1 else 1), "reason": "",
            "quantities": [
                {"key": "numerator", "label": "分子", "machine": "34", "declared": "34.00"},
                {"key": "denominator", "label": "分母", "machine": None, "declared": "40"},
            ],
            "evidence": ["检查记录 12 份"], "shown_evidence": ["检查记录 12 份", "现场照片.png"], "not_applicable": False, "differs": False,
            "declared_by": "PS", "verified_by": "HS", "assessed_by": "P10", "declaration": "d", "revision": 1,
        }
        for number in range(items)
    ]  # fmt: skip
    return {**BASE, "form": "review", "title": "工作绩效核评表", "rows": rows, "totals": TOTALS}


def orders(items: int = 2, form: str = "accountability") -> dict[str, Any]:
    rows = [
        {
            "order": f"o{number}", "indicator": "03-01-01", "name": "重点任务按时完成率", "category": "common", "full_points": "4.00",
            "title": "节前食品安全专项检查", "standard": LONG, "deadline": "2026-01-25", "status": "accepted",
            "notes": [{"on": "2026-01-10", "by": "PS", "text": "已查 12 户"}], "points": "4", "issued_by": "P10",
            "counts": [{"key": "numerator", "label": "按时完成", "value": "1"}, {"key": "denominator", "label": "应完成", "value": "1"}],
            "target": "1", "reason": "按标准完成", "judged_by": "P10", "completed_on": None, "revision": 2,
        }
        for number in range(items)
    ]  # fmt: skip
    title = "工作绩效问责表" if form == "accountability" else "临时工作考核表"
    totals = {"full_points": "8", "self_points": None, "points": None}
    return {**BASE, "form": form, "title": title, "rows": rows, "totals": totals}


def contributions(items: int = 2) -> dict[str, Any]:
    rows = [
        {
            "contribution": f"c{number}", "indicator": "11-01-03", "name": "受到表彰", "category": "contribution", "full_points": "10.00",
            "title": f"先进集体 {number}", "effect": LONG, "proof": "荣誉证书复印件", "level": "district",
            "levels": [{"key": "district", "label": "区级", "value": "1"}], "points": "1.00", "reason": "", "status": "settled",
            "screened_by": "HS", "settled_by": "P10",
        }
        for number in range(items)
    ]  # fmt: skip
    levels = [{"level": "national", "label": "国家级"}, {"level": "district", "label": "区级"}]
    choices = [{"indicator": "11-01-03", "name": "受到表彰", "full_points": "10", "levels": levels}]
    totals = {"full_points": "20", "self_points": None, "points": "2.00"}
    return {
        **BASE,
        "form": "contribution",
        "title": "工作绩效贡献表",
        "rows": rows,
        "choices": choices,
        "totals": totals,
    }


def evaluations(items: int = 2) -> dict[str, Any]:
    grades = [
        {"grade": one, "votes": votes} for one, votes in zip(("优", "好", "一般", "可以", "差"), "52100", strict=True)
    ]
    rows = [
        {
            "indicator": "11-04-06", "name": "服务对象满意度", "category": "additional", "full_points": "15.00", "status": "closed", "told": True, "ballots": 8,
            "grades": grades, "points": "12.30",
        }
        for _ in range(items)
    ]  # fmt: skip
    totals = {"full_points": "30", "self_points": None, "points": "24.60"}
    return {**BASE, "form": "subjective", "title": "工作绩效主观评估表", "rows": rows, "totals": totals}


ALL = (review(), orders(), orders(form="temporary"), contributions(), evaluations())
