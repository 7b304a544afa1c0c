"""Folders for servers of the tests: with them goes what runs in them, however the tests end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes; a cluster takes some 100 MB, and each worker has its own

# PostgreSQL is nobody's child. Who waits here hears the end of the tests, were it kill -9, as the end of its input.
# A number in a left pid file may be another process by now: the server is the one that works in the folder of the file.
CARETAKER = """
read -r _
find "$1" -name postmaster.pid 2>/dev/null | while read -r file; do
    pid=$(head -n 1 "$file")
    [ "$(readlink "/proc/$pid/cwd")" != "$(dirname "$file")" ] || kill -QUIT "$pid"
done
rm -rf "$1"
"""


@contextmanager
def reachable_folder(where: Path | None = None) -> Iterator[Path]:
    """A temporary folder that the database's system user can enter under root; private things in it are private themselves."""
    with tempfile.TemporaryDirectory(prefix="kaohe-test-", dir=where, ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        with _taken_care_of(name):
            yield Path(name)


@contextmanager
def fleeting_folder() -> Iterator[Path]:
    """The same, in memory where there is room: a database of its own for each test means hundreds of files to make and to
    delete, which takes ten times as long on a disk shared with others."""
    with reachable_folder(_memory()) as folder:
        yield folder


@contextmanager
def _taken_care_of(name: str) -> Iterator[None]:
    command = ["/bin/sh", "-c", CARETAKER, "sh", name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):
        yield


def _memory() -> Path | None:
    """None: wherever temporary folders lie."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    free = min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available)
    return MEMORY if free > ROOM else None
