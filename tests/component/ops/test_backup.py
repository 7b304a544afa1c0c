"""A backup put back into an empty installation is the installation; nothing else is."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from gateway.files.store import open_store
from ops.auditing.anchoring import Anchorer, kept_folder
from ops.auditing.files import AnchorFolder
from ops.backup.command import command
from ops.backup.noting import LAST, last_backup
from shared.database import open_sessions
from shared.migrations import SCHEMAS
from shared.settings import Settings, settings
from tests.support.tampering import write as write_lines

PHOTO = b"\xff\xd8 a photo"


class Installation:
    """An embedded installation, chosen as the settings of this process while it is ``used``: a database and a folder of state."""

    used: ClassVar["Installation"]

    def __init__(self, url: str, folder: Path, *, own_keys: bool = True) -> None:
        self.url, self.folder = url, folder
        self.chosen = replace(Settings(), var=str(folder))  # the database is its own
        if own_keys:
            folder.mkdir()
            (folder / "secret").write_text("s" * 40)
            (folder / "audit-keys").write_text(f"1:{'k' * 40}")

    def use(self) -> None:
        settings.use(self.chosen)
        Installation.used = self

    @staticmethod
    @contextmanager
    def database() -> Iterator[str]:
        """Stand where the embedded PostgreSQL does."""
        yield Installation.used.url

    def told(self) -> dict[str, str]:
        """Return a digest of every table, and of every file."""
        engine = create_engine(self.url)
        with engine.connect() as connection:
            tables = connection.execute(
                text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(:names)"),
                {"names": list(SCHEMAS)},
            ).all()
            told = {
                f"{schema}.{table}": connection.execute(
                    text(f'SELECT md5(string_agg(one::text, \'|\' ORDER BY one::text)) FROM "{schema}"."{table}" one')
                ).scalar_one()
                for schema, table in tables
            }
        engine.dispose()
        files = [path for path in sorted(self.folder.rglob("*")) if path.is_file() and path.name not in ("lock", LAST)]
        return told | {
            str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
        }


@pytest.fixture
def installations(
    database: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[tuple[Installation, Installation]]:
    """One that has lived, and an empty one."""
    before = settings._settings
    monkeypatch.setattr("ops.backup.command.database", Installation.database)
    lived = Installation(database(*SCHEMAS), tmp_path / "lived")
    empty = Installation(database(), tmp_path / "empty", own_keys=False)
    lived.use()
    settings.use(replace(lived.chosen, audit_keys=f"1:{'k' * 40}"))
    sessions = open_sessions(lived.url, "attendance")
    write_lines(sessions, 30)
    Anchorer(sessions.engine, AnchorFolder(lived.folder / "anchors")).anchor()
    write_lines(sessions, 5)
    sessions.engine.dispose()
    lived.use()
    with (tmp_path / "photo").open("w+b") as photo:
        photo.write(PHOTO)
        open_store().put("B00/E1", photo)
    yield lived, empty
    settings.use(before)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


@pytest.fixture
def archive(installations: tuple[Installation, Installation], tmp_path: Path) -> Path:
    public = run("key", tmp_path / "key").output.strip()
    assert public.startswith("age1")
    result = run("write", tmp_path / "night.age", "--to", public)
    assert result.exit_code == 0, result.output
    return tmp_path / "night.age"


def restore(archive: Path) -> Result:
    return run("restore", archive, "--key", archive.parent / "key")


def test_when_it_was_taken_is_noted_for_whoever_watches(
    archive: Path, installations: tuple[Installation, Installation]
) -> None:
    lived, empty = installations
    assert archive.exists()
    assert last_backup(lived.chosen.anchors_folder) > 0
    assert last_backup(empty.chosen.anchors_folder) == 0


def test_what_is_restored_into_an_empty_machine_is_what_was_there(
    archive: Path, installations: tuple[Installation, Installation]
) -> None:
    lived, empty = installations
    empty.use()
    result = restore(archive)
    assert result.exit_code == 0, result.output
    assert empty.told() == lived.told()
    settings.use(replace(empty.chosen, audit_keys=(empty.folder / "audit-keys").read_text()))
    engine = create_engine(empty.url)
    folder = kept_folder()
    assert all(one.whole for one in Anchorer(engine, folder).verdicts(folder.anchors()).values())
    assert Anchorer(engine, folder).anchor() is not None  # it goes on
    engine.dispose()


def test_nobody_reads_it_without_the_key_and_nothing_of_it_is_plain(archive: Path, tmp_path: Path) -> None:
    assert PHOTO not in archive.read_bytes()
    assert b"s" * 40 not in archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == 0
    run("key", tmp_path / "another")
    result = run("restore", archive, "--key", tmp_path / "another")
    assert result.exit_code == 1
    assert "cannot be opened" in result.output


def test_what_is_there_already_is_not_replaced(archive: Path, installations: tuple[Installation, Installation]) -> None:
    lived, empty = installations
    before = lived.told()
    result = restore(archive)  # where it came from
    assert "not empty" in result.output
    assert lived.told() == before
    empty.use()
    assert restore(archive).exit_code == 0
    assert "not empty" in restore(archive).output  # pressed twice


def test_other_keys_are_told_before_anything_is_touched(
    archive: Path, installations: tuple[Installation, Installation]
) -> None:
    _, empty = installations
    empty.use()
    settings.use(replace(empty.chosen, secret="another secret of 32 characters or more"))
    before = empty.told()
    result = restore(archive)
    assert "KAOHE_SECRET" in result.output
    assert empty.told() == before
    shown = run("secrets", archive, "--key", archive.parent / "key").output
    assert f"KAOHE_SECRET={'s' * 40}" in shown


@pytest.mark.parametrize("damage", [lambda raw: raw[:-200], lambda raw: raw[:3000] + b"x" + raw[3001:]])
def test_a_damaged_archive_puts_nothing_back(
    archive: Path, installations: tuple[Installation, Installation], damage: Callable[[bytes], bytes]
) -> None:
    _, empty = installations
    empty.use()
    archive.write_bytes(damage(archive.read_bytes()))
    result = restore(archive)
    assert "damaged" in result.output
    assert empty.told() == {}


def test_what_fails_half_way_leaves_the_backup_of_yesterday(
    archive: Path, installations: tuple[Installation, Installation], monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = archive.read_bytes()
    monkeypatch.setattr("ops.backup.dumps._program", lambda _: Path("/bin/false"))
    public = run("key", archive.parent / "third").output.strip()
    assert run("write", archive, "--to", public).exit_code == 1
    assert archive.read_bytes() == yesterday
    assert [one.name for one in archive.parent.glob("*.new")] == []


def test_a_restore_that_broke_off_is_done_again(
    archive: Path, installations: tuple[Installation, Installation], monkeypatch: pytest.MonkeyPatch
) -> None:
    lived, empty = installations
    empty.use()
    with monkeypatch.context() as broken:
        broken.setattr("ops.backup.dumps._program", lambda _: Path("/bin/false"))
        assert restore(archive).exit_code == 1
    assert any(name.startswith("evidence") for name in empty.told()), "files come first"
    assert restore(archive).exit_code == 0
    assert empty.told() == lived.told()


def test_other_files_than_the_backups_are_not_touched(
    archive: Path, installations: tuple[Installation, Installation]
) -> None:
    _, empty = installations
    empty.use()
    with (archive.parent / "photo").open("w+b") as photo:
        photo.write(b"another")
        open_store().put("B00/E1", photo)
    result = restore(archive)
    assert "not empty" in result.output
    assert "E1" in result.output


def test_an_installation_with_a_database_of_its_own_setting_is_given_its_keys(
    archive: Path, installations: tuple[Installation, Installation]
) -> None:
    """What lies in its folder of state belongs to nobody: an embedded system was tried there once."""
    lived, empty = installations
    settings.use(replace(lived.chosen, database_url=lived.url))
    public = run("key", archive.parent / "fourth").output.strip()
    assert "not reachable" in run("write", archive.parent / "x.age", "--to", public).output
    empty.use()
    settings.use(replace(empty.chosen, database_url=empty.url))
    assert "KAOHE_SECRET" in restore(archive).output


@pytest.mark.parametrize("missing", ["secret", "audit-keys", "anchors/anchor-key.pem"])
def test_what_cannot_be_reached_is_named_instead_of_left_out(
    installations: tuple[Installation, Installation], tmp_path: Path, missing: str
) -> None:
    lived, _ = installations
    (lived.folder / missing).unlink()
    public = run("key", tmp_path / "key").output.strip()
    result = run("write", tmp_path / "night.age", "--to", public)
    assert result.exit_code == 1
    assert "not reachable" in result.output
    assert not (tmp_path / "night.age").exists()


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    run("key", tmp_path / "key")
    before = (tmp_path / "key").read_bytes()
    assert "exists" in run("key", tmp_path / "key").output
    assert (tmp_path / "key").read_bytes() == before
