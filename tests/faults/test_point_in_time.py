"""An empty installation is brought to the moment before a mistake: a copy of the cluster, and the log that was followed since, both encrypted."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from sqlalchemy import Connection, create_engine, text

from ops.backup.point_in_time import command
from shared.audit import verify
from shared.database import open_sessions
from shared.embedded import postgres
from shared.embedded.postgres import EmbeddedPostgres
from shared.migrations import migrate
from shared.settings import Settings, settings
from tests.support.composition import ROOT
from tests.support.folders import reachable_folder
from tests.support.tampering import write as write_lines
from tests.support.waiting import until

KAOHE = Path(sys.executable).parent / "kaohe"
KEYS = f"1:{'k' * 40}"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'attendance' ORDER BY 1"
WHOLE = "SELECT string_agg(one::text, '|' ORDER BY one::text) FROM attendance.\"{}\" AS one"


@dataclass
class Kept:
    """What is left of an installation whose machine is gone, and what stood in it before and after the mistake."""

    folder: Path
    base: Path
    key: Path
    wal: Path
    moment: str
    before: str
    after: str


def digest(connection: Connection) -> str:
    tables = connection.execute(text(TABLES)).scalars().all()
    rows = [connection.execute(text(WHOLE.format(table))).scalar_one() for table in tables]
    return hashlib.sha256(repr(list(zip(tables, rows, strict=True))).encode()).hexdigest()


def use(folder: Path) -> Settings:
    chosen = replace(Settings(), var=str(folder), wal="1")
    settings.use(chosen)
    return chosen


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    before = settings._settings
    with reachable_folder() as folder:
        var, wal, base, key = folder / "var", folder / "wal", folder / "base.age", folder / "key"
        var.mkdir()
        (var / "secret").write_text("s" * 40)
        (var / "audit-keys").write_text(KEYS)
        use(var)
        recipient = run("key", key).output.strip()
        server = EmbeddedPostgres(var / "postgres", followed=True)
        server._settings |= _of_the_composition(folder)
        url = server.start()
        try:
            migrate(url, "attendance")
            write_lines(open_sessions(url, "attendance"), 20)
            with following(var, wal, recipient):
                written = run("write", base, "--to", recipient, "--cluster")
                assert written.exit_code == 0, written.output
                write_lines(open_sessions(url, "attendance"), 20)
                told = _mistake(url, wal)
        finally:
            server.stop()
            server.remove()
            settings.use(before)  # type: ignore[arg-type]
        yield Kept(folder, base, key, wal, *told)


def _of_the_composition(folder: Path) -> dict[str, str]:
    """The file by which its database lets people in, where the server can read it, and what else it says about the log."""
    database = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]["postgres"]
    told = dict(one.removeprefix("--").split("=", 1) for one in database["command"][1:])
    assert {name: told[name] for name in postgres.FOLLOWED if name in told} == {
        name: value for name, value in postgres.FOLLOWED.items() if name != "max_wal_senders"
    }
    hba = Path(shutil.copy(ROOT / "ops" / "postgres" / "pg_hba.conf", folder))
    hba.chmod(0o644)
    return {"hba_file": str(hba)}


def following(var: Path, wal: Path, recipient: str) -> "Following":
    return Following([str(KAOHE), "backup", "follow", str(wal), "--to", recipient], var)


class Following:
    """`kaohe backup follow` as a process beside the system."""

    def __init__(self, command: list[str], var: Path) -> None:
        self._command, self._var = command, var

    def __enter__(self) -> None:
        environment = {**os.environ, "KAOHE_VAR": str(self._var), "KAOHE_WAL": "1"}
        self._one = subprocess.Popen(
            self._command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        url = EmbeddedPostgres(self._var / "postgres").running_url()
        assert url
        engine = create_engine(url)
        slots = text("SELECT count(*) FROM pg_replication_slots WHERE active")

        def followed() -> bool:
            with engine.connect() as connection:
                return bool(connection.execute(slots).scalar_one())

        assert until(followed, 120)
        engine.dispose()

    def __exit__(self, *_: object) -> None:
        self._one.send_signal(signal.SIGTERM)
        assert self._one.wait(timeout=120) == 0


def _mistake(url: str, wal: Path) -> tuple[str, str, str]:
    """Everything is deleted; return the moment before, what stood there, and what stands there after it."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        before = digest(connection)
        moment = connection.execute(text("SELECT clock_timestamp()")).scalar_one().isoformat()
        connection.execute(text("DELETE FROM attendance.audit"))
        after = digest(connection)
        segment = connection.execute(text("SELECT pg_walfile_name(pg_switch_wal())")).scalar_one()
        connection.execute(text("CHECKPOINT"))
    engine.dispose()
    assert until((wal / f"{segment}.age").exists, 120)
    return moment, before, after


@pytest.fixture
def empty(kept: Kept, tmp_path: Path) -> Iterator[Path]:
    before = settings._settings
    with reachable_folder() as folder:
        use(folder / "var")
        yield folder / "var"
        EmbeddedPostgres(folder / "var" / "postgres").remove()
    settings.use(before)  # type: ignore[arg-type]


def restore(kept: Kept, moment: str) -> Result:
    return run("restore-until", kept.base, "--key", kept.key, "--wal", kept.wal, "--until", moment)


def test_before_the_mistake_everything_is_there_by_the_byte_and_the_chain_is_whole(kept: Kept, empty: Path) -> None:
    restored = restore(kept, kept.moment)
    assert restored.exit_code == 0, restored.output
    server = EmbeddedPostgres(empty / "postgres")
    engine = create_engine(server.start())
    try:
        with engine.connect() as connection:
            assert digest(connection) == kept.before != kept.after
        verdict = verify(engine, "attendance")
        assert (verdict.whole, verdict.lines) == (True, 40)
        write_lines(open_sessions(str(server.running_url()), "attendance"), 1)  # it goes on
    finally:
        engine.dispose()
        server.stop()
    assert (empty / "audit-keys").read_text() == KEYS
    assert restore(kept, kept.moment).exit_code != 0, "a cluster is there"


def test_a_moment_that_the_log_does_not_reach_restores_nothing(
    kept: Kept, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "PATIENCE", 1.0)
    with pytest.raises(postgres.PostgresProblem, match="the log does not reach 2999"):
        CliRunner().invoke(
            command,
            ["restore-until", str(kept.base), "--key", str(kept.key), "--wal", str(kept.wal), "--until", "2999-01-01"],
            catch_exceptions=False,
        )
    assert not (empty / "postgres" / "password").exists()


def test_nothing_that_is_kept_can_be_read_without_the_key(kept: Kept) -> None:
    for path in (kept.base, *kept.wal.iterdir()):
        assert path.read_bytes().startswith(b"age-encryption.org/v1")
