"""The people of the simulation: each logs in once, many act at a time."""

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

from ops.client import Api, log_in
from ops.demo.file import Entry

T = TypeVar("T")


class Crowd:
    """Connections by person; ``workers`` of them are busy at once."""

    def __init__(self, url: str, entries: Iterable[Entry], workers: int = 6) -> None:
        self._url = url
        self._entries = {entry["person"]: entry for entry in entries if entry["person"]}
        self._apis: dict[str, Api] = {}
        self._locks: dict[str, threading.Lock] = {person: threading.Lock() for person in self._entries}
        self._workers = workers

    def __contains__(self, person: str) -> bool:
        return person in self._entries

    def of(self, person: str) -> Api:
        """Return the person's connection; they log in when they are first needed."""
        with self._locks[person]:
            if person not in self._apis:
                entry = self._entries[person]
                self._apis[person] = log_in(self._url, entry["account"], entry["password"])
            return self._apis[person]

    def do(self, work: Callable[[T], None], tasks: Iterable[T], done: Callable[[], None] = lambda: None) -> None:
        """Do ``work`` on every task, some at a time; the first error ends it. ``done`` is called after each."""
        with ThreadPoolExecutor(self._workers) as pool:
            waiting = iter(tasks)
            running: set[Future[None]] = set()
            while running or (running := {pool.submit(work, task) for task in islice(waiting, 2 * self._workers)}):
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                for one in finished:
                    one.result()
                    done()
                running |= {pool.submit(work, task) for task in islice(waiting, len(finished))}


def in_lists(items: Iterable[T], size: int = 500) -> Iterable[list[T]]:
    walker = iter(items)
    while part := list(islice(walker, size)):
        yield part


def grouped(items: Iterable[T], key: Callable[[T], str]) -> Mapping[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
