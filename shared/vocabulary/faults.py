"""What is wrong with a member of a request, in Chinese: the checks themselves speak English only."""

import re

_FAULTS = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        (r"Missing data for required field\.", "必填"),
        (r"Unknown field\.", "没有这一项"),
        (r"Field may not be null\.", "不能为空"),
        (r"Not a valid string\.", "应为文字"),
        (r"Not a valid integer\.", "应为整数"),
        (r"Not a valid number\.", "应为数字，最多六位小数"),
        (r"Not a valid boolean\.", "应为是或否"),
        (r"Not a valid date\.", "应为日期，如 2026-03-05"),
        (r"Not a valid (?:aware )?datetime\.", "应为日期和时间，如 2026-03-05T14:30:00+08:00"),
        (r"Not a valid UUID\.", "编号格式有误"),
        (r"Not a valid list\.", "应为列表"),
        (r"Not a valid mapping type\.|Invalid input type\.", "格式有误"),
        (r"Special numeric values.*", "应为普通数字"),
        (r"Must be one of: (.*)\.", r"应为以下之一：\1"),
        (r"Length must be between (\d+) and (\d+)\.", r"应有 \1 至 \2 个"),
        (r"Longer than maximum length (\d+)\.", r"最多 \1 个"),
        (r"Shorter than minimum length (\d+)\.", r"至少 \1 个"),
        (
            r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\.",
            r"应在 \1 至 \2 之间",
        ),
        (r"Must be greater than or equal to (\S+)\.", r"不能小于 \1"),
        (r"Must be less than or equal to (\S+)\.", r"不能大于 \1"),
        (r"String does not match expected pattern\.", "格式有误"),
        (r"One or more of the choices you made was in: .*", "含有不允许的字符"),
        (r"must not be empty", "不能为空白"),
        (r"between (\d+) and (\d+)", r"应在 \1 年至 \2 年之间"),
        (r"yuan and cents, nothing finer", "金额最多精确到分"),
        (r"at most four decimals", "最多四位小数"),
        (r"at most (\d+) decimals", r"最多 \1 位小数"),
        (r"a quantity is above 0", "数量须大于 0"),
        (r"only of users", "只有下发或删除人员时才能写工号"),
        (r"only of what is accepted, with a `reason`", "只有采纳的才能更正，并须写明理由"),
        (r"`pin` and `time` say which punch it was", "须写明是哪个工号、哪个时间的打卡"),
        (r"must be a network or an address: (\S+)", r"应为网段或地址，如 \1"),
        (r"must be a time zone: (\S+)", r"应为时区，如 \1"),
        (r"not before `starts`, within three years", "不能早于开始日，最长三年"),
        (r"together between 1 and 240 minutes", "合计应在 1 至 240 分钟之间"),
        (r"whole or half days", "应为整天或半天"),
        (r"ends after it starts, within a month", "结束须晚于开始，且在一个月内"),
        (r"not before `starts`", "不能早于开始日"),
        (r"two days or more, one of work, and no `shift` beside it", "轮班至少两天，其中有工作日，且不另写班次"),
        (r"ends before it starts", "结束早于开始"),
        (r"longer than a year", "超过一年"),
        (r"`from` and `to` belong together", "起止时间须同时填写"),
        (r"only (.+) are taken by the hour", r"只有 \1 可以按小时请"),
        (r"`to` after `from`, within `first` and `last`", "结束时间须晚于开始时间，且在起止日期之内"),
        (
            r"hours of one day, or of one night shift: more is leave by the half-day",
            "按小时请假限一天或一个夜班之内，更长的按半天请",
        ),
        (r"closes after it opens, within a day", "结束须晚于开始，且在一天内"),
        (r"after `from`, within 48 hours", "须晚于开始时间，且在 48 小时内"),
        (r"an indicator and unit are given twice", "同一指标和单位写了两次"),
        (r"an indicator and subject are given twice", "同一指标和对象写了两次"),
        (r"a result is given twice", "同一结果写了两次"),
        (r"a transfer goes to another, and is above 0", "只能转给别人，数量须大于 0"),
        (r"a transfer names each indicator once, a substitution none", "转交时每个指标写一次，顶替时不写指标"),
        (r"days are given to those who confirm", "确认的人才写天数"),
        (r"a cycle lies within its year", "考核年度须在该年之内"),
        (r"natures go with accept", "性质只随采纳填写"),
        (r"the floor is above the ceiling", "下限高于上限"),
        (r"the scope unit, and only it, names a unit", "范围为单位的须指明单位，其他范围不指明"),
        (r"a line or unit is named, the bureau is not", "口和单位的报告须指明对象，全局的不指明"),
        (r"a unit and a position, or outside", "须写明单位和岗位，或者本局以外"),
        (r"a unit, or another bureau", "写本局的单位，或者别的局，只写一样"),
        (r"ends before it begins", "结束早于开始"),
        (r"nothing to put", "没有要填写的内容"),
        (r"changes go with change and add, and are needed there", "修改和新增须写明改动，删除不写"),
        (r"a change says what it changes, a removal nothing", "修改须写明改动，删除不写"),
        (r"a sheet is base64 text of at most 16 MB", "表格文件应为 base64 文本，最大 16 MB"),
        (r"not base64", "不是 base64 文本"),
        (r"missing: (.+)", r"缺少：\1"),
        (r"every row has the same criteria", "各行的指标须一致"),
        (r"give either allocations or accept_proposals", "分解和采纳建议只能写一种"),
        (r"a day, or since and until", "写某一天，或者起止日期"),
        (r"until goes with a since before it", "截止日须有更早的起始日"),
        (r"a grade, or a grade for each dimension", "写一个等次，或者每个维度一个等次"),
        (r"who is dissatisfied is not satisfied", "不满意不能算满意"),
    )
)


def fault_in_chinese(english: str) -> str:
    """Return the Chinese of a check's message; a message in Chinese stays; one
    that nobody translated is called 有误."""
    for pattern, zh in _FAULTS:
        if found := pattern.fullmatch(english):
            return found.expand(zh)
    return english if not english.isascii() else "有误"
