"""Addresses of a cluster: the tools that do not go through SQLAlchemy and kombu read several as those two do."""

from ops.backup.dumps import where
from shared.letters.rabbit import addresses


def test_postgresqls_programs_are_told_of_every_server_and_to_take_the_one_that_writes() -> None:
    url = "postgresql+psycopg2://kaohe:secret@/kaohe?host=db1:5432&host=db2:5433&target_session_attrs=read-write"
    assert where(url) == "--dbname=host=db1,db2 port=5432,5433 dbname=kaohe user=kaohe target_session_attrs=read-write"


def test_one_server_is_named_as_ever() -> None:
    assert where("postgresql+psycopg2://kaohe:secret@db1:5433/kaohe") == (
        "--dbname=host=db1 port=5433 dbname=kaohe user=kaohe"
    )


def test_dead_letters_are_looked_for_on_every_node_of_the_broker() -> None:
    found = addresses("pyamqp://kaohe:secret@mq1:5672/kaohe;amqp://kaohe:secret@mq2:5673/kaohe")
    assert [(one.host, one.port, one.virtual_host) for one in found] == [("mq1", 5672, "kaohe"), ("mq2", 5673, "kaohe")]
