"""On PYTHONPATH of a process of a test: its clock is as wrong as the file that WRONG_CLOCK names says (seconds).

Python itself imports this module when it starts. What measures how long something takes (``time.monotonic``) stays right.
"""

import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

import shared.clock

_FILE = Path(os.environ["WRONG_CLOCK"])
_REREAD = 0.5  # seconds
_right, _right_ns = time.time, time.time_ns
_error, _until = 0.0, 0.0


def _wrong_by() -> float:
    global _error, _until
    if (at := time.monotonic()) >= _until:
        text = _FILE.read_text(encoding="ascii").strip()
        _error, _until = float(text or _error), at + _REREAD
    return _error


class _Told(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Any:
        return dt.datetime.fromtimestamp(time.time(), tz)


time.time = lambda: _right() + _wrong_by()
time.time_ns = lambda: _right_ns() + int(_wrong_by() * 1e9)
shared.clock.datetime = _Told  # type: ignore[attr-defined]
