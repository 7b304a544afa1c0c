"""What people and clocks want done, each a little story: it asks, goes on when it is answered, and says what has to be there then."""

from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from ops.client import CARRIED_OUT
from shared.clock import SHANGHAI
from tests.simulation.bureau import CENTRE, CLOCKS, CYCLE, HEAD, STAFF, STATION, Bureau, Due
from tests.simulation.nature import BEGINS

DONE_BEFORE: dict[str, Any] = {}  # the answer to what turns out to have been carried out by an earlier try
PUNCHED_AT_ONCE = 12


@dataclass(frozen=True)
class Ask:
    """A request; without a body a reading one. ``raw``: as a clock sends it. ``done``: the code by which is told that it is done,
    where no key may be kept with it (a vote leaves no trace of who sent it)."""

    by: str
    path: str
    body: Any = None
    query: dict[str, Any] = field(default_factory=dict)
    raw: bytes | None = None
    done: str = CARRIED_OUT

    @property
    def reads(self) -> bool:
        return self.body is None and self.raw is None


Life = Generator[Ask, Any, None]


@dataclass
class Acknowledged:
    """What clients were told is done, and so has to be there, once."""

    declarations: dict[tuple[str, str, str], tuple[str, int, str]] = field(
        default_factory=dict
    )  # status, revision, declaration
    claims: dict[str, int | None] = field(
        default_factory=dict
    )  # by unit; None where the answer that told how many was lost
    ballots: Counter[str] = field(default_factory=Counter)  # by campaign
    punches: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    cases: dict[str, tuple[str, int]] = field(default_factory=dict)  # by number: status, steps taken


