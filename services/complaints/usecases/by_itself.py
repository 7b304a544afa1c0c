"""What is done for many cases without anybody's asking is done for each by itself: one that cannot be reckoned stops no other."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from services.complaints.storage.cases import CaseFile
from shared.logs import log

T = TypeVar("T")


def by_itself(files: Iterable[CaseFile], do: Callable[[CaseFile], T], task: str) -> tuple[list[T], list[str]]:
    """Return what ``do`` makes of each, and the codes of those of which it makes nothing, which the log tells with the reason."""
    made, faulty = [], []
    for one in files:
        try:
            made.append(do(one))
        except Exception:  # whatever is wrong with one case is its own
            log.exception("a case cannot be reckoned", case=one.case.code, task=task)
            faulty.append(one.case.code)
    return made, faulty
