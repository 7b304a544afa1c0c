"""The words of roles and of what they reach: code → 中文."""

ROLES = {
    "staff": "职员",
    "unit_head": "科所负责人",
    "assessor": "核评科室",
    "hr": "人事科",
    "panel": "绩效考核小组",
    "leader": "局领导",
    "office": "考核办",
    "complaints_centre": "投诉举报中心",
    "devices": "设备管理员",
    "registrar": "机构管理员",
    "auditor": "审计员",
    "admin": "系统管理员",
    "security": "安全管理员",
}
REACHES = {"own": "本人", "unit": "单位", "line": "口", "bureau": "总口", "installation": "系统"}
PROPOSAL_STATES = {
    "proposed": "待确认",
    "confirmed": "已确认",
    "refused": "已拒绝",
    "withdrawn": "已撤回",
    "expired": "已过期",
}
PROPOSAL_STEPS = ("confirm", "refuse", "withdraw")
