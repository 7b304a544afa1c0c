"""The words of 12315: code → 中文."""

CASE_KINDS = {"complaint": "投诉", "report": "举报"}
ORGANISATIONS = {"bureau": "市场监管局", "association": "消费者协会"}
CASE_STATES = {
    "registered": "已登记",
    "assigned": "已分派",
    "accepted": "已受理",
    "refused": "不予受理",
    "concluded": "已办结",
}
CASE_STEPS = {
    "assign": "分派",
    "contact": "首次联系",
    "accept": "受理",
    "refuse": "不予受理",
    "pause": "鉴定检测开始",
    "resume": "鉴定检测结束",
    "extend": "延长核查",
    "restart": "新线索重新计时",
    "conclude": "办结",
    "tell": "告知",
    "perform": "履行",
    "follow_up": "回访",
    "mark_repeat": "标记重复",
}
OUTCOMES = {
    "agreement": "达成调解协议",
    "settled": "双方和解",
    "terminated": "终止调解",
    "filed": "立案",
    "not_filed": "不予立案",
}
SATISFACTIONS = {"satisfied": "满意", "basically": "基本满意", "dissatisfied": "不满意"}
CLOCK_STATES = {
    "running": "计时中",
    "paused": "中止计时",
    "beyond_calendar": "日历未公布",
    "kept": "按时",
    "late": "逾期",
}
