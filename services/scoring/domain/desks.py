"""On whose desk something is that was handed in: who acts next."""

from collections.abc import Mapping
from typing import Any

_STEPS = {
    ("declaration", "declared"): "verify",
    ("declaration", "verified"): "assess",
    ("task_order", "issued"): "accept",
    ("task_order", "refused"): "answer",
    ("task_order", "accepted"): "complete",
    ("task_order", "completed"): "judge",
    ("contribution", "declared"): "screen",
    ("contribution", "screened"): "settle",
}


def desk_of(fact: Mapping[str, Any], unit: str | None) -> dict[str, Any]:
    """Return the desk on which a fact lies; ``unit``: the subject's. An order is its
    issuer's to judge, whatever became of it."""
    step = _STEPS[fact["kind"], fact["status"]]
    head = unit if step in ("verify", "screen") else None
    return {"step": step, "unit": head, "person": fact["people"].get("issued_by")}
