"""PostgreSQL's log of all changes (WAL), followed while the server runs and kept encrypted, segment by segment; and a copy of the cluster to begin from.

Both go over a replication connection, so that nothing has to be set up on the database's machine, and end in files that only the key opens.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage
from sqlalchemy import create_engine, text

from ops.backup.dumps import DumpFailed, program, run, surroundings, where

SLOT = "kaohe_wal"  # the server keeps what this follower has not had yet
_SEGMENT = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")
_SUFFIX = ".age"


def copy_cluster(url: str, file: IO[bytes]) -> None:
    """Write the whole cluster as a tar, with the log that makes it consistent; others go on working."""
    check_followed(url)
    options = ["--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--no-password"]
    run("pg_basebackup", url, *options, output=file)


def check_followed(url: str) -> None:
    """Raise ``DumpFailed`` where the server does not write all that a restore to a moment needs."""
    engine = create_engine(url)
    with engine.connect() as connection:
        level = connection.execute(text("SHOW wal_level")).scalar_one()
    engine.dispose()
    if level == "minimal":
        raise DumpFailed(
            "wal_level is minimal: start the embedded system with KAOHE_WAL=1, another server with wal_level=replica"
        )


def follow(
    url: str,
    spool: Path,
    folder: Path,
    recipients: Sequence[str],
    stopping: Callable[[], bool],
    pause: Callable[[], None],
) -> None:
    """Keep every finished segment in ``folder``, encrypted, until ``stopping()``; ``spool`` holds what is not finished yet.

    Raises ``DumpFailed`` where the server gives no more.
    """
    check_followed(url)
    keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    for one in (spool, folder):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    run("pg_receivewal", url, f"--slot={SLOT}", "--create-slot", "--if-not-exists", "--no-password")
    with _receiving(url, spool) as receiver:
        while not stopping():
            keep_finished(spool, folder, keys)
            if receiver.poll() is not None:
                raise DumpFailed(
                    f"pg_receivewal ended: {(receiver.stderr.read() if receiver.stderr else b'').decode()[-500:]}"
                )
            pause()
    keep_finished(spool, folder, keys)


def keep_finished(spool: Path, folder: Path, keys: Sequence[pyrage.x25519.Recipient]) -> None:
    """Move what is finished from ``spool`` to ``folder``, whole or not at all."""
    for path in sorted(spool.iterdir()):
        if not _SEGMENT.fullmatch(path.name):
            continue
        beside = folder / f"{path.name}.new"
        with beside.open("wb") as target:
            target.write(pyrage.encrypt(path.read_bytes(), keys))
            target.flush()
            os.fsync(target.fileno())
        beside.replace(folder / f"{path.name}{_SUFFIX}")
        path.unlink()


def unseal(folder: Path, identity: str, target: Path) -> int:
    """Write every kept segment, opened, into ``target``; returns how many."""
    key = pyrage.x25519.Identity.from_str(identity)
    kept = [path for path in sorted(folder.glob(f"*{_SUFFIX}")) if _SEGMENT.fullmatch(path.name.removesuffix(_SUFFIX))]
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in kept:
        (target / path.name.removesuffix(_SUFFIX)).write_bytes(pyrage.decrypt(path.read_bytes(), [key]))
    return len(kept)


@contextmanager
def _receiving(url: str, spool: Path) -> "Iterator[subprocess.Popen[bytes]]":
    command = [str(program("pg_receivewal")), where(url), f"--directory={spool}", f"--slot={SLOT}", "--no-password"]
    one = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "--", *command],
        env=surroundings(url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        yield one
    finally:
        one.terminate()
        one.wait(timeout=60)
