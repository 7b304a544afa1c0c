"""What is wrong with a batch of claims that is taken all or none."""

from collections.abc import Sequence

from services.targets.usecases.guards import need, none_wrong
from shared.batches import told
from shared.errors import Conflict
from shared.vocabulary.refusals import Refusal


def none_refused(refusals: Sequence[Refusal | None]) -> None:
    """Raise one problem for all rows that are refused. ``refusals``: one for each
    row, None where nothing is wrong with it."""
    refused = [(row, one) for row, one in enumerate(refusals) if one is not None]
    need(all(one.kind != "forbidden" for _, one in refused))
    errors = [told(row, one) for row, one in refused]
    if any(one.kind == "conflict" for _, one in refused):
        raise Conflict("claim.exhausted", zh="该指标剩余量不足", en="not enough left of this indicator", errors=errors)
    none_wrong("claims.invalid", errors, zh="认领有误", en="the claims have faults")
