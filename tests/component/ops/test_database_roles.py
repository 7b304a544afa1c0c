"""Services work under roles of their own, which reach no other schema and cannot rewrite the record."""

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from ops.auditing.anchoring import Anchorer
from ops.auditing.files import AnchorFolder
from ops.auditing.taking_out import take_out
from ops.database_roles import provide
from services.scoring.storage import tables
from shared.actor import system
from shared.database import Sessions, ensure_partitions, open_sessions
from shared.database_roles import ANCHORS, role_of
from shared.migrations import SCHEMAS, SERVICES
from shared.recording import audit
from tests.support.databases import Databases
from tests.support.lived_bureau import lived_in
from tests.support.reference_world import reference_world

FORBIDDEN = (
    "UPDATE {schema}.audit SET name = 'nobody'",
    "DELETE FROM {schema}.audit",
    "TRUNCATE {schema}.audit",
    "DROP TABLE {schema}.audit",
    "ALTER TABLE {schema}.audit DISABLE TRIGGER ALL",
    "CREATE TABLE {schema}.another (one int)",
    "UPDATE {schema}.alembic_version SET version_num = 'none'",
    "SET ROLE {owner}",
    "SELECT * FROM {other}.audit",
    "SELECT * FROM {other}.outbox",
    "INSERT INTO {other}.outbox (event, body, request_id, written_at) VALUES ('e', '[]', '', now())",
    "SELECT {other}.ensure_partition('fact', '2026')",
)


@pytest.fixture
def owner(database: Databases) -> str:
    return database(*SCHEMAS)


@pytest.fixture
def urls(owner: str) -> dict[str, str]:
    return {name: url for name, url in provide(owner, renew=True) if url}


@pytest.fixture
def sessions(urls: dict[str, str]) -> Iterator[dict[str, Sessions]]:
    opened = {schema: open_sessions(urls[schema], schema) for schema in SCHEMAS}
    yield opened
    for one in opened.values():
        one.engine.dispose()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_service_appends_to_its_trail_and_can_do_nothing_else_to_it_or_elsewhere(
    schema: str, sessions: dict[str, Sessions], owner: str
) -> None:
    with sessions[schema].begin(system("B")) as session:
        audit(session, action="done", subject="one", before={}, after={})
    names = {
        "schema": schema,
        "other": "targets" if schema != "targets" else "scoring",
        "owner": make_url(owner).username,
    }
    for statement in FORBIDDEN:
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner|InsufficientPrivilege"),
            sessions[schema].engine.begin() as connection,
        ):
            connection.execute(text(statement.format(**names)))
    with sessions[schema].engine.connect() as connection:
        assert connection.execute(text(f"SELECT subject FROM {schema}.audit")).scalars().all() == ["one"]
        mighty = (
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert connection.execute(text(mighty)).scalar_one() is False


def test_only_the_owner_takes_archived_lines_out_and_the_rights_on_what_stays_are_as_they_were(
    owner: str, sessions: dict[str, Sessions]
) -> None:
    rights = text(
        "SELECT grantee, privilege_type FROM information_schema.role_table_grants WHERE table_schema = 'targets' AND table_name = 'audit'"
    )
    for _ in range(2):
        with sessions["targets"].begin(system("B")) as session:
            audit(session, action="done", subject="one", before={}, after={})
    with pytest.raises(ProgrammingError, match="permission denied"):
        take_out(sessions["targets"].engine, "targets", {"": 1})
    engine = open_sessions(owner, "targets").engine
    with engine.connect() as connection:
        before = set(connection.execute(rights).all())
    take_out(engine, "targets", {"": 1})
    with engine.connect() as connection:
        assert set(connection.execute(rights).all()) == before
    engine.dispose()
    with sessions["targets"].begin(system("B")) as session:
        audit(session, action="done", subject="one", before={}, after={})
    for statement in FORBIDDEN[:5]:
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            sessions["targets"].engine.begin() as connection,
        ):
            connection.execute(text(statement.format(schema="targets")))
    with sessions["targets"].engine.connect() as connection:
        assert connection.execute(text("SELECT seq FROM targets.audit ORDER BY seq")).scalars().all() == [2, 3]


def test_a_service_gets_the_partitions_that_it_needs_and_no_other_tables(sessions: dict[str, Sessions]) -> None:
    with sessions["scoring"].begin(system("B")) as session:
        ensure_partitions(session, [tables.fact], ["2031"])
        ensure_partitions(session, [tables.fact], ["2031"])
        assert session.execute(text("SELECT to_regclass('scoring.fact_2031') IS NOT NULL")).scalar_one()
    with pytest.raises(Exception, match="has no partitions"), sessions["scoring"].begin(system("B")) as session:
        session.execute(text("SELECT scoring.ensure_partition('audit', '2031')"))


def test_the_trails_are_anchored_by_who_may_read_them_and_nothing_else(
    owner: str, urls: dict[str, str], sessions: dict[str, Sessions], tmp_path
) -> None:
    with sessions["targets"].begin(system("B")) as session:
        audit(session, action="done", subject="one", before={}, after={})
    reader = open_sessions(urls[ANCHORS], "targets")
    assert Anchorer(reader.engine, AnchorFolder(tmp_path / "anchors")).anchor()
    with pytest.raises(ProgrammingError, match="permission denied"), reader.engine.connect() as connection:
        connection.execute(text("SELECT * FROM targets.outbox"))
    reader.engine.dispose()


def test_passwords_are_told_once_and_renewed_when_asked(owner: str, urls: dict[str, str]) -> None:
    assert dict(provide(owner)) == dict.fromkeys((*SCHEMAS, ANCHORS))
    renewed = dict(provide(owner, renew=True))
    assert all(url and url != urls[name] and role_of(name) in url for name, url in renewed.items())


def test_every_service_does_its_work_under_its_own_role(database: Databases) -> None:
    with reference_world(database) as world:
        of_owner = world.services.services["targets"].database.engine.url.render_as_string(hide_password=False)
        for name, url in provide(of_owner, renew=True):
            if name in SERVICES:
                assert url
                world.services.services[name].database = open_sessions(url, name)
        made = lived_in(world)
        assert made["handover"]
        office = world.log_in("reader", "office:bureau", "complaints_centre:bureau", person="P0025")
        case = {"kind": "complaint", "intake_unit": "C01", "summary": "退款纠纷", "trader": "云汀百货"}
        assert office.post("/api/v1/cases", json={"cases": [case]}).status_code == 201
        world.services.deliver()
        standing = office.get("/api/v1/standings?cycle=2026&layer=person")
        assert standing.status_code == 200, standing.text
        assert world.services.faults == []
