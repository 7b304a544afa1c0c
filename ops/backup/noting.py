"""When the last whole backup was taken, noted beside the anchors: what watches them tells it to whoever is to be woken."""

import json
from datetime import datetime
from pathlib import Path

from shared.clock import now

LAST = "last-backup.json"


def note_backup(anchors: Path, file: Path) -> None:
    """Note that ``file`` is a whole backup of this moment."""
    anchors.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = {"at": now().isoformat(), "file": file.name, "bytes": file.stat().st_size}
    beside = anchors / f"{LAST}.new"
    beside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    beside.replace(anchors / LAST)


def last_backup(anchors: Path) -> float:
    """Return when it was, in seconds since 1970; 0 where none was ever noted."""
    path = anchors / LAST
    if not path.exists():
        return 0.0
    return datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["at"]).timestamp()
