"""The words of the organisation: code → 中文."""

from collections.abc import Mapping

LAYERS = {"division": "机关科室", "station": "工商所", "person": "个人"}
UNIT_KINDS = {
    "bureau": "分局",
    "division": "机关科室",
    "station": "工商所",
    "centre": "中心",
    "association": "协会",
    "body": "非常设机构",
}
# The lines of a bureau that has named none of its own; what is common to them goes by ``all``.
LINES = {
    "access": "资质准入口",
    "routine_supervision": "常规监管口",
    "special_supervision": "非常规监管口",
    "enforcement_support": "执法保障综合口",
    "association_guidance": "协会指导口",
}
ALL_LINES = "all"
ALL_LINES_NAME = "各口共用"
PLACE_KINDS = {"post": "任职", "secondment": "借调", "outside": "外借"}
SCHEDULED_KINDS = {"unit": "单位", "position": "岗位", "person": "人员"}
PANEL_NAME = "绩效考核小组"


def with_all(lines: Mapping[str, str]) -> dict[str, str]:
    """Return the lines and the word for what is common to them."""
    return {**lines, ALL_LINES: ALL_LINES_NAME}
