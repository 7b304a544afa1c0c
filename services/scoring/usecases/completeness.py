"""A run is frozen only of inputs that are complete: the owners' counts, taken when freezing was asked for, prove it."""

from collections.abc import Mapping
from typing import Any

from services.scoring.domain.tallies import missing, unknown_kinds
from services.scoring.storage.arrived import arrived
from shared.database import Session
from shared.errors import Conflict, Invalid

Tallies = Mapping[str, Mapping[str, Any]]


def need_all_arrived(session: Session, bureau: str, cycle: str, expected: Tallies | None) -> None:
    """Raise ``Conflict``, naming every kind of which something is missing. None:
    whoever asks has waited himself (the replay)."""
    if expected is None:
        return
    need_every_kind(expected)
    lacking = missing(expected, arrived(session, bureau, cycle))
    if lacking:
        zh, en = "还有数据没有到齐，暂不能冻结核算", "not all facts have arrived yet"
        raise Conflict("run.facts_missing", zh=zh, en=en, errors=lacking)


def need_every_kind(expected: Tallies) -> None:
    lacking = unknown_kinds(expected)
    if lacking:
        names = ", ".join(lacking)
        raise Invalid("run.tallies_incomplete", zh=f"缺少来源计数：{names}", en=f"the owners' counts lack {names}")
