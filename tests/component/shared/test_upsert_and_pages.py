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
from shared.pages import keyset, mentioning, sorting

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


def test_a_page_can_be_sorted_counted_and_skipped(session: Session) -> None:
    session.execute(delete(TABLE))
    rows = [{"bureau": "B", "code": f"{n:03}", "revision": 1, "value": f"v{n % 3}"} for n in range(30)]
    upsert_newer(session, TABLE, rows, KEY)
    chosen = sorting("-value", {"value": TABLE.c.value}, [TABLE.c.bureau, TABLE.c.code])
    expected = [row["code"] for row in sorted(rows, key=lambda row: (row["value"], row["code"]), reverse=True)]
    first = keyset(session, select(TABLE), after=None, limit=12, total=True, **chosen)
    second = keyset(session, select(TABLE), after=first["next"], limit=12, **chosen)
    skipped = keyset(session, select(TABLE), after=None, limit=5, skip=20, **chosen)
    assert [one["code"] for one in (*first["items"], *second["items"])] == expected[:24]
    assert [one["code"] for one in skipped["items"]] == expected[20:25]
    assert (first["total"], first["total_capped"]) == (30, False)
    assert "total" not in second


@pytest.mark.parametrize(("q", "found"), [("01", ["001", "010", "011"]), ("%", []), ("_", []), (None, None)])
def test_a_search_takes_its_text_as_it_is(session: Session, q: str | None, found: list[str] | None) -> None:
    session.execute(delete(TABLE))
    codes = [f"{number:03}" for number in range(12)]
    upsert_newer(session, TABLE, [{"bureau": "B", "code": code, "revision": 1, "value": ""} for code in codes], KEY)
    statement = select(TABLE).where(*mentioning(q, TABLE.c.code))
    page = keyset(session, statement, order=[TABLE.c.bureau, TABLE.c.code], after=None)
    assert [one["code"] for one in page["items"]] == (codes if found is None else found)
