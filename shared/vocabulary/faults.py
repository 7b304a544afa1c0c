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
    )
)


def fault_in_chinese(english: str) -> str:
    """Return the Chinese of a check's message; a message in Chinese stays; one
    that nobody translated is called 有误."""
    for pattern, zh in _FAULTS:
        if found := pattern.fullmatch(english):
            return found.expand(zh)
    return english if not english.isascii() else "有误"
