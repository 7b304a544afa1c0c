"""Appeals against published scores: until the last day of the publication, changed through the items behind the score."""

from datetime import timedelta

import pytest

from services.declarations.storage import projections
from shared.clock import today
from shared.errors import Conflict, Invalid, NotFound
from shared.events import ScoresPublished, ScoresPublishedV1
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.checking import appeal, assessed, decide_appeal
from tests.component.declarations.states import CYCLE, B, cycle


def test_a_published_score_is_appealed_against_and_changes_through_its_items(bureau: Bureau):
    (declared,) = assessed(bureau, "PS")
    run = {"bureau": B, "cycle": CYCLE, "run": "r-1", "input_hash": "a", "result_hash": "b", "by": "a-office"}
    bureau.handle(projections.keep_runs, ScoresPublishedV1(**run, revision=2, status="approved"))
    with pytest.raises(Conflict):
        appeal(bureau, "PS", "score", "r-1")
    bureau.handle(projections.keep_runs, ScoresPublishedV1(**run, revision=3, status="published"))
    bureau.handle(projections.keep_cycles, cycle("published", 2))
    one, other = appeal(bureau, "PS", "score", "r-1"), appeal(bureau, "QS", "score", "r-1")
    with pytest.raises(Invalid):
        decide_appeal(bureau, "K1", one)
    items = [{"kind": "declaration", "item": declared, "counts": {"done": "5"}}]
    with pytest.raises(Invalid, match=r"items\.subject"):
        decide_appeal(bureau, "K1", other, items=items)
    with pytest.raises(NotFound):
        decide_appeal(bureau, "K1", one, items=[{**items[0], "item": "nothing"}])
    decide_appeal(bureau, "K1", one, items=items)
    assert str(bureau.ask("get_declaration", "K1", {"cycle": CYCLE, "declaration": declared})["points"]) == "2.50"
    assert decide_appeal(bureau, "K1", other, "upheld")["status"] == "upheld"


def test_a_score_is_appealed_against_until_the_day_that_its_publication_names(bureau: Bureau):
    """Longer than the terms where it gives more days, shorter where it gives fewer, and again when it is made longer."""

    def publish(run: str, revision: int, since: int, left: int) -> None:
        days = {"published_on": today() - timedelta(days=since), "objections_until": today() + timedelta(days=left)}
        own = {"bureau": B, "cycle": CYCLE, "run": run, "input_hash": "a", "result_hash": "b", "by": "a-office"}
        bureau.handle(projections.keep_runs, ScoresPublished(**own, **days, revision=revision, status="published"))

    bureau.handle(projections.keep_cycles, cycle("published", 2))
    publish("r-long", 3, since=60, left=0)
    assert appeal(bureau, "PS", "score", "r-long")
    publish("r-short", 3, since=2, left=-1)
    with pytest.raises(Conflict, match="too_late"):
        appeal(bureau, "PS", "score", "r-short")
    publish("r-short", 4, since=2, left=5)
    assert appeal(bureau, "PS", "score", "r-short")
