"""A small disk that can be filled: of its own where we may mount one, else the limit of what the database may write."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

SIZE = 3 << 30  # bytes, of which only those that are written are taken
TRIED = ("mkfs.ext4", "mount")


class Disk:
    """``folder``: where everything lies; ``mounted``: whether it is a disk of its own (ext4 in a file, through a loop device)."""

    def __init__(self, folder: Path, *, mounted: bool) -> None:
        self.folder, self.mounted = folder, mounted
        self._ballast = folder / "ballast"

    @property
    def told(self) -> str:
        return "ext4 on a loop device" if self.mounted else "RLIMIT_FSIZE of the database (no right to mount)"

    def fill(self, database: int | None) -> None:
        """Take every free byte; without a disk of our own let no process of ``database`` (a pid) write beyond a file's first page."""
        if not self.mounted:
            self._limit(database, "8192")
            return
        with self._ballast.open("wb") as file:
            while (free := shutil.disk_usage(self.folder).free) > 0:
                with suppress(OSError):
                    os.posix_fallocate(file.fileno(), file.tell(), free)
                    file.seek(free, os.SEEK_CUR)
                    continue
                break

    def free(self, database: int | None) -> None:
        self._ballast.unlink(missing_ok=True)
        if not self.mounted:
            self._limit(database, "unlimited")

    def _limit(self, database: int | None, most: str) -> None:
        if database is None:
            return
        with suppress(psutil.NoSuchProcess):
            server = psutil.Process(database)
            for one in (server, *server.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    _allow(one.pid, one.uids().real, one.gids().real, most)


def _allow(pid: int, user: int, group: int, most: str) -> None:
    """Set how large a file the process may write, as its own user: root may not everywhere."""
    own = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*own, "prlimit", f"--pid={pid}", f"--fsize={most}:"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0 or not psutil.pid_exists(pid), done.stderr


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """A disk below ``folder``, which everybody can enter."""
    image, place = folder / "disk.img", folder / "disk"
    place.mkdir()
    mounted = _mount(image, place)
    place.chmod(0o755)
    try:
        yield Disk(place, mounted=mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(place)], check=True)


def _mount(image: Path, place: Path) -> bool:
    path = "/usr/sbin:/sbin:/usr/bin:/bin"
    if os.geteuid() != 0 or not all(shutil.which(one, path=path) for one in TRIED):
        return False
    with image.open("wb") as file:
        file.truncate(SIZE)
    environment = {"PATH": path}
    commands = (
        ["mkfs.ext4", "-q", "-m", "0", "-T", "default", str(image)],
        ["mount", "-o", "loop", str(image), str(place)],
    )
    return all(
        subprocess.run(one, env=environment, check=False, capture_output=True).returncode == 0 for one in commands
    )
