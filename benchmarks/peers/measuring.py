"""What a benchmark does meanwhile, and the processor time that it takes: what a machine that others use too can tell."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median, quantiles
from threading import Event
from time import perf_counter
from typing import Any


@contextmanager
def counting(spent: Callable[[], Mapping[str, float]], used: Counter[str]) -> Iterator[None]:
    """Add to ``used`` the processor time that is spent meanwhile."""
    before = spent()
    yield
    used.update({name: seconds - before[name] for name, seconds in spent().items()})


def each(used: Mapping[str, float], number: int, what: str) -> str:
    parts = ", ".join(f"{name} {seconds / number * 1e3:.2f}" for name, seconds in used.items())
    return f"processor time of a {what}: {sum(used.values()) / number * 1e3:.2f} ms ({parts})"


def most(used: Mapping[str, float], number: int) -> float:
    """Return how many a second all cores could do."""
    return (os.cpu_count() or 1) * number / sum(used.values())


@contextmanager
def meanwhile(acts: Sequence[Callable[[], float]], pause: float = 0.0) -> Iterator[list[float]]:
    """Let each act again and again in a thread of its own; yields what they return."""
    done, found = Event(), list[float]()

    def work(act: Callable[[], float]) -> None:
        while not done.is_set():
            found.append(act())
            done.wait(pause)

    with ThreadPoolExecutor(len(acts)) as pool:
        running = [pool.submit(work, act) for act in acts]
        try:
            yield found
        finally:
            done.set()
        for one in running:
            one.result()


def seconds(act: Callable[[], Any], clock: Callable[[], float] = perf_counter) -> float:
    """Return how long ``act`` takes by ``clock``."""
    started = clock()
    act()
    return clock() - started


def times_of(act: Callable[[], Any], number: int) -> list[float]:
    """Return how long ``act`` took each time, ascending; a first time, which finds everything cold, is not among them."""
    act()
    return sorted(seconds(act) for _ in range(number))


def told(times: list[float]) -> str:
    return f"p50 {median(times) * 1e3:.0f} ms, p99 {quantiles(times, n=100)[98] * 1e3:.0f} ms"
