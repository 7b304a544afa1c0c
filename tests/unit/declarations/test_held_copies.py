"""What is held in memory is bounded."""

from services.declarations.storage import copies
from services.declarations.storage.copies import Memory


def test_memory_is_bounded_and_keeps_what_was_asked_last() -> None:
    memory = Memory(largest=10_000)
    for number in range(1_000):
        memory.keep(number, "x" * 100)
        assert memory.find(0) is not None and memory.size <= 10_000
        memory.find(0)
    assert memory.find(0) == "x" * 100 and memory.find(999) == "x" * 100
    assert memory.find(1) is copies._ABSENT
    memory.keep("large", "x" * 20_000)
    assert memory.size == 0
