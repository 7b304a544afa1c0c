"""Periods as people call them."""

_QUARTERS = "一二三四"


def period(code: str) -> str:
    """Say a period in Chinese: ``2026-M03`` → 2026 年 3 月; a code of another form as it is."""
    year, _, part = code.partition("-")
    kind, number = part[:1], part[1:]
    if kind == "M" and number.isdecimal():
        return f"{year} 年 {int(number)} 月"
    if kind == "Q" and number in ("1", "2", "3", "4"):
        return f"{year} 年第{_QUARTERS[int(number) - 1]}季度"
    if kind == "H" and number in ("1", "2"):
        return f"{year} 年{'上' if number == '1' else '下'}半年"
    return f"{year} 年全年" if part == "Y" else code


def period_place(code: str) -> tuple[str, int, str]:
    """Tell where a period stands among others: by its last month, as February
    comes before the first quarter is over."""
    year, _, part = code.partition("-")
    months = {"M": 1, "Q": 3, "H": 6}.get(part[:1])
    number = part[1:]
    return year, int(number) * months if months and number.isdecimal() else 12, code
