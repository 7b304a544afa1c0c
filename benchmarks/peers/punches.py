"""What a clock's push is measured against: the same rows into the same table by PostgreSQL's own means, without checks or locks."""

import io
from datetime import datetime, timedelta
from threading import Lock
from time import perf_counter
from typing import Any

from sqlalchemy import Engine

_COLUMNS = "cycle, device, pin, time, status, verify, raw, received_at, bureau"
_ONE = f"INSERT INTO attendance.punches ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608

# half past eight and a quarter to six, each person some seconds after the other
PRESSED = """
    INSERT INTO attendance.punches (cycle, device, pin, time, status, verify, raw, received_at, bureau)
    SELECT '2026', 'C' || n %% 16, n::text, at, 255, 1, '', at, %(bureau)s
    FROM generate_series(0, %(people)s - 1) n,
        unnest(ARRAY[%(day)s::date + time '08:50' + n %% 700 * interval '1 second',
                     %(day)s::date + time '17:05' + n %% 700 * interval '1 second']::timestamp[]) local,
        LATERAL (SELECT local AT TIME ZONE 'Asia/Shanghai' AS at) instants
"""


class PlainPunches:
    """Rows of a clock of their own, each at another second."""

    def __init__(self, engine: Engine, device: str, start: datetime) -> None:
        self._engine = engine
        self._device = device
        self._next = start
        self._lock = Lock()

    def insert(self, _number: int = 0) -> float:
        """Insert one row and commit it; returns the seconds it took."""
        (row,) = self._rows(1)
        started = perf_counter()
        with self._engine.begin() as connection:
            connection.connection.cursor().execute(_ONE, row)
        return perf_counter() - started

    def copy(self, number: int) -> float:
        """Copy so many rows and commit them; returns the seconds it took."""
        text = "".join("\t".join(map(str, row)) + "\n" for row in self._rows(number))
        started = perf_counter()
        with self._engine.begin() as connection:
            cursor: Any = connection.connection.cursor()
            cursor.copy_expert(f"COPY attendance.punches ({_COLUMNS}) FROM STDIN", io.StringIO(text))
        return perf_counter() - started

    def _rows(self, number: int) -> list[tuple[Any, ...]]:
        with self._lock:
            first, self._next = self._next, self._next + timedelta(seconds=number)
        found = []
        for count in range(number):
            at = first + timedelta(seconds=count)
            raw = f"{count % 5000}\\t{at:%Y-%m-%d %H:%M:%S}\\t255\\t1\\t0\\t0"
            found.append((f"{at:%Y}", self._device, str(count % 5000), f"{at}+08", 255, 1, raw, f"{at}+08", "peer"))
        return found
