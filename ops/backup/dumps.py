"""PostgreSQL's own pg_dump and pg_restore: the embedded server's, else the machine's."""

import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import IO

from sqlalchemy.engine import make_url

from shared.embedded.unprivileged import INSTALL, WHEEL


class DumpFailed(Exception):
    """What the program said."""


def dump(url: str, file: IO[bytes]) -> None:
    """Write the whole database as it is at one instant, for ``restore``; others go on working."""
    run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", output=file)


def restore(url: str, file: Path) -> None:
    """Write the whole dump into an empty database, or nothing of it."""
    run("pg_restore", url, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(file))


def where(url: str) -> str:
    """Return the option that names the database, for every program of PostgreSQL's."""
    at = make_url(url)
    _, given = at.get_dialect()().create_connect_args(at)  # several servers by commas, as libpq wants them
    named = ("host", "port", "dbname", "user", "target_session_attrs")
    return "--dbname=" + " ".join(f"{name}={given[name]}" for name in named if name in given)


def surroundings(url: str) -> dict[str, str]:
    """Return the environment of such a program: the password is in nobody's list of processes."""
    return {"PGPASSWORD": make_url(url).password or "", "PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def program(name: str) -> Path:
    """Return the wheel's program, else the machine's; ``DumpFailed`` where neither is there."""
    try:
        ours = Path(str(distribution(WHEEL).locate_file(""))) / INSTALL / "bin" / name
    except PackageNotFoundError:
        ours = Path()
    found = str(ours) if ours.is_file() else shutil.which(name)
    if found is None:
        raise DumpFailed(f"{name} is not installed (Debian: postgresql-client)")
    return Path(found)


def run(name: str, url: str, *arguments: str, output: IO[bytes] | int = subprocess.DEVNULL) -> None:
    """Run such a program to its end; raises ``DumpFailed`` with its last words."""
    ran = subprocess.run(
        [str(program(name)), where(url), *arguments],
        check=False,
        env=surroundings(url),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
    )
    if ran.returncode:
        raise DumpFailed(f"{name}: {ran.stderr.decode(errors='replace').strip()[-500:]}")
