"""Whole years at random, in which people also withdraw, take back, move, leave and lose their head: the laws hold throughout."""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from itertools import count
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from services.declarations.storage import projections
from tests.component.declarations import random_contributions, random_disputes, random_steps
from tests.component.declarations.bureau import Bureau, settle_in
from tests.component.declarations.states import CYCLE
from tests.component.declarations.test_choices import TASKS
from tests.component.declarations.test_random_year import worth
from tests.component.declarations.walking import Row, Walk
from tests.component.declarations.year_laws import Laws
from tests.support.databases import Databases

SEEDS = range(1, 1 + int(os.environ.get("RANDOM_YEARS", "3")))
STEPS = [*random_steps.STEPS, *random_contributions.STEPS, *random_disputes.STEPS]
LENGTH = 340
LEVELS = {"national": 5, "provincial": 3, "district": 1}
RECORDED = {"declaration": "declarations.DeclarationChanged", "task_order": "declarations.TaskOrderChanged",
            "contribution": "declarations.ContributionChanged", "veto": "declarations.VetoChanged",
            "appeal": "declarations.AppealChanged", "spot_check": "declarations.SpotCheckChanged", "temporary_work": "work."}  # fmt: skip
KINDS = {  # each is accepted somewhere
    "declare", "draft", "withdraw", "verify", "return", "assess", "record", "take back a verification",
    "take back an assessment", "order", "accept", "refuse", "insist", "progress", "finish", "send back",
    "postpone", "judge", "withdraw an order", "take back of an order", "take back a judgement", "contribute",
    "answer shares", "screen", "opinion", "settle", "withdraw a contribution", "take back a screening",
    "take back a settlement", "report work", "confirm work", "assess work", "withdraw work",
    "take back a confirmation", "take back of work", "announce a check", "draw a check", "find",
    "check on the spot", "take back a finding", "close a check", "appeal", "decide an appeal",
    "withdraw an appeal", "propose a veto", "confirm a veto", "lift a veto", "delegate", "end a delegation",
    "hand up",
}  # fmt: skip
SHARE = Fraction(3, 5)  # of what is tried, at least, is accepted


@pytest.fixture
def ids(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """``ids(seed)``: identifiers are random by the seed as well, so that a year is the same again."""

    def start(seed: int) -> None:
        millis = count(1_767_571_200_000)
        monkeypatch.setattr("shared.ids.time", SimpleNamespace(time_ns=lambda: next(millis) * 1_000_000))
        monkeypatch.setattr("shared.ids.secrets", SimpleNamespace(randbits=Random(seed).getrandbits))

    return start


def test_the_laws_hold_through_random_years(
    database: Databases, on: Callable[[str], None], ids: Callable[[int], None]
) -> None:
    outcomes = Counter[tuple[str, bool]]()
    for seed in SEEDS:
        ids(seed)
        with Bureau.on(database("declarations")) as bureau:
            walk = Walk(bureau, seed, on)
            try:
                take(walk)
                what_is_kept_is_what_was_recorded(walk)
                points_are_explained(walk)
                nothing_was_told_twice(bureau)
            except Exception:
                print(f"the year of seed {seed}:", *walk.lines, sep="\n")  # noqa: T201  # whoever looks into it needs them
                raise
            outcomes += walk.outcomes
    assert {kind for kind, done in outcomes if done} == KINDS
    accepted = sum(number for (_, done), number in outcomes.items() if done)
    assert accepted > SHARE * outcomes.total(), outcomes


def take(walk: Walk) -> None:
    settle_in(walk.bureau)
    walk.bureau.handle(projections.keep_indicators, TASKS)
    walk.bureau.rule(declare=60, verify=65, assess=70, correct=5, remind=2, escalate=5)
    Laws(walk)
    weights, steps = zip(*STEPS, strict=True)
    for step in walk.random.choices(steps, weights, k=LENGTH):
        step(walk)
        walk.pass_days()


def what_is_kept_is_what_was_recorded(walk: Walk) -> None:
    """The lines of the audit trail about a thing, one laid over the other, are its row."""
    lines = walk.bureau.rows("SELECT subject, action, after FROM declarations.audit ORDER BY seq")
    for family, word in RECORDED.items():
        for item, row in walk.rows[family].items():
            state: Row = {}
            for line in lines:
                if line["subject"].rpartition("/")[2] == item and line["action"].startswith(word):
                    state |= json.loads(line["after"])
            names = set(state) & set(row)
            assert {"status", "counts"} & set(row) <= names
            assert {name: plain(row[name]) for name in names} == {name: plain(state[name]) for name in names}


def plain(value: Any) -> Any:
    """Numbers and days as they are kept, and as they are written in the trail."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    try:
        return Decimal(value).normalize()
    except InvalidOperation:
        return value


def points_are_explained(walk: Walk) -> None:
    for row in walk.rows["declaration"].values():
        if row["not_applicable"]:  # nothing was there to be measured: no points, and none are lost
            assert row["points"] == 0, row
            continue
        assert row["points"] == (expected := worth(row["indicator"], row["counts"], row["target"])), row
        if row["status"] == "draft":
            continue  # its declarer's own
        shown = walk.bureau.ask("get_declaration", "K1", {"cycle": CYCLE, "declaration": row["declaration"]})
        assert shown["points"] == expected, row
        assert shown["explanation"].endswith((f"= {expected:.2f}", f"得 {expected:.2f}")), shown
    listed = walk.bureau.ask("list_contributions", "K1", {"cycle": CYCLE, "limit": 500})["items"]
    assert {one["contribution"] for one in listed} == set(walk.rows["contribution"])
    settled: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in listed:
        brought = sum(
            (LEVELS[level] * number for level, number in (one["counts"] or one["claimed"]).items()), Decimal()
        )
        assert one["worth"] == brought.quantize(Decimal("0.01"), ROUND_HALF_UP), one
        settled[one["subject"]] += brought if one["status"] == "settled" else 0
    for one in listed:
        assert one["year"] == min(Decimal(10), settled[one["subject"]].quantize(Decimal("0.01"), ROUND_HALF_UP)), one


def nothing_was_told_twice(bureau: Bureau) -> None:
    told = Counter(
        (one["address"], one["kind"], one["about"]) for one in bureau.rows("SELECT * FROM declarations.notice")
    )
    assert [one for one, number in told.items() if number > 1] == []
    sent = [
        json.loads(row["body"])
        for row in bureau.rows("SELECT body FROM declarations.outbox WHERE event LIKE '%NoticeGiven%'")
    ]
    ids = Counter(state["notice"] for body in sent for state in body)
    assert ids == Counter(row["notice"] for row in bureau.rows("SELECT notice FROM declarations.notice"))
