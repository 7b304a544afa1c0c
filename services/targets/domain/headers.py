"""What the columns of each sheet are called: the reference's English names, and the Chinese ones that offices write."""

import re
import unicodedata
from collections.abc import Collection, Mapping

# sheet -> column -> names; the first is what an exported sheet shows
NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "indicators": {
        "code": ("指标编码", "编码", "三级指标编码", "编号", "代码", "指标代码"),
        "level1": ("一级指标", "一级指标名称", "一级"),
        "level2": ("二级指标", "二级指标名称", "二级"),
        "name": ("三级指标", "三级指标名称", "三级", "指标名称", "名称", "指标"),
        "category": ("指标类别", "类别", "考核类别"),
        "nature": ("指标性质", "性质"),
        "tool": ("考核方法", "考核工具", "工具", "考核办法"),
        "line": ("所属口", "口", "归口", "条线"),
        "layers": ("承担层次", "层次", "考核层次"),
        "measure_unit": ("计量单位", "单位"),
        "full_points": ("满分", "满分分值", "分值"),
        "rule": ("计分规则", "规则"),
        "rule_params": ("规则参数", "参数", "计分参数"),
        "frequency": ("考核周期", "周期", "频次", "申报周期"),
        "assessor": ("核评科室", "考核科室", "核评单位"),
        "evidence": ("佐证材料", "佐证"),
        "standard": ("考核标准", "标准", "评分标准"),
        "basis": ("职能依据", "依据"),
        "source": ("数据来源", "来源"),
        "per_person_cap": ("单人上限", "个人上限", "一人上限"),
    },
    "models": {
        "layer": ("层次", "考核层次"),
        "line": ("口", "所属口"),
        "common": ("共性类", "共性"),
        "professional": ("专业类", "专业"),
        "contribution": ("贡献类", "贡献"),
        "additional": ("附加类", "附加"),
    },
    "composite": {
        "target": ("合成对象", "对象"),
        "component": ("组成部分", "组成"),
        "weight": ("权重",),
        "definition": ("说明", "定义"),
    },
    "machine_figures": {"code": ("指标编码", "编码"), "figure": ("取数口径", "口径")},
    "lines": {"code": ("口编码", "编码"), "name": ("口名称", "名称")},
    "organisation": {
        "code": ("单位编码", "编码"),
        "name": ("单位名称", "名称"),
        "kind": ("单位类型", "类型"),
        "line": ("所属口", "口"),
        "parent": ("上级单位编码", "上级单位", "上级"),
        "notes": ("说明", "备注"),
        "active": ("是否在用", "在用"),
    },
    "positions": {
        "code": ("岗位编码", "编码"),
        "title": ("岗位名称", "岗位"),
        "unit_kind": ("所在单位类型", "单位类型"),
        "line": ("所属口", "口"),
        "duties": ("职责", "岗位职责", "职务说明", "职务说明书"),
        "head": ("是否单位负责人", "单位负责人", "负责人"),
        "unit": ("所在单位编码", "单位编码"),
    },
    "persons": {
        "person": ("人员编码", "工号", "编码"),
        "name": ("姓名",),
        "unit": ("单位编码", "单位"),
        "position": ("岗位编码", "岗位"),
        "starts": ("任职起始日期", "起始日期", "起"),
        "ends": ("任职截止日期", "截止日期", "止"),
        "kind": ("任职类型", "类型"),
    },
}
# worksheet titles by which a workbook's part is known; the first is what an exported one is called
TITLES: Mapping[str, tuple[str, ...]] = {
    "indicators": ("指标库", "指标", "三级指标"),
    "models": ("专业考核模型", "模型权重"),
    "composite": ("综合考核模型", "合成权重"),
    "machine_figures": ("取数口径",),
    "lines": ("口", "五口"),
    "organisation": ("机构", "机构表", "单位"),
    "positions": ("岗位", "岗位表", "职务说明书"),
    "persons": ("人员", "人员表", "任职"),
}
# Free texts, where spaces at the ends mean nothing; elsewhere they would make another code, name or word.
FREE_TEXTS = frozenset({"evidence", "standard", "basis", "duties", "notes", "definition", "rule_params"})
DAYS = frozenset({"starts", "ends"})
FROM_THE_CODE = frozenset({"level1", "level2"})  # filled from the row's code where merged cells left them blank
_YEAR = re.compile(r"(history|target)_(20[0-9]{2})")
_ASIDE = re.compile(r"\(.*?\)$")


def label(sheet: str, column: str) -> str:
    """Return what an exported sheet calls the column; one that no sheet has goes by its own name."""
    year = _YEAR.fullmatch(column)
    if year:
        return f"{year[2]}年实绩" if year[1] == "history" else f"{year[2]}年目标"
    return NAMES.get(sheet, {}).get(column, (column,))[0]


def known_names(sheet: str, columns: Collection[str]) -> dict[str, str]:
    """Return tidied name -> column, for the columns that the sheet may have."""
    found: dict[str, str] = {}
    for column in columns:
        for name in (column, *NAMES.get(sheet, {}).get(column, ()), *_with_year(column)):
            found.setdefault(tidy(name), column)
    return found


def tidy(name: str) -> str:
    """Return a heading without what people add to it: spaces, line breaks, full
    width, a star, an aside in parentheses."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).casefold().strip("*:")
    return _ASIDE.sub("", plain) or plain


def _with_year(column: str) -> tuple[str, ...]:
    found = _YEAR.fullmatch(column)
    if found is None:
        return ()
    kind, year = found.groups()
    if kind == "history":
        return tuple(name.format(year) for name in ("{}年实绩", "{}实绩", "{}年完成", "{}年完成数", "{}年", "{}"))
    return (*(name.format(year) for name in ("{}年目标", "{}目标", "{}年目标值", "{}年", "{}")), "目标", "目标值")
