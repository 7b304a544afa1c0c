"""What is advised, done: the facts put in and everything scored anew by the other way give exactly the promised gain."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules import check_counts
from services.scoring.domain.advice import Advice, Advisor
from services.scoring.domain.dossier import Dossier, Fact
from services.scoring.domain.frame import Frame, Subject
from services.scoring.domain.sheets import Sheet, score_subject
from services.scoring.usecases.scoring import score_bureau
from tests.oracle.worlds import small_bureau
from tests.properties.scoring.test_live import live_of
from tests.unit.scoring.inputs import dossier, frame_of

Row = dict[str, Any]
JUDGED = {"declaration": "assessed", "task_order": "judged", "contribution": "settled"}


def _advised(frame: Frame, subject: Subject, raw: Row) -> tuple[Sheet, list[Advice]]:
    own = Dossier.from_json(raw)
    sheet = score_subject(frame, subject, own)
    status = {one["fact"]: one["status"] for one in raw["facts"]}
    advisor = Advisor(frame, subject, own, status, going_on=True)
    return sheet, [one for one in map(advisor.of, sheet.items) if one]


def _raw(fact: Fact) -> Row:
    counts = {name: f"{number:f}" for name, number in fact.counts.items()}
    own = {name: getattr(fact, name) for name in ("kind", "fact", "indicator", "period", "not_applicable")}
    return {**own, "counts": counts, "status": JUDGED[fact.kind]}


def _done(raw: Row, advices: Sequence[Advice]) -> Row:
    """The dossier after the subject did what it was advised to."""
    facts = {(one["indicator"], one["fact"]): one for one in raw["facts"]}
    for one in advices:
        facts |= {(fact.indicator, fact.fact): _raw(fact) for fact in one.facts}
    return {**raw, "facts": list(facts.values())}


def _finals(world: Row, frame: Frame, changed: Row) -> dict[str, Any]:
    dossiers = (changed if code == changed["subject"] else dossier(world, code) for code in frame.by_code)
    return {row["subject"]: row["final"] for row in score_bureau(frame, dossiers).scoring.rows}


@given(st.integers(0, 2**32))
@settings(max_examples=25)
def test_what_is_advised_and_done_gives_exactly_the_promised_gain(seed: int) -> None:
    random = Random(seed)
    world = small_bureau(random)
    frame, live = frame_of(world), live_of(world)
    subject = random.choice(frame.subjects)
    raw = dossier(world, subject.code)
    _, advices = _advised(frame, subject, raw)
    before = live.row(subject.code)
    for one in random.sample(advices, min(3, len(advices))):
        assert one.then.points is not None
        promised = live.final_if(subject.code, {one.item.indicator: int(one.then.points * 100)})
        assert _finals(world, frame, _done(raw, [one]))[subject.code] == promised
    points = {one.item.indicator: int(one.then.points * 100) for one in advices if one.then.points is not None}
    assert _finals(world, frame, _done(raw, advices))[subject.code] == live.final_if(subject.code, points)
    assert live.row(subject.code) == before


@given(st.integers(0, 2**32))
@settings(max_examples=60)
def test_advice_can_be_followed_and_raises_the_items_points(seed: int) -> None:
    random = Random(seed)
    world = small_bureau(random)
    frame = frame_of(world)
    subject = random.choice(frame.subjects)
    _, advices = _advised(frame, subject, dossier(world, subject.code))
    for one in advices:
        assert one.item.tool != "subjective"
        assert one.now.points is None or one.gained > 0
        for fact in one.facts:
            counts = {name: Decimal(number) for name, number in fact.counts.items()}
            assert fact.not_applicable or not check_counts(one.item.rule, one.item.params, counts), (one, fact)
        if one.item.tool == "contribution":
            assert one.action == "wait" or one.now.terms
        if one.action == "declare":
            left = [code for code, cause in one.then.causes if cause == "not_declared"]
            assert not left
