"""The words of the library (data/README.md §一, §四): code → 中文."""

CATEGORIES = {"common": "共性类", "professional": "专业类", "contribution": "贡献类", "additional": "附加类"}
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
CLAIM_EFFECTS = {
    "removed": "指标删除，认领解除",
    "not_eligible": "不再适用，认领解除",
    "quantity_dropped": "不再计数量",
    "quantity_needed": "需补报数量",
    "above_cap": "超出人均上限",
}
