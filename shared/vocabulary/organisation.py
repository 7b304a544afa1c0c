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
