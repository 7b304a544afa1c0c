"""What is told to whom before and after a deadline. Written once for each address, kind and what it is about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, NotRequired, TypedDict

from shared.vocabulary.declarations import DECIDING_STEPS
from shared.vocabulary.periods import period as period_name

EVERYBODY = "everybody"  # of the bureau
CLOCKS_DESK = "desk:devices"  # whoever keeps the attendance clocks


class Content(TypedDict):
    """What a notice tells, as it is kept."""

    zh: str
    en: str
    count: int  # of what it tells about
    due_on: str  # an ISO date
    link: NotRequired[str]  # where the console shows it
    item: NotRequired[str]
    case: NotRequired[str | None]
    channel: NotRequired[str]
    phone: NotRequired[str]


class Key(NamedTuple):
    """What makes a notice said once."""

    address: str  # of a person or a duty (domain/duties.py)
    kind: str
    about: str


def key_of_order(address: str, due: date, *, late: bool) -> Key:
    return Key(address, "order_late" if late else "order_due", due.isoformat())


def key_of_step(address: str, step: str, due: date, *, late: bool) -> Key:
    return Key(address, f"{step}_late" if late else f"{step}_due", due.isoformat())


def key_of_neglect(address: str, step: str, unit: str, due: date) -> Key:
    return Key(address, f"{step}_escalated", f"{unit} {due}")


@dataclass(frozen=True)
class Notice:
    address: str  # address, kind and about are its ``Key``
    kind: str
    about: str
    due_on: date
    count: int
    zh: str
    en: str

    @property
    def content(self) -> Content:
        link = _LINKS[self.kind.partition("_")[0]]
        return {"due_on": self.due_on.isoformat(), "count": self.count, "zh": self.zh, "en": self.en, "link": link}


_LINKS = {"declare": "/declare", "verify": "/verify", "assess": "/assess", "order": "/orders"}  # in the console


def of_orders(address: str, due: date, count: int, on: date) -> Notice:
    """Return what is told of open orders: that they are due soon, or that the day has passed."""
    key = key_of_order(address, due, late=due < on)
    if due < on:
        zh = f"{count} 份任务单应于 {due} 前完成，已逾期，请尽快报完成或说明情况"
        return Notice(*key, due, count, zh, f"{count} orders were due on {due}")
    zh = f"{count} 份任务单将于 {due} 到期，请按期报完成"
    return Notice(*key, due, count, zh, f"{count} orders are due on {due}")


def to_declare(address: str, period: str, due: date, left: int, on: date) -> Notice:
    if due < on:
        zh = f"{period_name(period)}有 {left} 项未在 {due} 前申报，未申报的不得分；补报须先取得核评科室同意"
        en = f"{left} items of {period} were not declared by {due}; declaring them now needs the assessor's consent"
        return Notice(address, "declare_late", period, due, left, zh, en)
    zh = f"{period_name(period)}还有 {left} 项待申报，期限 {due}"
    en = f"{left} items of {period} are to be declared by {due}"
    return Notice(address, "declare_due", period, due, left, zh, en)


@dataclass(frozen=True)
class Lying:
    """Some items that wait for the same step by the same address until the same day."""

    address: str
    step: str  # verify, assess
    unit: str
    due_on: date
    escalates_on: date | None
    count: int
    next_up: str  # the address to which it escalates


def to_decide(lying: Iterable[Lying], on: date) -> Iterator[Notice]:
    """Yield one notice for each address, step and day: due or overdue."""
    counts: Counter[tuple[str, str, date]] = Counter()
    for one in lying:
        counts[one.address, one.step, one.due_on] += one.count
    for (address, step, due), count in sorted(counts.items()):
        late = due < on
        zh = f"{count} 项申报待{DECIDING_STEPS[step]}，期限 {due}" + (
            "，已逾期，请尽快办理；逾期情况已记录" if late else ""
        )
        en = f"{count} declarations are to be {_EN[step]} by {due}" + ("; that day has passed" if late else "")
        yield Notice(*key_of_step(address, step, due, late=late), due, count, zh, en)


def to_escalate(lying: Iterable[Lying], on: date) -> Iterator[Notice]:
    found: dict[tuple[str, str, str, date], int] = {}
    for one in lying:
        if one.escalates_on is not None and one.escalates_on <= on:
            key = (one.next_up, one.step, one.unit, one.due_on)
            found[key] = found.get(key, 0) + one.count
    for (address, step, unit, due), count in sorted(found.items()):
        may = "，您可代为核实" if step == "verify" else ""
        zh = f"{unit} 有 {count} 项申报应于 {due} 前{DECIDING_STEPS[step]}，至今未办{may}"
        en = f"{count} declarations of {unit} should have been {_EN[step]} by {due}"
        yield Notice(*key_of_neglect(address, step, unit, due), due, count, zh, en)


_EN: Mapping[str, str] = {"verify": "verified", "assess": "assessed"}
