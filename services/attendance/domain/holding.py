"""How many records a clock says that it holds, and how many of them never came."""

_RECORDS = 3  # of INFO: firmware, users, templates, records, address, …
_LONGEST = 9  # digits


def records_in(info: str) -> int | None:
    """Return how many records a clock's INFO tells of; None where it tells none."""
    parts = [one.strip() for one in info.split(",")]
    if len(parts) <= _RECORDS:
        return None
    number = parts[_RECORDS]
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= _LONGEST else None


def missing(held: int | None, kept: int, ahead: int | None) -> int:
    """Return how many records never came. ``held``: by the clock; ``kept``: of it by us; ``ahead``: by how many it was ahead of us
    when it was least: what it held before we knew it, less what was deleted on it."""
    return 0 if held is None or ahead is None else max(0, held - kept - ahead)
