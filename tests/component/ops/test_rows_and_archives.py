"""Rows are compared with the trail's last word on them, also where that lies in an archive (docs/decisions/1780)."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from ops.auditing.states import differences
from ops.auditing.taking_out import take_out
from tests.support.databases import Databases
from tests.support.lived_bureau import lived_in
from tests.support.reference_world import reference_world

SCHEMA = "declarations"


@pytest.fixture
def lived(database: Databases) -> Iterator[Engine]:
    with reference_world(database) as world:
        lived_in(world)
        yield world.services.services[SCHEMA].database.engine


def test_rows_are_compared_with_archives_where_these_are_given_and_with_the_rest_where_not(lived: Engine) -> None:
    with lived.connect() as connection:
        whole = connection.execute(text("SELECT * FROM declarations.audit ORDER BY seq")).mappings().all()
    gone = [dict(one) for one in whole[:-1]]
    take_out(lived, SCHEMA, {"": len(gone)})
    assert list(differences(lived, SCHEMA, gone)) == []
    assert list(differences(lived, SCHEMA, partly=True)) == []
    assert [one for one in differences(lived, SCHEMA) if "审计链中没有" in one], "an archive is not to be forgotten"
    told = [one for one in gone if one["action"].startswith("declarations.DeclarationChanged")]
    assert told
    without = [one for one in gone if one not in told]
    assert [one for one in differences(lived, SCHEMA, without) if "审计链中没有" in one], (
        "a row that nobody ever told of"
    )
