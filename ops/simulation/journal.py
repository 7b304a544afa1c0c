"""What the system acknowledged: kept beside the simulation, to be compared with what the system holds afterwards.

Counted are answers received. What was asked without an answer is asked again under its key and counted once.
"""

import json
import threading
from collections import Counter
from pathlib import Path


class Journal:
    """Thread-safe counters, written to ``path`` after every change of stage and at the end."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._counts: Counter[str] = Counter()
        self._stages: dict[str, float] = {}
        self._lock = threading.Lock()

    def add(self, what: str, count: int = 1) -> None:
        """Count what happened; ``what``: declarations, punches, cases, ballots,
        claims, orders, contributions, vetoes …"""
        with self._lock:
            self._counts[what] += count

    def stage(self, name: str, seconds: float) -> None:
        with self._lock:
            self._stages[name] = round(seconds, 2)
        self.write()

    @property
    def counts(self) -> dict[str, int]:
        with self._lock:
            return dict(self._counts)

    @property
    def stages(self) -> dict[str, float]:
        return dict(self._stages)

    def write(self) -> None:
        if self._path is None:
            return
        with self._lock:
            text = json.dumps(
                {"acknowledged": dict(self._counts), "seconds": self._stages}, ensure_ascii=False, indent=1
            )
        making = self._path.with_name(self._path.name + ".making")
        making.write_text(text + "\n", encoding="utf-8")
        making.replace(self._path)
