"""Who talks with whom is kept by scoring: here each of the two is told, once, what waits for them."""

from datetime import date
from typing import Any

import pytest

from shared.events import ConversationChanged
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import CYCLE, B


def talk(status: str, revision: int, **changes: Any) -> ConversationChanged:
    state = {
        "bureau": B,
        "conversation": f"{CYCLE}/PS",
        "revision": revision,
        "kind": "before",
        "cycle": CYCLE,
        "subject": "PS",
        "unit": "S01",
        "status": status,
        "held_on": date(2026, 2, 10),
        "head": "HS",
        "by": "HS",
    }
    return ConversationChanged(**{**state, **changes})


def notices(bureau: Bureau, person: str) -> list[tuple[str, str, str]]:
    items = bureau.ask("list_notices", person, {})["items"]
    found = [one for one in items if one["kind"].startswith("talk_")]
    return [(one["kind"], one["content"]["zh"], one["content"]["link"]) for one in found]


def test_the_person_is_told_the_day_and_that_the_record_waits_and_the_head_what_came_of_it(bureau: Bureau):
    steps = ["asked", "drafted", "offered", "returned", "drafted", "offered", "confirmed"]
    states = [talk(step, number) for number, step in enumerate(steps, start=1)]
    for _ in range(2):  # however often it is told
        bureau.service.take_ConversationChanged(states)
    own, head = notices(bureau, "PS"), notices(bureau, "HS")
    assert ("talk_asked", f"{CYCLE} 年度：约您于 2026-02-10 进行考核前沟通，请安排时间", "/results/PS") in own
    assert sorted(kind for kind, *_ in own) == ["talk_asked", "talk_offered", "talk_offered"]
    assert sorted(kind for kind, *_ in head) == ["talk_confirmed", "talk_returned"]


@pytest.mark.parametrize(("kind", "words"), [("before", "考核前沟通"), ("after", "结果面谈")])
def test_a_unit_is_told_through_its_head_in_both_kinds(bureau: Bureau, kind: str, words: str):
    bureau.service.take_ConversationChanged([talk("asked", 1, subject="S01", head="L1", kind=kind)])
    (told,) = notices(bureau, "HS")
    assert told[0] == "talk_asked"
    assert words in told[1]
    assert notices(bureau, "PS") == []
