"""However many bureaus are looked at in turns, each is begun with once while there is room, and no more is held than there is."""

from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from ops.rebuilding import COPIES
from services.scoring.usecases import held as of_held
from services.scoring.usecases import incremental
from services.scoring.usecases.held import Held
from tests.component.scoring.conftest import Scoring, actor
from tests.component.scoring.states import states_of
from tests.oracle.worlds import small_bureau

MANY = 100


@pytest.fixture
def bureaus(scoring: Scoring) -> list[str]:
    """A small bureau so many times, each with its organisation, its library and its facts."""
    scoring.take(states_of(small_bureau(Random(5))))
    codes = [f"C{number:03}" for number in range(MANY)]
    with scoring.sessions.engine.begin() as connection:
        for table in (*COPIES, "facts_version"):
            names = connection.execute(
                text(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'scoring'"
                    " AND table_name = :table AND column_name <> 'bureau'"
                ),
                {"table": table},
            ).scalars()
            copied = ", ".join(f'"{name}"' for name in names)
            connection.execute(
                text(
                    f"INSERT INTO scoring.{table} (bureau, {copied}) SELECT code, {copied}"
                    f" FROM scoring.{table}, unnest(CAST(:codes AS text[])) AS one (code) WHERE bureau = 'B00'"
                ),
                {"codes": codes},
            )
    return codes


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Held:
    own = Held(of_held.held().room)
    monkeypatch.setattr(incremental, "held", lambda: own)
    return own


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bureaus that were begun with, by what was kept or from the facts."""
    found: list[str] = []
    real = incremental.read_standing

    def reading(session: Any, bureau: str, cycle: str) -> Any:
        found.append(bureau)
        return real(session, bureau, cycle)

    monkeypatch.setattr(incremental, "read_standing", reading)
    return found


def _look(scoring: Scoring, bureau: str) -> Any:
    return scoring.standing(actor("office", bureau=bureau), "station")["items"]


@pytest.mark.parametrize("number", [17, MANY])
def test_looked_at_in_turns_none_is_begun_with_twice(
    scoring: Scoring, bureaus: list[str], room: Held, begun: list[str], number: int
) -> None:
    some = bureaus[:number]
    looks = [[_look(scoring, bureau) for bureau in some] for _ in range(3)]
    assert begun == some
    assert looks[0] == looks[1] == looks[2]
    assert 0 < room.used <= room.room


def test_no_more_is_held_than_there_is_room_for(
    scoring: Scoring, bureaus: list[str], room: Held, begun: list[str]
) -> None:
    _look(scoring, bureaus[0])
    room.room = 3 * room.used + 1  # they are all of one size
    for bureau in (*bureaus[1:3], bureaus[0], bureaus[3]):
        _look(scoring, bureau)
    assert room.used <= room.room
    begun.clear()
    for bureau in (bureaus[0], bureaus[2], bureaus[3], bureaus[1]):  # that which was used least recently had to go
        _look(scoring, bureau)
    assert begun == [bureaus[1]]
