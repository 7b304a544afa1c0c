"""Bytes that nothing needs any more leave the store; then, and only then, their rows are forgotten."""

from typing import Any

from gateway.files.store import Store
from gateway.rpc import call
from shared.actor import system
from shared.errors import Problem
from shared.logs import log

Gone = list[dict[str, str]]  # {"evidence", "stored_as"}


def clear_away(store: Store, bureau: str, gone: Gone) -> None:
    """Clear away what is gone; a failure is logged and no more: whoever uploads next clears away what was left."""
    store.sweep()
    try:
        for one in gone:
            store.remove(one["stored_as"])
        if gone:
            call("declarations", "forget_evidence", _named(gone), actor=system(bureau))
    except Problem as problem:
        log.warning("evidence was not cleared away", reason=str(problem), files=len(gone))


def _named(gone: Gone) -> dict[str, Any]:
    return {"evidence": [one["evidence"] for one in gone]}
