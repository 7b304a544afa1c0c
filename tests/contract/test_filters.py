"""What a list is asked for by a word or a code that there cannot be is refused (422), never answered by an empty list."""

from marshmallow import ValidationError

from shared.contracts.operations import Operation
from shared.contracts.shapes import PageQuery
from tests.support.contracts import operations

NOTHING = "no-such-value"
# Open sets: whoever and whatever once was may be asked for, so that no form and no list of today's tells them from a slip.
OPEN = {
    "account", "action", "actor", "after", "against", "aggregate", "appeal", "assessor", "before", "bureau", "campaign",
    "check", "code", "declaration", "device", "device_group", "evidence", "giver", "goods", "handler", "inspector", "issued_by",
    "item", "jurisdiction_id", "number", "object", "order", "party", "person", "q", "region", "request_id", "run", "serial", "spot_check",
    "subject", "taker", "target", "trader", "unit",
}  # fmt: skip
# Of one thing, not of a list: whether there is such a year or period is asked for, and answered by 404 or 422.
LOOKED_UP = {"cycle", "period"}


def _unrefused(operation: Operation) -> list[str]:
    request = operation.request()
    taken = []
    looked_up = set() if isinstance(request, PageQuery) else LOOKED_UP
    for name in set(request.fields) - operation.inside - OPEN - looked_up:
        try:
            request.load({name: NOTHING}, partial=True)
        except ValidationError as refusal:
            if name in refusal.messages_dict:
                continue
        taken.append(f"{operation.method} {operation.path}: {name}")
    return taken


def test_no_list_takes_a_filter_that_there_cannot_be():
    asked = [one for one in operations() if one.method == "GET"]
    assert len(asked) > 150
    assert sorted(fault for one in asked for fault in _unrefused(one)) == []
