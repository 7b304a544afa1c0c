"""A cluster from its copy and the log of what came after, up to a moment: PostgreSQL's own recovery, prepared here, done by the server's start."""

import shutil
import tarfile
import time
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from shared.embedded.cluster_files import log_tail
from shared.embedded.postgres import EmbeddedPostgres
from shared.embedded.unprivileged import PostgresProblem, Runner, cluster_folder, runner
from shared.tars import unpack

LOG = "wal-to-restore"  # in the cluster: the opened segments, as long as it recovers
_UNTIL = "recovery_target_time = '{until}'\n"
_RECOVERY = """
restore_command = 'cp "{log}/%f" "%p"'
recovery_target_action = 'promote'
"""


def prepare(cluster: Path, base: Path, log: Path, until: str, *, seen_as: str = "") -> None:
    """Make the folder ``cluster`` of the copy ``base`` (a tar), ready to recover from the segments in ``log`` until ``until``
    (ISO 8601, empty: all there is) when a server is started on it. ``seen_as``: the folder as that server sees it."""
    cluster.mkdir(mode=0o700)
    with tarfile.open(base) as tar:
        unpack(tar, cluster)
    shutil.copytree(log, cluster / LOG)
    settings = _RECOVERY.format(log=f"{seen_as or cluster}/{LOG}") + (_UNTIL.format(until=until) if until else "")
    with (cluster / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        file.write(settings)
    (cluster / "recovery.signal").touch()
    for path in (cluster, *cluster.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def recover(directory: Path, base: Path, log: Path, until: str, password: str) -> None:
    """Recover into the embedded server's empty ``directory``, start it until it has come to ``until``, and stop it.

    Raises ``PostgresProblem`` where the log does not reach so far, or a cluster is there.
    """
    runs = runner()
    folder = cluster_folder(directory, runs)
    if (folder / "cluster").exists():
        raise PostgresProblem(f"{folder / 'cluster'} is there already")
    making = folder / "cluster.making"
    shutil.rmtree(making, ignore_errors=True)
    prepare(making, base, log, until, seen_as=str(folder / "cluster"))
    _give_all(making, runs)
    making.rename(folder / "cluster")
    kept = directory / "password"
    kept.touch(mode=0o600)
    kept.write_text(password)
    server = EmbeddedPostgres(directory, followed=True)
    try:
        _await_the_end(server.start())
    except (OperationalError, PostgresProblem) as error:
        server.stop()
        told = log_tail(folder / "cluster")
        shutil.rmtree(folder / "cluster")
        kept.unlink()
        raise PostgresProblem(f"the log does not reach {until or 'its end'}:\n{told}") from error
    finally:
        server.stop()
    shutil.rmtree(folder / "cluster" / LOG)


def _await_the_end(url: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            while connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one():
                time.sleep(0.2)
            for name in ("restore_command", "recovery_target_action", "recovery_target_time"):
                connection.execute(text(f"ALTER SYSTEM RESET {name}"))
    finally:
        engine.dispose()


def _give_all(folder: Path, runs: Runner) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs.give(path)
