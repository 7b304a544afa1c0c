"""An alarm about a clock reaches whoever keeps the clocks: once when it begins, once when it is over."""

from datetime import UTC, datetime
from typing import Any

from shared.actor import Actor, Grant
from shared.events import DeviceAlarm
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.states import B

KEEPER = Actor(account="clocks", name="信息科", bureau=B, person=None, grants=(Grant("devices", "bureau"),))


def alarm(**changes: Any) -> DeviceAlarm:
    state = {
        "bureau": B, "alarm": "a-1", "revision": 1, "serial": "CKJ1", "kind": "silent", "status": "open", "name": "大门", "place": "一楼",
        "since": datetime(2026, 1, 6, 1, tzinfo=UTC), "until": None, "zh": "失联", "en": "silent", "by": "system",
    }  # fmt: skip
    return DeviceAlarm(**{**state, **changes})


def test_an_alarm_is_a_notice_of_whoever_keeps_the_clocks(bureau: Bureau) -> None:
    over = alarm(revision=2, status="ended", until=datetime(2026, 1, 6, 2, tzinfo=UTC))
    for state in (alarm(), over, alarm(), over):
        bureau.service.take_DeviceAlarm([state])
    items = bureau.ask("list_notices", KEEPER, {})["items"]
    assert [(one["kind"], one["content"]["link"]) for one in items] == [
        ("device_alarm_over", "/devices/CKJ1"),
        ("device_alarm", "/devices/CKJ1"),
    ]
    assert bureau.ask("list_notices", "office", {})["items"] == []
