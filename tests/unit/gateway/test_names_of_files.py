"""Names of files: Chinese by RFC 5987, and a plain one that can still be read."""

import pytest

from gateway.files.giving import disposition
from gateway.files.names import FileName, plain_name


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("2026-P0001-反馈单.pdf", "2026-P0001.pdf"),
        ("工作绩效核评表-张三-2026年1月.xlsx", "2026-1.xlsx"),
        ("2026-表彰名单.pdf", "2026.pdf"),
        ("现场 照片.png", "kaohe.png"),
        ("library-2026-1.xlsx", "library-2026-1.xlsx"),
        ("说明", "kaohe"),
        ('a"b\r\n.csv', "a-b.csv"),
    ],
)
def test_the_plain_name_keeps_what_is_ascii(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_both_names_are_told() -> None:
    assert disposition("inline", "2026-名单.pdf") == (
        "inline; filename=\"2026.pdf\"; filename*=UTF-8''2026-%E5%90%8D%E5%8D%95.pdf"
    )


def test_what_the_system_makes_is_named_in_one_pattern() -> None:
    name = FileName("工作绩效核评表", "review", ("2026-M01", "P0001"), "xlsx", who="张三")
    assert (str(name), name.plain) == ("2026-M01-P0001-张三-工作绩效核评表.xlsx", "review-2026-M01-P0001.xlsx")
    assert str(FileName("先进名单", "commendations", ("2026",))) == "2026-先进名单.pdf"