def lives(bureau: Bureau, random: Random, kept: Acknowledged, size: int, begins: datetime = BEGINS) -> list[Life]:
    """Return the stories of one run, ``size`` declarations of them; the others in proportion. ``begins``: what all take for now."""
    due = random.sample(bureau.due, min(size, len(bureau.due)))
    chosen = [_declaring(bureau, one, random, kept) for one in due]
    chosen += [_claiming(unit, head, kept) for unit, head in bureau.heads.items()]
    chosen += [_voting(bureau, rater, random, kept) for rater in (HEAD, *STAFF)]
    chosen += [punching(serial, random, kept, range(size // 6)) for serial in CLOCKS]
    chosen += [complaining(f"2026-{number:05d}", random, kept, begins) for number in range(size // 3)]
    random.shuffle(chosen)
    return chosen


def _declaring(bureau: Bureau, due: Due, random: Random, kept: Acknowledged) -> Life:
    """Declared, verified and assessed; some are returned first, and declared again."""
    key = due.subject, due.indicator, due.period
    entry: dict[str, Any] = {"subject": due.subject, "indicator": due.indicator, "period": due.period}
    entry |= {"counts": _counts(due, random), "evidence": ["台账"]}
    yield Ask(due.subject, "declarations", {"cycle": CYCLE, "entries": [entry]})
    one = yield from _found(due)
    kept.declarations[key] = "declared", 1, one["declaration"]
    chosen, revision = {"declaration": one["declaration"]}, 1
    if random.random() < 0.2:
        yield Ask(HEAD, "declarations/return", {"cycle": CYCLE, "declarations": [chosen], "reason": "请补充佐证"})
        kept.declarations[key] = "returned", 2, one["declaration"]
        again = {**entry, "counts": _counts(due, random), "revision": 2}
        yield Ask(due.subject, "declarations", {"cycle": CYCLE, "entries": [again]})
        revision = 3
        kept.declarations[key] = "declared", revision, one["declaration"]
    if random.random() < 0.1:
        return
    yield Ask(HEAD, "declarations/verify", {"cycle": CYCLE, "declarations": [chosen]})
    kept.declarations[key] = "verified", revision + 1, one["declaration"]
    assessor = bureau.heads.get(one["assessor"], "boss")
    yield Ask(assessor, "declarations/assess", {"cycle": CYCLE, "declarations": [chosen]})
    kept.declarations[key] = "assessed", revision + 2, one["declaration"]


def _found(due: Due) -> Generator[Ask, Any, dict[str, Any]]:
    query = {"cycle": CYCLE, "subject": due.subject, "indicator": due.indicator, "period": due.period}
    there = yield Ask(due.subject, "declarations", query=query)
    (one,) = there["items"]
    return dict(one)


def _counts(due: Due, random: Random) -> dict[str, str]:
    if set(due.keys) == {"numerator", "denominator"}:
        whole = random.randint(1, 40)
        return {"numerator": str(random.randint(0, whole)), "denominator": str(whole)}
    return {key: str(random.randint(0, 3)) for key in due.keys}


def _claiming(unit: str, head: str, kept: Acknowledged) -> Life:
    answer = yield Ask(head, "claims/accept-proposals", {"cycle": CYCLE, "scope": "unit", "unit": unit})
    kept.claims[unit] = answer.get("claimed")


def _voting(bureau: Bureau, rater: str, random: Random, kept: Acknowledged) -> Life:
    for campaign, subject in zip(bureau.campaigns, STAFF, strict=False):
        if rater != subject:
            votes = {subject: random.choice(["优", "好", "一般"])}
            yield Ask(
                rater, "campaigns/ballots", {"ballots": [{"campaign": campaign, "votes": votes}]}, done="campaign.voted"
            )
            kept.ballots[campaign] += 1


def punching(
    serial: str,
    random: Random,
    kept: Acknowledged,
    pushes: Iterable[Any],
    *,
    since: datetime = BEGINS - timedelta(days=20),
    longest: int = 7200,
) -> Life:
    """A clock sends what it holds, now and then the last part again. ``longest``: seconds between two who press."""
    at = since.astimezone(SHANGHAI)
    last = b""
    for _ in pushes:
        told = []
        for _ in range(random.randint(1, PUNCHED_AT_ONCE)):
            at += timedelta(seconds=random.randint(60, longest))
            pin = str(int(random.choice(STAFF)[1:]))
            told.append((serial, pin, f"{at:%Y-%m-%d %H:%M:%S}"))
        body = "".join(f"{pin}\t{moment}\t255\t1\t0\t0\n" for _, pin, moment in told).encode()
        for sent in (body, last) if last and random.random() < 0.3 else (body,):
            yield Ask("", f"/iclock/cdata?SN={serial}&table=ATTLOG&Stamp=9999", raw=sent)
        kept.punches.update(told)
        last = body


def complaining(number: str, random: Random, kept: Acknowledged, begins: datetime) -> Life:
    """Registered, given to somebody, and handled."""
    at = begins.astimezone(SHANGHAI) - timedelta(days=3) + timedelta(minutes=random.randint(0, 300))
    new = {
        "kind": "complaint",
        "number": number,
        "intake_unit": "C01",
        "received_at": at.isoformat(),
        "at": at.isoformat(),
        "summary": "退款纠纷",
        "trader": "云汀百货",
        "consumer": "示范消费者",
    }
    yield Ask(CENTRE, "cases", {"cases": [new]})
    there = yield Ask(CENTRE, "cases", query={"q": number})
    (case,) = [one for one in there["items"] if one["number"] == number]
    kept.cases[number] = "registered", 1
    handler = random.choice(STAFF)
    steps: list[tuple[str, str, str, dict[str, Any]]] = [
        (CENTRE, "assign", "assigned", {"unit": STATION, "handler": handler}),
        (handler, "contact", "assigned", {}),
        (handler, "accept", "accepted", {}),
        (handler, "conclude", "concluded", {"outcome": "settled", "recovered": "120.00", "voucher": True}),
    ]
    for taken, (by, step, status, given) in enumerate(steps[: random.randint(1, 4)], start=2):
        at += timedelta(minutes=random.randint(5, 60))
        entry = {"case": case["code"], "step": step, "at": at.isoformat(), **given}
        yield Ask(by, "cases/steps", {"steps": [entry]})
        kept.cases[number] = status, taken
