"""So many requests of one serial number at once. A clock asks one thing after the other; whoever asks more in its name, or one that is
broken, takes no other clock's turn."""

from collections import Counter
from threading import Lock

MOST = 4  # one, and what it gave up waiting for and sent again


class Crowd:
    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._inside: Counter[str] = Counter()

    def enter(self, serial: str) -> bool:
        """Tell whether there is room for one more, who has to ``leave`` then."""
        with self._lock:
            if self._inside[serial] >= self._most:
                return False
            self._inside[serial] += 1
            return True

    def leave(self, serial: str) -> None:
        with self._lock:
            self._inside[serial] -= 1
            if not self._inside[serial]:
                del self._inside[serial]
