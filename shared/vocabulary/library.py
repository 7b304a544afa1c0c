"""The words of the library (data/README.md §一, §四): code → 中文."""

import rules

CATEGORIES = {"common": "共性类", "professional": "专业类", "contribution": "贡献类", "additional": "附加类"}
NATURES = {"routine": "常规性", "non_routine": "非常规性", "contribution": "贡献性", "additional": "附加"}
TOOLS = {
    "review": "核评法",
    "accountability": "问责法",
    "contribution": "贡献累积法",
    "subjective": "主观评估法",
    "electronic": "电子考核法",
}
RULES = {code: rule.title for code, rule in rules.RULES.items()}
FREQUENCIES = {"monthly": "月", "quarterly": "季", "half_yearly": "半年", "yearly": "年"}
SOURCES = {"declared": "自行申报", "attendance": "考勤取数", "complaints": "投诉举报取数"}
LIBRARY_STATES = {"draft": "草稿", "scheduled": "待生效", "published": "已发布"}
PROPOSAL_ACTIONS = {"change": "修改", "remove": "删除", "add": "新增"}
PROPOSAL_STATES = {
    "open": "待审定",
    "accepted": "已采纳",
    "rejected": "未采纳",
    "withdrawn": "已撤回",
    "applied": "已写入指标库",
}
PROPOSAL_ORIGINS = {"person": "人员提出", "results": "由考核结果提出"}
PROPOSAL_DECISIONS = {name: PROPOSAL_STATES[name] for name in ("accepted", "rejected")}
DRAFT_ACTIONS = {"put": "写入", "remove": "删除"}
# What the record of a draft tells; the first two are changes of one indicator, which can be taken back.
DRAFT_CHANGES = {**DRAFT_ACTIONS, "take_back": "撤回修改", "import": "整表导入", "discard": "作废草稿"}
DRAFT_CHANGE_STATES = {"standing": "有效", "taken_back": "已撤回", "replaced": "已被替换", "published": "已发布"}
CLAIM_EFFECTS = {
    "removed": "指标已删除，认领将释放",
    "not_eligible": "不再由此对象承担，认领将释放",
    "quantity_dropped": "指标不再分解数量，认领保留、数量取消",
    "quantity_needed": "指标改为分解数量，须补填认领数量",
    "above_cap": "超过新的单人上限",
}
# Units of what is counted piece by piece: half of one was not done.
WHOLE_UNITS = frozenset(
    ("项", "篇", "次", "户次", "件", "起", "人次", "条", "户", "卷", "个", "份", "场次", "家", "场", "家次", "条次", "处", "批次", "类", "期", "件次", "台次",
     "人", "名", "台", "宗", "批", "册", "例", "本", "所", "道", "封"),
)  # fmt: skip
YES_NO = {"yes": "是", "no": "否"}
# Figures that clocks and the 12315 network deliver, by the source that delivers them (data/README.md, 直接取数的指标).
MACHINE_FIGURES = {
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
