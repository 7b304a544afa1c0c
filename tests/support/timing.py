"""Times of what a benchmark asks, beside its limit, with the processor time of this process."""

import sys
import time
from collections.abc import Callable
from typing import Any


class Times:
    """What ``act`` takes, asked ``number`` times after a first time that does not count."""

    def __init__(self, act: Callable[[], Any], number: int) -> None:
        act()
        processor = time.process_time()
        self.each = sorted(_seconds(act) for _ in range(number))
        self.processor = (time.process_time() - processor) / number

    def at(self, percent: int) -> float:
        return self.each[min(len(self.each) - 1, len(self.each) * percent // 100)]

    def __str__(self) -> str:
        told = "   ".join(f"p{one} {self.at(one) * 1000:>6.1f} ms" for one in (50, 95, 99))
        return f"{told}   own processor {self.processor * 1000:>5.1f} ms"


def held(what: str, times: Times, limit: float, percent: int, beside: str = "") -> bool:
    """Print the times with how much of ``limit`` (seconds, at the percentile ``percent``) they are, and tell whether they keep it."""
    share = times.at(percent) / limit
    mark = "" if share <= 1 else "   PASSED OVER"
    sys.stdout.write(f"{what:<66} {times}   p{percent} is {share:>4.0%} of {limit * 1000:.0f} ms{beside}{mark}\n")
    sys.stdout.flush()
    return share <= 1


def _seconds(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
