"""The guarded upsert against its obvious oracle, and pages that neither skip nor repeat."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, String, Table, delete, select
from sqlalchemy.orm import Session

from shared.database import engine_for, upsert_newer
from shared.errors import Invalid
from shared.pages import keyset

TABLE = Table(
    "state",
    MetaData(),
    Column("bureau", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("value", String, nullable=False),
)
KEY = ("bureau", "code")
changes = st.lists(
    st.builds(
        lambda code, revision: {"bureau": "B", "code": code, "revision": revision, "value": f"{code}{revision}"},
        st.sampled_from("abc"),
        st.integers(1, 5),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def session(cluster: str) -> Iterator[Session]:
    engine = engine_for(cluster)
    TABLE.metadata.drop_all(engine)
    TABLE.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    TABLE.metadata.drop_all(engine)
    engine.dispose()


def stored(session: Session) -> dict[str, str]:
    return {row.code: row.value for row in session.execute(select(TABLE))}


@given(st.lists(changes, max_size=4))
def test_whatever_the_order_the_newest_revision_stands(session: Session, batches: list[list[dict[str, Any]]]) -> None:
    session.execute(delete(TABLE))
    newest: dict[str, dict[str, Any]] = {}
    for batch in batches:
        upsert_newer(session, TABLE, batch, KEY)
        for change in batch:
            known = newest.get(change["code"])
            if known is None or known["revision"] < change["revision"]:
                newest[change["code"]] = change
    assert stored(session) == {code: change["value"] for code, change in newest.items()}


def test_only_rows_really_written_are_returned(session: Session) -> None:
    session.execute(delete(TABLE))
    first = {"bureau": "B", "code": "a", "revision": 2, "value": "x"}
    assert [row["code"] for row in upsert_newer(session, TABLE, [first], KEY)] == ["a"]
    assert upsert_newer(session, TABLE, [first, {**first, "revision": 1}], KEY) == []


def test_pages_neither_skip_nor_repeat(session: Session) -> None:
    session.execute(delete(TABLE))
    codes = [f"{number:03}" for number in range(25)]
    upsert_newer(session, TABLE, [{"bureau": "B", "code": c, "revision": 1, "value": ""} for c in codes], KEY)
    seen, after = [], None
    while True:
        page = keyset(session, select(TABLE), order=[TABLE.c.bureau, TABLE.c.code], after=after, limit=10)
        seen += [row["code"] for row in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == codes


@pytest.mark.parametrize("cursor", ["x", "eyJhIjoxfQ", "WzFd", "WyIAIiwiYSJd", "é"])
def test_a_cursor_that_was_not_given_out_is_refused(session: Session, cursor: str) -> None:
    with pytest.raises(Invalid):
        keyset(session, select(TABLE), order=[TABLE.c.bureau, TABLE.c.code], after=cursor)
