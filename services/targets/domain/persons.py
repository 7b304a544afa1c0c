"""A person and the places they held, one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from shared.vocabulary.refusals import Refusal, Refused, conflict

POST, SECONDMENT, OUTSIDE = "post", "secondment", "outside"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A unit and position held from ``starts`` to ``ends``, both included; no ``ends`` while it lasts.

    A ``secondment`` is held within the bureau, away from one's post. While ``outside`` a person works for somebody else:
    the place names the post they will come back to, and counts nowhere.
    """

    unit: str
    line: str
    position: str
    head: bool
    starts: date
    ends: date | None = None
    kind: str = POST

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    @property
    def counts(self) -> bool:
        return self.kind != OUTSIDE

    @property
    def is_away(self) -> bool:
        return self.kind != POST

    def ending(self, day: date) -> "Place":
        return replace(self, ends=day)


@dataclass(frozen=True)
class Person:
    person: str
    name: str
    places: tuple[Place, ...]  # by start, without overlap
    active: bool = True
    revision: int = 1
    by: str = ""

    @property
    def counted_places(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.counts)

    def as_of(self, day: date) -> "Person":
        """Return them with ``active`` as it is on ``day``: of the staff to the last day of the last place."""
        ends = self.places[-1].ends
        return replace(self, active=ends is None or ends >= day)

    def place_on(self, day: date) -> Place | None:
        return next((place for place in self.places if place.holds_on(day)), None)

    def nearest_place(self, day: date) -> Place:
        """Return the place that counts on ``day``; before the first and after the last one, that one."""
        places = self.counted_places or self.places
        begun = [place for place in places if place.starts <= day]
        return begun[-1] if begun else places[0]

    def move(self, to: Place) -> "Person":
        """Move them: from ``to.starts`` on the person holds the new place; the one before ends the day before."""
        last = self.places[-1]
        if to.starts <= last.starts:
            raise conflict("assignment.order", "调动日期应晚于现任职起始日期", "a move must come after the last one")
        ended = last if last.ends is not None and last.ends < to.starts else last.ending(to.starts - _DAY)
        return self._with((*self.places[:-1], ended, to))

    def second(self, to: Place) -> "Person":
        """Second them: away from the post from ``to.starts`` to ``to.ends``; afterwards the post is held again."""
        at = next((n for n, place in enumerate(self.places) if place.holds_on(to.starts)), None)
        if at is None:
            raise conflict("assignment.none", "借调起始日没有任职", "no place is held on the first day")
        home = self.places[at]
        if home.is_away:
            raise conflict("assignment.away", "借调起始日已在借调中", "already away on the first day")
        if home.ends is not None and (to.ends is None or to.ends > home.ends):
            raise conflict("assignment.beyond", "借调不得超出现任职的截止日期", "beyond the end of the post")
        before = [home.ending(to.starts - _DAY)] if home.starts < to.starts else []
        away = to if to.counts else replace(home, starts=to.starts, ends=to.ends, kind=OUTSIDE)
        back = [replace(home, starts=to.ends + _DAY)] if to.ends is not None and to.ends != home.ends else []
        return self._with((*self.places[:at], *before, away, *back, *self.places[at + 1 :]))

    def recall(self, last_day: date) -> "Person":
        """Recall them: the secondment that began last ends with ``last_day``;
        the post is held again from the next day."""
        away = [n for n, place in enumerate(self.places) if place.is_away and place.starts <= last_day]
        if not away:
            raise conflict("assignment.not_away", "没有可以结束的借调", "there is no secondment to end")
        at = away[-1]
        home = next((place for place in reversed(self.places[:at]) if not place.is_away), None)
        following = self.places[at + 1 :]
        if following and (following[0].is_away or following[0].starts != (self.places[at].ends or last_day) + _DAY):
            raise conflict("assignment.order", "借调之后已有其他任职", "another place follows the secondment")
        if following and following[0].ends is not None and following[0].ends <= last_day:
            raise conflict("assignment.beyond", "借调不得超出任职的截止日期", "beyond the end of the post")
        if following:
            back: tuple[Place, ...] = (replace(following[0], starts=last_day + _DAY), *following[1:])
        elif home is None:
            raise conflict("assignment.none", "借调之前没有任职", "there was no post before the secondment")
        else:
            back = (replace(home, starts=last_day + _DAY, ends=None),)
        return self._with((*self.places[:at], self.places[at].ending(last_day), *back))

    def depart(self, last_day: date) -> "Person":
        """Let them leave: the last place ends with ``last_day``; from the next day
        on the person is no longer of the staff."""
        last = self.places[-1]
        if last_day < last.starts:
            raise conflict("assignment.order", "离任日期不得早于任职起始日期", "nobody leaves before they came")
        return self._with((*self.places[:-1], last.ending(last_day)))

    def without(self, starts: date) -> "Person":
        """Take back the change of ``starts``, which does not take place: a move, a
        secondment, or a departure with the day before."""
        at = next((n for n, place in enumerate(self.places) if n and place.starts == starts), None)
        if at is None:
            last = self.places[-1]
            if last.ends != starts - _DAY:
                raise conflict("assignment.none", "该日没有预定的变动", "nothing changes on that day")
            return self._with((*self.places[:-1], replace(last, ends=None)))
        before, following = self.places[at - 1], self.places[at + 1 :]
        if not following:
            ends = None if before.ends == starts - _DAY else before.ends
            return self._with((*self.places[: at - 1], replace(before, ends=ends)))
        if replace(following[0], starts=before.starts, ends=before.ends) != before:
            raise conflict("assignment.order", "之后已有其他任职", "another place follows")
        return self._with((*self.places[: at - 1], replace(before, ends=following[0].ends), *following[1:]))

    def corrected(self, places: Sequence[Place]) -> "Person":
        """Put the whole history right."""
        check_places(places)
        return self._with(tuple(places))

    def with_position(self, position: str, line: str, head: bool, since: date) -> "Person":  # noqa: FBT001
        """Put in that the position itself became another: of another line, or a
        head's. What was before ``since`` stays."""
        places: list[Place] = []
        for place in self.places:
            same = place.position != position or (place.line, place.head) == (line, head)
            if same or (place.ends is not None and place.ends < since):
                places.append(place)
                continue
            if place.starts < since:
                places.append(place.ending(since - _DAY))
            places.append(replace(place, line=line, head=head, starts=max(place.starts, since)))
        return self._with(tuple(places)) if places != list(self.places) else self

    def _with(self, places: tuple[Place, ...]) -> "Person":
        return replace(self, places=places, revision=self.revision + 1)


def check_places(places: Sequence[Place]) -> None:
    """Raise ``Refused`` where they are not in order, one at a time, the first one a post."""
    if found := misplaced(places):
        at, refusal = found
        raise Refused(replace(refusal, field=f"assignments.{at}"))


def misplaced(places: Sequence[Place]) -> tuple[int, Refusal] | None:
    """Return the first place that cannot be, by its number, and why."""
    if not places:
        return 0, _refusal("assignment.none", "至少应有一段任职", "at least one place is needed")
    if not places[0].unit:
        return 0, _refusal("assignment.none", "外借之前应有任职", "a post comes before working outside")
    for at, place in enumerate(places):
        if place.ends is not None and place.ends < place.starts:
            return at, _refusal("assignment.order", "截止日期早于起始日期", "it ends before it begins")
    for at, (one, following) in enumerate(pairwise(places), start=1):
        if one.ends is None or one.ends >= following.starts:
            return at, _refusal("assignment.overlap", "与上一段任职重叠", "overlaps the place before")
    return None


def _refusal(code: str, zh: str, en: str) -> Refusal:
    return Refusal("conflict", code, zh, en)
