"""What a spot check is taken from, how large it is, and who may run it."""

import pytest

from services.declarations.domain.sampling.verifying import differences
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from shared.jsontext import dumps, loads
from tests.component.declarations.bureau import Bureau
from tests.component.declarations.checking import announce, assessed, draw, drawn
from tests.component.declarations.states import CYCLE


def test_what_is_not_assessed_cannot_be_checked(bureau: Bureau):
    (one,) = bureau.declare("PS")
    body = {"cycle": CYCLE, "reason": "r", "items": [{"kind": "declaration", "item": one["declaration"]}]}
    with pytest.raises(Conflict):
        bureau.ask("check_on_the_spot", "L1", body)
    with pytest.raises(Invalid, match=r"spot_check\.empty"):
        announce(bureau)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [({}, 2), ({"unit": "S01"}, 2), ({"unit": "D10"}, 0), ({"period": "2026-Q1"}, 2), ({"period": "2026-M02"}, 0),
     ({"indicator": "01-01-01"}, 2), ({"line": "all"}, 2), ({"line": "access"}, 0), ({"kinds": ["task_order"]}, 0)],
)  # fmt: skip
def test_the_population_is_what_was_assessed_in_the_scope(bureau: Bureau, scope, expected):
    assessed(bureau)
    if expected:
        assert announce(bureau, **scope)["population"] == expected
    else:
        with pytest.raises(Invalid, match=r"spot_check\.empty"):
            announce(bureau, **scope)


@pytest.mark.parametrize(
    "method",
    [
        {"name": "gbt2828", "level": "IV"},
        {"name": "gbt2828", "aql": "2.4"},
        {"name": "size"},
        {"name": "rate", "rate": "0"},
        {"name": "rate", "confidence": "1"},
        {"name": "points", "floor": "0.04"},
        {"name": "guess"},
    ],
)
def test_a_method_that_is_none_is_refused(bureau: Bureau, method):
    assessed(bureau)
    with pytest.raises(Invalid):
        announce(bureau, method=method)


@pytest.mark.parametrize("method", [{"name": "gbt2828", "strata": True}, {"name": "rate"}, {"name": "points"}])
def test_every_method_draws(bureau: Bureau, method):
    assessed(bureau)
    check, found = drawn(bureau, method=method)
    assert len(found) == 2
    assert differences(loads(dumps(bureau.ask("get_draw", "PS", {"spot_check": check})))) == []


def test_only_panel_and_office_run_checks(bureau: Bureau):
    assessed(bureau)
    for by in ("PS", "HS", "P9", "L1", "auditor", "admin"):
        with pytest.raises(Forbidden):
            announce(bureau, by=by)
    check = announce(bureau)["spot_check"]
    for by in ("PS", "L1"):
        with pytest.raises(Forbidden):
            draw(bureau, check, by=by)
    with pytest.raises(NotFound):
        draw(bureau, check, by="stranger")
