"""What a process holds takes no more room than it may, and what was used least recently goes."""

from services.scoring.usecases.held import Held


def _held(room: int, **sizes: int) -> Held:
    held = Held(room)
    for name, size in sizes.items():
        held.weigh(name, held.hold(name, object), size)
    return held


def _there(held: Held, names: str) -> str:
    """Which of them are held; none counts as used by being asked for."""
    return "".join(name for name in names if name in held._places)


def test_what_was_used_least_recently_makes_room() -> None:
    held = _held(30, a=10, b=10, c=10)
    held.find("a")
    held.weigh("d", held.hold("d", object), 10)
    assert _there(held, "abcd") == "acd"
    assert held.used == 30


def test_what_is_held_is_not_made_again() -> None:
    held = _held(30, a=10)
    first = held.find("a")
    assert held.hold("a", object) is first
    assert held.find("b") is None


def test_what_grows_makes_room_and_stays() -> None:
    held = _held(30, a=10, b=10, c=10)
    held.weigh("a", held._places["a"].one, 25)  # grew; b and c, used since, have to go
    assert _there(held, "abc") == "a"
    assert held.used == 25


def test_what_is_larger_than_the_room_is_held_alone() -> None:
    held = _held(30, a=10, b=10, c=70)
    assert _there(held, "abc") == "c"
    assert held.used == 70
    held.weigh("d", held.hold("d", object), 10)
    assert _there(held, "cd") == "d"
    assert held.used == 10


def test_what_went_meanwhile_is_not_weighed() -> None:
    held = _held(30, a=10)
    gone = held.find("a")
    held.forget()
    held.weigh("a", gone, 20)
    assert held.used == 0
    held.hold("a", object)
    held.weigh("a", gone, 20)
    assert held.used == 0
