"""What a process keeps in memory although it can make it again: as much as there is room for; what was used least recently goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any, TypeVar, cast

from shared.settings import settings

Kept = TypeVar("Kept")
MEGABYTE = 1 << 20


@dataclass
class _Place:
    one: Any
    size: int = 0


class Held:
    """``room`` in bytes. What is larger than all of it is held alone: who works with it would make it anew at every look."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Any | None:
        """Return what is held under ``key``, as used now; None where nothing is."""
        with self._lock:
            if key not in self._places:
                return None
            self._places.move_to_end(key)
            return self._places[key].one

    def hold(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is held under ``key``, as used now; where nothing is, what ``make`` makes at once. It takes no room until weighed."""
        with self._lock:
            if key not in self._places:
                self._places[key] = _Place(make())
            self._places.move_to_end(key)
            return cast("Kept", self._places[key].one)

    def weigh(self, key: Hashable, one: object, size: int) -> None:
        """Tell how many bytes ``one`` takes by now. What went meanwhile, or was replaced, is not weighed."""
        with self._lock:
            place = self._places.get(key)
            if place is None or place.one is not one:
                return
            self.used += size - place.size
            place.size = size
            self._make_room(key)

    def forget(self) -> None:
        """Forget everything: it is made anew when it is next asked for."""
        with self._lock:
            self._places.clear()
            self.used = 0

    def _make_room(self, key: Hashable) -> None:
        for other in [one for one in self._places if one != key]:
            if self.used <= self.room:
                return
            self.used -= self._places.pop(other).size


@cache
def held() -> Held:
    """Return what this process holds."""
    return Held(int(settings.scoring_megabytes) * MEGABYTE)
