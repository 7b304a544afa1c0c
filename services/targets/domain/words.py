"""The closed lists of words that the sheets may use (data/README.md §一, §四), with the names shown to people.

``LINES`` are the lines of a bureau that has named none of its own (storage/lines.py).
"""

from collections.abc import Mapping

LINES = {
    "access": "资质准入口",
    "routine_supervision": "常规监管口",
    "special_supervision": "非常规监管口",
    "enforcement_support": "执法保障综合口",
    "association_guidance": "协会指导口",
}
ALL_LINES = "all"
ALL_LINES_NAME = "各口共用"
CATEGORIES = {"common": "共性类", "professional": "专业类", "contribution": "贡献类", "additional": "附加类"}
LAYERS = {"division": "机关科室", "station": "工商所", "person": "个人"}
NATURES = {"routine": "常规性", "non_routine": "非常规性", "contribution": "贡献性", "additional": "附加"}
TOOLS = {
    "review": "核评法",
    "accountability": "问责法",
    "contribution": "贡献累积法",
    "subjective": "主观评估法",
    "electronic": "电子考核法",
}
RULES = {
    "ratio": "完成比例",
    "deduct": "扣分",
    "accumulate": "累计加分",
    "tier": "分档",
    "grade": "等次",
    "checklist": "清单",
    "veto": "否决",
}
FREQUENCIES = {"monthly": "月", "quarterly": "季", "half_yearly": "半年", "yearly": "年"}
SOURCES = {"declared": "自行申报", "attendance": "考勤取数", "complaints": "投诉举报取数"}
KINDS = {
    "bureau": "分局",
    "division": "机关科室",
    "station": "工商所",
    "centre": "中心",
    "association": "协会",
    "body": "非常设机构",
}
YES_NO = {"yes": "是", "no": "否"}
ROUNDINGS = ("half_up", "half_even")

# Units whose measures may be split finer than one: time, money and marks. Everything else is counted in whole things.
CONTINUOUS_UNITS = frozenset({"小时", "学时", "课时", "工作日", "分钟", "天", "分", "万元"})
PERCENT = "%"

# Figures that clocks and the 12315 network deliver, by the source that delivers them (data/README.md, 直接取数的指标).
FIGURES = {
    "attendance": (
        "late_early",
        "absence",
        "missed_punches",
        "unit_attendance",
        "meeting_absences",
        "study_sign_in",
    ),
    "complaints": (
        "accepted_in_time",
        "concluded_in_time",
        "mediation_success",
        "recovered_loss",
        "first_contact_days",
        "repeat_complaints",
        "dispatch_hours",
        "agreement_performance",
        "reports_verified_in_time",
        "report_result_told_in_time",
        "follow_ups",
        "follow_up_satisfaction",
    ),
}


def is_counted(measure_unit: str) -> bool:
    """Whether quantities in this unit are whole numbers (件, 户次 …) rather than shares, hours or money."""
    return measure_unit != PERCENT and measure_unit not in CONTINUOUS_UNITS


def with_all(lines: Mapping[str, str]) -> dict[str, str]:
    """The lines and the word for what is common to them."""
    return {**lines, ALL_LINES: ALL_LINES_NAME}
