"""Tell whoever is concerned of each decision about them: once, in Chinese, with a link to the thing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from services.declarations.domain.told_decisions import Change, Told, decisions
from services.declarations.storage.appeals import terms_of
from services.declarations.storage.calendar import working_day_after
from services.declarations.storage.library import indicator_names, need_cycle
from services.declarations.storage.notices import NewNotice, keep_notices
from shared.clock import today
from shared.database import Session
from shared.ids import new_id
from shared.vocabulary.periods import period


def tell_decisions(session: Session, changes: Iterable[Change], by: str) -> None:
    """Tell what was decided by one command; many decisions of a kind about the same person are one notice."""
    grouped: dict[tuple[str, str, str, bool], list[Told]] = {}
    for one in decisions(changes, by):
        grouped.setdefault((one.address, one.kind, one.words, one.appealable), []).append(one)
    if not grouped:
        return
    first = next(iter(grouped.values()))[0].state
    told = _Telling(session, first.bureau, first.cycle, [one for group in grouped.values() for one in group])
    keep_notices(session, [told.row(address, kind, group) for (address, kind, *_), group in grouped.items()])


class _Telling:
    def __init__(self, session: Session, bureau: str, cycle: str, told: Sequence[Told]) -> None:
        self._bureau, self._cycle, self._on = bureau, cycle, today()
        codes = {one.state.indicator for one in told if one.state.indicator}
        self._names: Mapping[str, str] = indicator_names(session, bureau, cycle, codes)
        self._until = self._last_day(session) if any(one.appealable for one in told) else self._on

    def row(self, address: str, kind: str, group: Sequence[Told]) -> NewNotice:
        one = group[0]
        due = self._due(one)
        zh = self._words(one, len(group))
        if one.appealable:
            zh += f"。如有异议，可在 {self._until} 前申诉"
        return {
            "bureau": self._bureau,
            "notice": new_id(),
            "cycle": self._cycle,
            "address": address,
            "kind": kind,
            "about": one.about if len(group) == 1 else f"{one.about}+{len(group) - 1}",
            "on": self._on,
            "content": {
                "zh": zh,
                "en": f"{kind.replace('_', ' ')}: {one.item}" + (f" and {len(group) - 1} more" if group[1:] else ""),
                "count": len(group),
                "due_on": due.isoformat(),
                "link": one.link,
                "item": one.item,
            },
        }

    def _words(self, one: Told, number: int) -> str:
        named = self._names.get(one.state.indicator or "", one.state.indicator or "")
        of = getattr(one.state, "period", None)
        about = "".join(filter(None, [of and period(of), named and f"“{named}”"]))
        more = f"等 {number} 项" if number > 1 else ""
        return f"{about}{more}：{one.words}" + (f"。理由：{one.reason}" if one.reason.strip() else "")

    def _due(self, one: Told) -> date:
        """Until when something is to be done: the work, an answer, an appeal."""
        if one.kind in ("ordered", "order_changed"):
            due: date = one.state.deadline
            return due
        if one.kind == "asked":
            answer: date = one.state.answer_by
            return answer
        return self._until if one.appealable else self._on

    def _last_day(self, session: Session) -> date:
        terms, _ = terms_of(session, self._bureau, self._cycle)
        calendar = need_cycle(session, self._bureau, self._cycle).calendar
        return working_day_after(calendar, self._on, terms.on(self._on).file_days)
