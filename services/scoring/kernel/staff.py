"""Persons' finals and ranks while numbers move: each is kept by his own part; the bureau's is added when asked (order.py)."""

from services.scoring.kernel.bureau import Rules
from services.scoring.kernel.columns import Organisation, Sheets
from services.scoring.kernel.exact import NONE, Mean, stage
from services.scoring.kernel.order import Order
from services.scoring.kernel.ranking import by_chain, places
from services.scoring.kernel.units import Units, stays_of


class Staff:
    """Persons by their number among the subjects; plain lists, so that large bureaus give the garbage collector nothing to walk."""

    def __init__(self, organisation: Organisation, sheets: Sheets, rules: Rules, units: Units) -> None:
        self._rules, self._sheets, self._units = rules, sheets, units
        weights = rules.composite["person"]
        self._personal, self._unit, self._bureau = (weights.get(name, 0) for name in ("personal", "unit", "bureau"))
        self._orders = (Order(self._personal), Order(self._personal + self._unit))  # without and with a unit's score
        everybody = len(sheets.score)
        self._n, self._d, self._bucket, self._order = ([each] * everybody for each in (0, 1, NONE, 0))
        self._scores: list[int] = sheets.score.tolist()
        subjects = organisation.persons.tolist()
        self._stays = dict(zip(subjects, stays_of(organisation), strict=True))
        self._members: dict[int, list[int]] = {}  # unit -> who has days in it
        for person, stays in self._stays.items():
            for unit in {unit for unit, _ in stays}:
                self._members.setdefault(unit, []).append(person)
        units.settle()
        for person in subjects:
            self._place(person)

    def scored(self, person: int, before: int, after: int) -> None:
        """Take in that a person's layer score is another one."""
        self._scores[person] = after
        self._units.person_scored(self._stays[person], before, after)
        self._place(person)

    def settle(self) -> None:
        for unit in self._units.settle():
            for person in self._members.get(unit, ()):
                self._place(person)

    def unit_part(self, person: int) -> Mean:
        """Return Σ days × U and Σ days over the stays in units that have a score; to be asked after ``settle``."""
        finals, own = self._units.finals, self._stays[person]
        if len(own) == 1:  # whose days then do not matter
            own = [(own[0][0], 1)]
        stays = [(days, finals[unit]) for unit, days in own if finals[unit] >= 0]
        return Mean(sum(days * final for days, final in stays), sum(days for days, _ in stays))

    def ranked(self) -> int:
        """Tell how many persons have a final score; to be asked after ``settle``."""
        return self._ranked(self._units.bureau())

    def standing(self, person: int) -> tuple[int, int, bool, bool]:
        """Return (final, rank, nominated, tied); to be asked after ``settle``."""
        bureau = self._units.bureau()
        final = self._final(person, bureau)
        if final < 0:
            return NONE, NONE, False, False
        better, rivals = self._above(final, bureau), self._above(final - 1, bureau)
        count = places(self._ranked(bureau), self._rules.quota_percent)
        nominated, tied = rivals <= count, False
        if final < self._rules.commend_from:
            return final, better + 1, False, False
        if better < count < rivals:
            nominated, tied = self._at_edge(person, final, count - better, bureau)
        return final, better + 1, nominated, tied

    def _place(self, person: int) -> None:
        score, stays, finals, number = self._scores[person], self._stays[person], self._units.finals, 0
        n, d = self._personal * score, 1
        if len(stays) == 1:
            if finals[stays[0][0]] >= 0:
                n, number = n + self._unit * finals[stays[0][0]], 1
        elif len(stays) > 1:
            part = self.unit_part(person)
            number = int(part.count > 0)
            n, d = n * (part.count or 1) + self._unit * part.total, part.count or 1
        self._n[person], self._d[person] = n, d
        bucket = (
            self._orders[number].bucket(n, d) if score >= 0 else NONE
        )  # nobody is ranked on the work of others alone
        self._move(person, number, bucket)

    def _move(self, person: int, number: int, bucket: int) -> None:
        before = self._bucket[person]
        if before == bucket and self._order[person] == number:
            return
        if before != NONE:
            self._orders[self._order[person]].take(person, before)
        if bucket != NONE:
            self._orders[number].put(person, bucket)
        self._bucket[person], self._order[person] = bucket, number

    def _bureau_weight(self, bureau: int) -> int:
        return self._bureau if bureau >= 0 else 0

    def _final(self, person: int, bureau: int) -> int:
        if self._bucket[person] == NONE:
            return NONE
        own = ((self._personal, self._scores[person]), (self._unit, self.unit_part(person)), (self._bureau, bureau))
        return int(stage(own, even=self._rules.even))

    def _ranked(self, bureau: int) -> int:
        weight = self._bureau_weight(bureau)
        return sum(order.size for order in self._orders if order.weight + weight)

    def _above(self, final: int, bureau: int) -> int:
        weight, even = self._bureau_weight(bureau), self._rules.even
        orders = [order for order in self._orders if order.size and order.weight + weight]
        return sum(order.above(final, bureau, weight, self._n, self._d, even=even) for order in orders)

    def _at_edge(self, person: int, final: int, left: int, bureau: int) -> tuple[bool, bool]:
        """Among all of this final, of whom ``left`` find room: whether the person is chosen, or tied by the chain too."""
        weight = self._bureau_weight(bureau)
        close = [one for order in self._orders if order.size for one in order.near(final, bureau, weight)]
        equal = [one for one in close if self._final(one, bureau) == final]
        chain = [self._sheets.categories[name][equal].clip(0) for name in self._rules.tie_chain]
        chosen, tied = by_chain(chain, len(equal), left)
        place = equal.index(person)
        return place in chosen, place in tied
