"""The anchors of the audit trails, as they stand in their folder: read, never written here."""

from collections import deque
from typing import Any

from shared.jsontext import loads
from shared.settings import ANCHORS, FIRST_ANCHOR_KEY, settings

NEWEST = 500


def read_anchors() -> dict[str, Any]:
    """Return the newest anchors, the newest first, and the public key that signed the first; neither where nothing is anchored yet."""
    folder = settings.anchors_folder
    file, key = folder / ANCHORS, folder / FIRST_ANCHOR_KEY
    lines: deque[str] = deque(maxlen=NEWEST)
    if file.exists():
        with file.open(encoding="utf-8") as written:
            lines.extend(
                line.rstrip("\n") for line in written if line.endswith("\n")
            )  # what has no end was told to nobody
    first_key = key.read_text(encoding="ascii").strip() if key.exists() else None
    return {"items": [_told(line) for line in reversed(lines)], "first_key": first_key}


def _told(line: str) -> dict[str, Any]:
    told = loads(line)
    return {
        **{name: told[name] for name in ("number", "at", "new_key", "reason")},
        "trails": [
            {**_whose(trail), "lines": lines, "last_hash": last} for trail, (lines, last) in told["trails"].items()
        ],
        "broken": [{**_whose(trail), "fault": fault} for trail, fault in told["broken"].items()],
        "text": line,
    }


def _whose(trail: str) -> dict[str, str]:
    """A trail is named by its schema, and by the bureau whose chain it is where it has one."""
    schema, _, bureau = trail.partition("/")
    return {"schema": schema, "bureau": bureau}
