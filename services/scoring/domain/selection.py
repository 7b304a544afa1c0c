"""From ranking to list: nominate within the quota, strike vetoes, let the panel choose among the tied, final order. Each step is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.vocabulary.refusals import invalid

Row = Mapping[str, Any]
NOMINATED, STRUCK, TIED, CHOSEN, FINAL = "nominated", "struck", "tied", "chosen", "final"
STEPS = (NOMINATED, STRUCK, TIED, CHOSEN, FINAL)


@dataclass(frozen=True)
class Entry:
    """A subject in one step; ``place``: its rank, in the final order its place in the list."""

    layer: str
    step: str
    subject: str
    place: int
    reason: str


def first_steps(rows: Iterable[Row], quota: Mapping[str, Row]) -> list[Entry]:
    """Return what follows from the ranking by itself. ``rows``: the run's rows; ``quota``: layer -> its quota."""
    entries = []
    for row in sorted(
        (one for one in rows if one["rank"]), key=lambda one: (one["layer"], one["rank"], one["subject"])
    ):
        own = quota[row["layer"]]
        if row["nominated"]:
            entries.append(
                _entry(row, NOMINATED, f"第 {row['rank']} 名，{own['ranked']} 个对象中取 {own['places']} 名")
            )
        if row["struck"]:
            entries.append(
                _entry(row, STRUCK, "；".join(f"{one['indicator']} {one['reason']}" for one in row["vetoes"]))
            )
        if row["tied"]:
            entries.append(_entry(row, TIED, "与名额边缘的其他对象同分"))
    return entries


def final_steps(rows: Sequence[Row], quota: Row, chosen: Mapping[str, str]) -> list[Entry]:
    """Return the panel's choice among the tied of a layer (subject -> reason) and the order that comes of all steps.

    Raises ``Refused`` naming the subject that cannot be chosen so.
    """
    known = {row["subject"]: row for row in rows}
    for subject, reason in chosen.items():
        _check_choice(subject, known.get(subject), reason)
    left = quota["places"] - quota["nominated"]
    if len(chosen) > left:
        last = max(chosen)
        raise invalid(
            "selection.full", f"只剩 {left} 个名额，不能选 {len(chosen)} 人", f"only {left} places are left", last
        )
    listed = [row for row in rows if row["commended"] or row["subject"] in chosen]
    listed.sort(key=lambda row: (row["rank"], row["subject"]))
    final = [_entry(row, FINAL, "", place=_place(listed, row)) for row in listed]
    return [_entry(known[subject], CHOSEN, reason) for subject, reason in sorted(chosen.items())] + final


def _check_choice(subject: str, row: Row | None, reason: str) -> None:
    if row is None or not row["tied"]:
        raise invalid(
            "selection.not_tied", "只能在名额边缘同分的对象中选择", "only those tied at the edge can be chosen", subject
        )
    if row["vetoes"]:
        raise invalid("selection.vetoed", "有查实否决项的对象不能入选", "a vetoed subject cannot be chosen", subject)
    if not reason.strip():
        raise invalid("reason.required", "请说明选择的理由", "a choice needs its reason", subject)


def _place(listed: Sequence[Row], row: Row) -> int:
    """Equal ranks share a place in the list, too."""
    better = [one for one in listed if one["rank"] < row["rank"]]
    return len(better) + 1


def _entry(row: Row, step: str, reason: str, place: int | None = None) -> Entry:
    return Entry(row["layer"], step, row["subject"], row["rank"] if place is None else place, reason)
