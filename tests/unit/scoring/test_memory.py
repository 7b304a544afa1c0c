"""What is said to fit into memory is near to what it takes."""

import gc
import tracemalloc
from random import Random
from typing import Any

import pytest

from services.scoring.kernel.live import Live
from services.scoring.kernel.memory import frame_size, live_size
from services.scoring.kernel.packing import packed, unpacked
from shared.jsontext import canonical, loads
from tests.oracle.worlds import reference_bureau
from tests.unit.scoring.inputs import frame_of

NEAR = 0.35


def _world(times: int) -> dict[str, Any]:
    """The reference bureau of 300 with each of its people so many times."""
    world = reference_bureau(Random(1), 0 if times == 0 else 300)
    persons = [{**one, "person": f"{one['person']}-{n}"} for n in range(times) for one in world["persons"]]
    return {**{name: world[name] for name in ("cycle", "units", "indicators")}, "persons": persons}


@pytest.mark.parametrize("times", [0, 1, 10])
def test_the_estimate_is_near(times: int) -> None:
    text = canonical(_world(times))
    tracemalloc.start()
    try:
        frame = frame_of(loads(text))  # nothing of it is anybody else's
        assert frame.by_code
        gc.collect()
        of_frame = tracemalloc.get_traced_memory()[0]
        random = Random(1)
        points = {
            one.code: [random.randint(-1, int(item.full * 100)) for item in frame.items_of(one)]
            for one in frame.subjects
        }
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        live = Live(frame, points, {})
        live.result()
        live.order("person")
        gc.collect()
        of_live = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert frame_size(frame) == pytest.approx(of_frame, rel=NEAR)
    assert live_size(live) == pytest.approx(of_frame + of_live, rel=NEAR)


def test_packed_points_are_the_points_of_their_frame_and_of_no_other() -> None:
    frame, random = frame_of(_world(1)), Random(2)
    points = {one.code: [random.choice([-1, 0, 1, 2**40]) for _ in frame.items_of(one)] for one in frame.subjects}
    body = packed(Live(frame, points, {}))
    assert {code: own.tolist() for code, own in unpacked(frame, body).items()} == points
    smaller = frame_of({**_world(1), "persons": []})
    with pytest.raises(ValueError, match="points for a frame"):
        unpacked(smaller, body)
