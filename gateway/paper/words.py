"""What papers call what the API names in English."""

from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAYERS = {"division": "机关科室", "station": "工商所", "person": "个人"}
LINES = {
    "access": "市场主体资质准入口",
    "routine_supervision": "市场主体行为常规监管口",
    "special_supervision": "市场主体行为非常规监管口",
    "enforcement_support": "行政执法保障综合口",
    "association_guidance": "协会指导口",
    "all": "五口",
}
CATEGORIES = {"common": "共性类", "professional": "专业类", "contribution": "贡献类", "additional": "附加类"}
COMPONENTS = {
    "personal": "个人得分",
    "unit": "所在科所综合分",
    "bureau": "分局得分",
    "layer_score": "本层得分",
    "members_mean": "所属人员平均分",
    "stations_line_mean": "各所本口平均分",
}
RULES = {
    "ratio": "比例计分",
    "deduct": "扣分",
    "accumulate": "累积计分",
    "tier": "分档计分",
    "grade": "等次评价",
    "checklist": "清单计分",
}
TOOLS = {
    "review": "核评法",
    "accountability": "问责法",
    "contribution": "贡献累积法",
    "subjective": "主观评估法",
    "electronic": "电子考核法",
}


def number(value: Any) -> str:
    return "—" if value is None else str(value)
