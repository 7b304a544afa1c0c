"""Fixtures for all tests. Pure tests (tests/unit, tests/properties) get neither a socket nor a database: they hold rules, not wiring."""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from ops.private.rabbitmq import PrivateRabbitMQ
from shared.embedded.postgres import EmbeddedPostgres
from tests.support.databases import Databases, Templates
from tests.support.folders import fleeting_folder
from tests.support.long_first import place

os.environ.setdefault("KAOHE_SECRET", "a secret of the tests, 32 characters or more")  # seals ballots
PURE_TESTS = tuple(Path(__file__).parent / level for level in ("unit", "properties"))

# No deadline: two cores shared with a database make single examples slow by accident. Derandomised: a red run repeats.
settings.register_profile("kaohe", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kaohe")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if (patcher := sys.modules.get("eventlet.patcher")) and patcher.is_monkey_patched("thread"):
        # In green threads of one's own the workers wait for each other for ever.
        raise pytest.UsageError(
            "a test imports what calls eventlet.monkey_patch(): that belongs into a process of its own"
        )
    if hasattr(config, "workerinput"):  # one of several workers; alone, the order is that of the files
        items.sort(key=lambda item: place(item.path))


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The URL of a PostgreSQL cluster that lives as long as the test session."""
    with fleeting_folder() as folder:
        postgres = EmbeddedPostgres(folder / "postgres", durable=False)
        try:
            yield postgres.start()
        finally:
            postgres.stop()
            postgres.remove()


@pytest.fixture(scope="session")
def templates() -> Templates:
    return {}


@pytest.fixture
def database(cluster: str, templates: Templates) -> Iterator[Databases]:
    """``database("targets")`` gives the URL of a fresh migrated database; it is dropped when the test ends."""
    with Databases(cluster, templates) as databases:
        yield databases


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[PrivateRabbitMQ]:
    """A private broker for the test session: ``rabbitmq.url``, or ``rabbitmq.new_vhost()`` for queues of one's own."""
    with tempfile.TemporaryDirectory(prefix="kaohe-test-", ignore_cleanup_errors=True) as folder:
        broker = PrivateRabbitMQ(Path(folder))
        broker.start()
        try:
            yield broker
        finally:
            broker.stop()


@pytest.fixture(autouse=True)
def no_sockets_in_pure_tests(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not any(request.path.is_relative_to(level) for level in PURE_TESTS):
        return
    if "cluster" in request.fixturenames:
        pytest.fail("a pure test asks for a database: it belongs in tests/component")

    def refuse(*_arguments: Any, **_options: Any) -> NoReturn:
        raise RuntimeError("pure tests open no sockets")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
