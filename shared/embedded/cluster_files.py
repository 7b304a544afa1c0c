"""What lies in the folder of a cluster: who serves it, on which port, what it logged."""

import re
from pathlib import Path

from shared.embedded.unprivileged import PostgresProblem

MAJOR = "18"


def _pid_file_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def live_pid(cluster: Path) -> int | None:
    """Return the pid in postmaster.pid if a server really runs on this cluster; after a
    reboot any process may have that number."""
    lines = _pid_file_lines(cluster)
    if not lines:
        return None
    try:
        at_home = Path(f"/proc/{int(lines[0])}/cwd").samefile(cluster)  # a server works inside its cluster
    except (OSError, ValueError):
        return None
    return int(lines[0]) if at_home else None


def served_port(cluster: Path) -> int | None:
    lines = _pid_file_lines(cluster)
    return int(lines[3]) if len(lines) > 3 else None


def drop_stale_pid_file(cluster: Path) -> None:
    if live_pid(cluster) is None:
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def check_version(cluster: Path) -> None:
    version = (cluster / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise PostgresProblem(
            f"{cluster} was made by PostgreSQL {version}, this is {MAJOR}: dump and load it (docs/operations.md)"
        )


def log_tail(cluster: Path) -> str:
    logs = [cluster / "start.log", *(cluster / "log").glob("*.log")]
    text = "\n".join(log.read_text(errors="replace") for log in logs if log.exists())
    return "\n".join(re.sub(r"\s+$", "", line) for line in text.splitlines()[-20:])
