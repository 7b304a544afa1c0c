"""Those who work meanwhile, over HTTP: the stories of the simulation, told by threads, each request with its key until it is answered."""

import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, takewhile
from random import Random
from typing import Any

import requests

from ops.client import _connections
from shared.clock import now
from shared.ids import new_id
from tests.faults.bureau import Tried
from tests.simulation.bureau import CLOCKS
from tests.simulation.clients import Refused, understood
from tests.simulation.lives import Acknowledged, Ask, Life, complaining, lives, punching

PEOPLE = 8  # who ask at once, beside the clocks
SHOWN = 600  # characters of what is wrong
HURRY = (5, 25)  # seconds until a connection, and until an answer; then it is asked again
PATIENCE = 420.0  # seconds until somebody who is not answered is a finding
PRESSED_SINCE = datetime(2026, 1, 5, tzinfo=UTC)


class Clients:
    """``share``: how much of the schedule is over, 0 to 1; the stories that end are spread over it, clocks and complaints fill the rest."""

    def __init__(self, deployment: Tried, seed: int, size: int, pause: float) -> None:
        self.kept, self.answered, self.tries = Acknowledged(), Counter[str](), 0
        self.wrong: list[str] = []
        self.share = 0.0
        self._deployment, self._random, self._pause = deployment, Random(f"lives {seed}"), pause
        self._lock = threading.Lock()
        self._over = threading.Event()
        ending = deque(lives(deployment.bureau, self._random, self.kept, size, now()))
        self.kept.ballots.update(dict.fromkeys(deployment.bureau.campaigns, 0))
        self._ending, self._all = ending, len(ending)
        cases = (complaining(f"2026-1{number:06d}", self._random, self.kept, now()) for number in count())
        stories: list[Iterator[Life]] = [self._of_people(cases)] * PEOPLE
        stories += [iter([self._of_a_clock(serial)]) for serial in CLOCKS]
        self._threads = [threading.Thread(target=self._work, args=(one,), daemon=True) for one in stories]

    def start(self) -> None:
        for one in self._threads:
            one.start()

    def finish(self) -> None:
        """Let everybody end what they have begun."""
        self.share = 1.0
        self._over.set()
        for one in self._threads:
            one.join(PATIENCE * 2)
        if sum(one.is_alive() for one in self._threads):
            self.wrong.append("somebody is not answered any more")

    @property
    def operations(self) -> int:
        return self.answered.total()

    def read(self, by: str, path: str, **query: Any) -> Any:
        """Return what is answered now."""
        return self._until_answered(Ask(by, path, query=query))

    def _of_people(self, endless: Iterator[Life]) -> Iterator[Life]:
        while True:
            with self._lock:
                due = self._ending and 1 - len(self._ending) / self._all <= self.share
                if not due and self._over.is_set():
                    return
                one = self._ending.popleft() if due else next(endless)
            yield one

    def _of_a_clock(self, serial: str) -> Life:
        pushes = takewhile(lambda _: not self._over.is_set(), count())
        return punching(serial, self._random, self.kept, pushes, since=PRESSED_SINCE, longest=180)

    def _work(self, stories: Iterator[Life]) -> None:
        try:
            for life in stories:
                self._live(life)
        except (Refused, TimeoutError) as refused:
            self.wrong.append(str(refused)[:SHOWN])
        except Exception as error:  # whatever ends a client is a finding
            self.wrong.append(f"{type(error).__name__}: {error}")

    def _live(self, life: Life) -> None:
        answer = None
        while True:
            with self._lock:
                try:
                    ask = life.send(answer)
                except StopIteration:
                    return
            answer = self._until_answered(ask)
            if not ask.reads:
                self.answered[_kind(ask)] += 1
            time.sleep(self._random.uniform(0, self._pause))

    def _until_answered(self, ask: Ask) -> Any:
        key, end, wait = new_id(), time.monotonic() + PATIENCE, 0.1
        while True:
            self.tries += 1
            answer = self._ask(ask, key)
            if answer is not None:
                return answer
            if time.monotonic() > end:
                raise TimeoutError(f"not answered within {PATIENCE:.0f} s: {ask}")
            time.sleep(wait)
            wait = min(wait * 1.6, 3)

    def _ask(self, ask: Ask, key: str) -> Any:
        try:
            response = self._sent(ask, key)
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
            return None
        return understood(ask, response.status_code, response.content)

    def _sent(self, ask: Ask, key: str) -> requests.Response:
        if ask.raw is not None:
            return _connections().post(self._deployment.named("clocks-1").url + ask.path, data=ask.raw, timeout=HURRY)
        session = self._deployment.bureau.sessions[ask.by]
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in session.cookies),
            "X-CSRF-Token": session.csrf,
        }
        address = f"{self._deployment.url}/api/v1/{ask.path}"
        if ask.reads:
            return _connections().get(address, params=ask.query, headers=headers, timeout=HURRY)
        headers["Idempotency-Key"] = key
        return _connections().post(address, json=ask.body, headers=headers, timeout=HURRY)


def _kind(ask: Ask) -> str:
    """What was done, as it is counted."""
    return "punches pushed" if ask.raw is not None else ask.path
