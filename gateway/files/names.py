"""What files that go out are called: one pattern for all of them, in Chinese, and in plain letters for programs that read nothing else."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class FileName:
    """``2026-M01-P0001-张三-工作绩效核评表.xlsx``, and plain ``review-2026-M01-P0001.xlsx``."""

    title: str  # 工作绩效核评表
    word: str  # review
    codes: tuple[str, ...]  # of what it is: year or period, subject, run
    ending: str = "pdf"
    who: str = ""

    def __str__(self) -> str:
        return f"{'-'.join(filter(None, (*self.codes, self.who, self.title)))}.{self.ending}"

    @property
    def plain(self) -> str:
        return plain_name(f"{'-'.join(filter(None, (self.word, *self.codes)))}.{self.ending}")


def plain_name(name: str) -> str:
    """Return what of a name is plain ASCII, its parts joined by hyphens: ``2026-P0001-反馈单.pdf`` → ``2026-P0001.pdf``."""
    stem, dot, ending = name.rpartition(".")
    parts = re.findall(r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*", stem if dot else name)
    return "-".join(parts or ["kaohe"]) + (f".{ending}" if dot and ending.isascii() and ending.isalnum() else "")
