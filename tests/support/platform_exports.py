"""Exports of the national platform, invented: rows under the headings that such exports have."""

import csv
import io
import random
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

HEADINGS = (
    *("平台编号", "业务类型", "登记时间", "来源渠道", "投诉人姓名", "联系电话", "身份证号码", "联系地址"),
    *("被投诉人", "经营地址", "商品名称", "涉案金额", "诉求内容", "投诉内容", "处理单位"),
)


def rows(count: int, units: Sequence[str] = ("",), seed: int = 1, month: int = 3) -> list[list[str]]:
    dice = random.Random(seed)
    return [_row(number, dice, units, month) for number in range(count)]


def _row(number: int, dice: random.Random, units: Sequence[str], month: int) -> list[str]:
    kind = "举报" if number % 5 == 4 else "投诉"
    when = f"2026-{month:02d}-{1 + dice.randrange(27):02d} {8 + dice.randrange(12):02d}:{dice.randrange(60):02d}:00"
    who = [f"示例{number}", f"139{number:08d}", "", f"示范路{number % 500}号"]
    about = [f"云汀{number % 997}商行", f"云汀大道{number % 997}号", dice.choice(("手机", "服装", "食品", "家具"))]
    money = ["" if number % 3 else f"{dice.randrange(10, 9000)}.50", "退款"]
    return [
        f"PT2026{number:010d}",
        kind,
        when,
        "全国12315平台",
        *who,
        *about,
        *money,
        f"商品与说明不符{number}",
        dice.choice(units),
    ]


def as_csv(lines: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headings, *lines])
    return out.getvalue().encode(encoding)


def as_xlsx(lines: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet("导出")
    for line in (headings, *lines):
        page.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
