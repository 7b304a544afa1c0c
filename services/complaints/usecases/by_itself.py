"""What is done for many cases without anybody's asking is done for each by itself: one that cannot be reckoned stops no other."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from services.complaints.storage.cases import CaseFile, Unread
from shared.logs import log

T = TypeVar("T")


def by_itself(found: Mapping[str, Unread], do: Callable[[CaseFile], T], task: str) -> tuple[list[T], list[str]]:
    """Return what ``do`` makes of each, and the codes of those of which it makes nothing, which the log tells with the reason."""
    made, faulty = [], []
    for code, read in found.items():
        try:
            made.append(do(read()))
        except Exception:  # whatever is wrong with one case is its own
            log.exception("a case cannot be reckoned", case=code, task=task)
            faulty.append(code)
    return made, faulty
