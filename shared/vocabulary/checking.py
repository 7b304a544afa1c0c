"""The words of spot checks, vetoes and appeals: code → 中文."""

CHECKED_KINDS = {"declaration": "申报", "task_order": "任务单", "contribution": "贡献申报"}
SPOT_CHECK_KINDS = {"drawn": "随机抽查", "on_the_spot": "直接抽查"}
SPOT_CHECK_STATES = {"announced": "已公告", "drawn": "已抽取", "closed": "已办结", "cancelled": "已取消"}
SAMPLING_METHODS = {
    "gbt2828": "按 GB/T 2828.1 抽样",
    "rate": "按可容忍率",
    "points": "按分值",
    "size": "按指定数量",
}
SEVERITIES = {"normal": "正常检验", "tightened": "加严检验", "reduced": "放宽检验"}
INSPECTION_STATES = {"assigned": "待检查", "unassigned": "待指定", "found": "已检查", "cancelled": "已取消"}
VERDICTS = {"confirmed": "属实", "corrected": "更正", "false": "虚假"}
CORRECTION_CAUSES = {"spot_check": "抽查", "appeal": "申诉"}
VETO_STATES = {"proposed": "已提出", "confirmed": "已认定", "lifted": "已撤销"}
VETO_SOURCES = {"section": "科所", "spot_check": "抽查", "inspectorate": "监察", "complaints": "12315", "other": "其他"}
APPEAL_KINDS = {
    "verification": "核实",
    "assessment": "核评",
    "judgement": "任务单评定",
    "settlement": "贡献核定",
    "finding": "抽查结果",
    "veto": "否决",
    "score": "公布得分",
}
APPEAL_STATES = {"filed": "待处理", "upheld": "维持", "changed": "改变", "withdrawn": "已撤回"}
APPEAL_OUTCOMES = {"upheld": "维持原决定", "changed": "改变原决定"}
APPEAL_STEPS = {"file": "提出", "uphold": "维持", "change": "改变", "withdraw": "撤回"}
VETO_STEPS = {"propose": "提出", "confirm": "认定", "lift": "撤销"}
VETO_CHOICES = {step: zh for step, zh in VETO_STEPS.items() if step != "propose"}
APPEAL_CHOICES = {step: zh for step, zh in APPEAL_STEPS.items() if step != "file"}
