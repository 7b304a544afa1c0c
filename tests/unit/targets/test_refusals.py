"""What is refused outside of any row keeps its kind and the field that it names."""

import pytest

from services.targets.domain.refusals import CLOSED, NO_LEAVE, NO_SUCH_UNIT, no_unit
from services.targets.usecases.guards import in_words, none_in_the_way
from shared.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from shared.vocabulary.refusals import Refusal


@pytest.mark.parametrize(
    ("refusal", "kind", "field"),
    [
        (CLOSED, Conflict, None),
        (NO_LEAVE, Forbidden, None),
        (NO_SUCH_UNIT, Invalid, "unit"),
        (no_unit("X99"), NotFound, None),
    ],
)
def test_a_refusal_is_answered_by_its_kind_with_its_field(
    refusal: Refusal, kind: type[Problem], field: str | None
) -> None:
    with pytest.raises(kind) as raised:
        none_in_the_way(refusal)
    assert (raised.value.code, raised.value.zh, raised.value.en) == (refusal.code, refusal.zh, refusal.en)
    assert [one.get("field") for one in raised.value.errors] == [field]
    assert in_words(raised.value) == refusal.zh, "nothing is told twice"


def test_where_nothing_is_in_the_way_nothing_is_raised() -> None:
    none_in_the_way(None)
