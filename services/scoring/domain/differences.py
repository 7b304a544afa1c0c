"""Where two JSON documents first differ, and what changed between two runs for each subject."""

from collections.abc import Iterator, Mapping
from typing import Any

Row = dict[str, Any]
COMPARED = ("final", "layer_score", "rank", "nominated", "struck", "commended", "tied")


def first_difference(frozen: Any, found: Any) -> Row | None:
    """Return ``{"at": path, "frozen", "recomputed"}`` of the first place that differs,
    walking keys in their order; None: identical."""
    for path, before, after in _differences(frozen, found, ()):
        return {"at": "/".join(path), "frozen": _short(before), "recomputed": _short(after)}
    return None


def changed_subjects(
    before: Mapping[str, Row], after: Mapping[str, Row], points: tuple[Mapping[str, Row], Mapping[str, Row]]
) -> list[Row]:
    """Return one entry for each subject whose result or points differ; ``points``:
    subject -> indicator -> points, before and after."""
    entries = (
        _changed(code, before.get(code), after.get(code), points[0].get(code, {}), points[1].get(code, {}))
        for code in sorted({*before, *after})
    )
    return [entry for entry in entries if entry]


def _changed(code: str, before: Row | None, after: Row | None, old: Row, new: Row) -> Row | None:
    results = {
        name: {"before": (before or {}).get(name), "after": (after or {}).get(name)}
        for name in COMPARED
        if (before or {}).get(name) != (after or {}).get(name)
    }
    items = [
        {"indicator": one, "before": old.get(one), "after": new.get(one)}
        for one in sorted({*old, *new})
        if old.get(one) != new.get(one)
    ]
    if not results and not items:
        return None
    row = after or before or {}
    own = {"subject": code, "layer": row.get("layer"), "unit": row.get("unit")}
    return {**own, "changes": results, "items": items, "entered": before is None, "left": after is None}


_ABSENT = object()


def _differences(one: Any, other: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted({*one, *other}):
            yield from _differences(one.get(key, _ABSENT), other.get(key, _ABSENT), (*path, key))
    elif isinstance(one, list) and isinstance(other, list):
        for place in range(max(len(one), len(other))):
            left = one[place] if place < len(one) else _ABSENT
            right = other[place] if place < len(other) else _ABSENT
            yield from _differences(left, right, (*path, str(place)))
    elif one is _ABSENT or other is _ABSENT or one != other:
        yield path, one, other


def _short(value: Any) -> str | None:
    text = None if value is _ABSENT or value is None else str(value)
    return text if text is None or len(text) <= 200 else f"{text[:200]}…"
