"""The words of declaring: code → 中文."""

DECLARATION_STATES = {
    "draft": "草稿",
    "declared": "已申报",
    "verified": "已核实",
    "assessed": "已核评",
    "recorded": "已记录",
    "returned": "已退回",
}
PENDING_STATES = ("draft", "returned")  # still to be declared
VERIFIERS = {"head": "单位负责人", "hr": "人事部门", "complaints_centre": "12315 中心"}
VERSION_ENDS = {"return": "退回", "correct": "更正"}  # what ended a version of a declaration
CONSENT_STATES = {"asked": "待答复", "granted": "已同意", "refused": "不同意"}
CONSENT_DECISIONS = {"grant": "同意", "refuse": "不同意"}
DECIDING_STEPS = {"verify": "核实", "assess": "核评"}
DELEGATION_STATES = {"active": "有效", "ended": "已终止"}
DELEGATED_ROLES = {
    "unit_head": "单位负责人",
    "assessor": "核评人",
    "leader": "分管领导",
    "hr": "人事部门",
    "complaints_centre": "12315 中心",
}
