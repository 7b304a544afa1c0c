"""A small bureau as declarations knows it: two divisions, a station, the panel, seven indicators, the cycle 2026."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from gateway.paper.__main__ import maker
from shared.jsontext import dumps, loads
from tests.component.declarations.bureau import Bureau, settled
from tests.component.declarations.over_http import HttpBureau, http_bureau
from tests.support.databases import Databases


@pytest.fixture
def bureau(database: Databases) -> Iterator[Bureau]:
    with Bureau.on(database("declarations", settled=settled)) as made:
        yield made


@pytest.fixture
def on_http(database: Databases, tmp_path: Path) -> Iterator[HttpBureau]:
    """The same behind the gateway."""
    with http_bureau(database, tmp_path) as made:
        yield made


@pytest.fixture
def tables(bureau: Bureau) -> Any:
    return bureau.rows


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``on("2026-02-05")``: from now on it is noon of that day in Shanghai."""

    def set_day(day: str) -> None:
        at = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=4)
        monkeypatch.setattr("shared.clock.now", lambda: at)

    return set_day


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are made in this process: starting one for each costs a second."""
    monkeypatch.setattr("gateway.api.forms.printed", lambda document, kind: maker(kind)(loads(dumps(document))))
