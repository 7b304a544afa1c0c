"""The words of the library: code → 中文. Lines are a bureau's own and stand in no list here."""

CATEGORIES = {"common": "共性类", "professional": "专业类", "contribution": "贡献类", "additional": "附加类"}
TOOLS = {
    "review": "核评法",
    "accountability": "问责法",
    "contribution": "贡献累积法",
    "subjective": "主观评估法",
    "electronic": "电子考核法",
}
RULES = {
    "ratio": "比例计分",
    "deduct": "扣分",
    "accumulate": "累积计分",
    "tier": "分档计分",
    "grade": "等次评价",
    "checklist": "清单计分",
    "veto": "一票否决",
}
FREQUENCIES = {"monthly": "月", "quarterly": "季", "half_yearly": "半年", "yearly": "年"}
