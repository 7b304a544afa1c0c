"""What is kept apart, decided on one by one: doubtful times, clocks out of service, lines that are no punch."""

from typing import Any

from flask.testing import FlaskClient

from tests.component.attendance.desk import MARCH, done, hr, items, push, refused, world
from tests.support.over_http import World

__all__ = ["hr", "world"]


def key(punch: Any, **more: Any) -> dict[str, Any]:
    return {name: punch[name] for name in ("device", "pin", "time", "status", "verify")} | more


def test_a_doubtful_time_is_corrected_with_a_reason_and_counts_as_it_was(world: World, hr: FlaskClient) -> None:
    push(world, "2000-01-01 17:02:00")
    (doubted,) = items(hr, "punches?state=suspect&undecided=true&person=P1")
    really = f"{MARCH[1]}T17:02:00+08:00"
    assert refused(hr, "punches/decide", {"punches": [key(doubted, accept=True, correct_to=really)]})
    late = key(doubted, accept=True, correct_to="2099-01-01T08:00:00+08:00", reason="x")
    assert refused(hr, "punches/decide", {"punches": [late]}) == "punch.time"
    told = done(hr, "punches/decide", {"punches": [key(doubted, accept=True, correct_to=really, reason="电池")]})
    assert told == {"accepted": 1, "refused": 0}
    (counted,) = items(hr, f"punches?person=P1&from={MARCH[1]}&to={MARCH[1]}&state=stored")[1:]
    assert (counted["time"], counted["raw"]) == (f"{MARCH[1]}T09:02:00+00:00", "1\t2000-01-01 17:02:00\t255\t1")
    (decided,) = items(hr, "punches?state=suspect")
    assert (decided["decision"], decided["corrected_to"]) == ("corrected", f"{MARCH[1]}T09:02:00+00:00")
    assert items(hr, "punches?state=suspect&undecided=true") == []


def test_what_a_clock_out_of_service_sent_is_accepted_or_refused_one_by_one(world: World, hr: FlaskClient) -> None:
    done(hr, "devices", {"serial": "OLD1", "name": "旧机"})
    done(hr, "devices/OLD1/retire")
    push(world, f"{MARCH[1]} 17:02:00", f"{MARCH[2]} 12:00:00", serial="OLD1")
    first, second = items(hr, f"punches?state=quarantined&device=OLD1&person=P1&from={MARCH[1]}&to={MARCH[2]}")
    assert (first["person_name"], first["unit_name"]) == ("P1", "D10")
    rows = [key(first, accept=True, state="quarantined"), key(second, accept=False, state="quarantined")]
    assert done(hr, "punches/decide", {"punches": rows}) == {"accepted": 1, "refused": 1}
    assert refused(hr, "punches/decide", {"punches": rows[:1]}) == "punch.decided"
    push(world, f"{MARCH[1]} 17:02:00", serial="OLD1")
    assert items(hr, "punches?state=quarantined&undecided=true") == []
    assert [one["device"] for one in items(hr, f"punches?from={MARCH[1]}&to={MARCH[1]}")] == ["CKJ1", "OLD1"]
    assert done(hr, "devices", {"serial": "OLD1", "name": "旧机"})["released"] == 0, "what was refused stays so"


def test_a_clock_nobody_approved_is_decided_on_as_a_clock(world: World, hr: FlaskClient) -> None:
    push(world, f"{MARCH[1]} 17:02:00", serial="NEW1")
    (waiting,) = items(hr, "punches?state=quarantined")
    row = key(waiting, accept=True, state="quarantined")
    assert refused(hr, "punches/decide", {"punches": [row]}) == "punch.unknown"


def test_a_line_that_is_no_punch_becomes_the_one_it_was_or_is_laid_aside(world: World, hr: FlaskClient) -> None:
    push(world, "1 at 17:02", "nonsense")
    lines = sorted(items(hr, "punches/rejected?undecided=true"), key=lambda one: one["raw"])
    keys = [{name: one[name] for name in ("device", "digest")} for one in lines]
    assert refused(hr, "punches/rejected/decide", {"lines": [keys[0] | {"accept": True, "reason": "手写"}]})
    was = {"pin": "1", "time": f"{MARCH[1]}T17:02:00+08:00", "accept": True, "reason": "手写"}
    assert refused(hr, "punches/rejected/decide", {"lines": [keys[0] | was | {"digest": "0"}]}) == "line.unknown"
    both = [keys[0] | was, keys[1] | {"accept": False, "reason": "不是打卡"}]
    assert done(hr, "punches/rejected/decide", {"lines": both}) == {"accepted": 1, "refused": 1}
    assert [one["raw"] for one in items(hr, f"punches?from={MARCH[1]}&to={MARCH[1]}")][1] == "1 at 17:02"
    assert items(hr, "punches/rejected?undecided=true") == []
    assert [one["decision"] for one in items(hr, "punches/rejected")].count("refused") == 1


def test_nobody_decides_on_what_is_kept_apart_of_oneself(world: World, hr: FlaskClient) -> None:
    push(world, "2000-01-01 17:02:00", "1 at 17:02")
    own = world.log_in("own", "hr", person="P1")
    (doubted,) = items(hr, "punches?state=suspect")
    assert refused(own, "punches/decide", {"punches": [key(doubted, accept=True)]}) == "attendance.forbidden"
    (line,) = items(hr, "punches/rejected")
    row = {
        "device": "CKJ1",
        "digest": line["digest"],
        "accept": True,
        "reason": "x",
        "pin": "1",
        "time": "2026-03-02T08:00:00",
    }
    assert refused(own, "punches/rejected/decide", {"lines": [row]}) == "attendance.forbidden"
