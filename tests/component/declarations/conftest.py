"""A small bureau as declarations knows it: two divisions, a station, the panel, seven indicators, the cycle 2026."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.component.declarations.bureau import Bureau, settle_in
from tests.support.databases import Databases


@pytest.fixture
def bureau(database: Databases) -> Iterator[Bureau]:
    with Bureau.on(database("declarations")) as made:
        settle_in(made)
        yield made


@pytest.fixture
def tables(bureau: Bureau) -> Any:
    return bureau.rows
