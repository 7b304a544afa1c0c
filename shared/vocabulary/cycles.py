"""The words of a year (考核年度) and its model: code → 中文."""

CYCLE_STATES = {
    "draft": "筹备中",
    "open": "进行中",
    "closing": "收尾中",
    "closed": "已关账",
    "published": "已公布",
    "archived": "已归档",
    "discarded": "已作废",
}
PERMITS = {
    "change_library": "修改指标库",
    "change_model": "修改考核模型",
    "change_calendar": "修改日历",
    "allocate": "分解目标",
    "claim": "认领",
    "declare": "申报",
    "verify": "核实",
    "assess": "核评",
    "evaluate": "评价",
    "score": "计分",
    "propose_changes": "提出指标修改建议",
}
# What a revision of the model says, each part of which can be taken back by itself.
MODEL_PARTS = {
    "weights": "类别权重",
    "composite": "合成权重",
    "rounding": "舍入",
    "quota_percent": "先进比例",
    "tie_chain": "同分比较顺序",
    "grade_values": "等次系数",
    "evaluations": "评价取值",
}
MODEL_STATES = {"draft": "草稿", "scheduled": "待生效", "in_force": "生效", "withdrawn": "已撤回"}
ROUNDINGS = {"half_up": "四舍五入", "half_even": "四舍六入五成双"}
EVALUATIONS = {"raw": "按实投票数", "adjusted": "按宽严校正"}
