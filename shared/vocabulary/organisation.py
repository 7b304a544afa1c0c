"""The words of the organisation: code → 中文."""

LAYERS = {"division": "机关科室", "station": "工商所", "person": "个人"}
UNIT_KINDS = {
    "bureau": "分局",
    "division": "机关科室",
    "station": "工商所",
    "centre": "中心",
    "association": "协会",
    "body": "非常设机构",
}
ROLES = {
    "staff": "工作人员",
    "unit_head": "单位负责人",
    "assessor": "核评人",
    "panel": "绩效考核小组",
    "leader": "分管领导",
    "office": "考核办",
    "hr": "人事部门",
    "complaints_centre": "12315 中心",
    "devices": "考勤设备",
    "auditor": "审计人员",
    "admin": "系统管理员",
}
