"""Bytes that nothing needs any more leave the store; then, and only then, their rows are forgotten."""

from typing import Any

from gateway.files.store import Store
from gateway.rpc import call
from shared.actor import system
from shared.errors import Problem
from shared.logs import log

Gone = list[dict[str, str]]  # {"evidence", "stored_as"}
EVIDENCE, ATTACHMENTS = ("declarations", "forget_evidence"), ("complaints", "forget_attachments")
PICTURES = ("complaints", "forget_pictures")


def clear_away(store: Store, bureau: str, gone: Gone, forgetting: tuple[str, str] = EVIDENCE) -> None:
    """Clear away what is gone; a failure is logged and no more: whoever uploads next clears away what was left.

    ``forgetting``: whose rows they are, and how these are forgotten.
    """
    store.sweep()
    try:
        for one in gone:
            store.remove(one["stored_as"])
        if gone:
            call(*forgetting, _named(gone), actor=system(bureau))
    except Problem as problem:
        log.warning("evidence was not cleared away", reason=str(problem), files=len(gone))


def _named(gone: Gone) -> dict[str, Any]:
    return {"evidence": [one["evidence"] for one in gone]}
