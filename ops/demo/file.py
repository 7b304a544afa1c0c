"""var/demo-accounts.json: the demo bureau's accounts with their passwords, for people and for scripts. Only its owner reads it."""

import json
import secrets
from pathlib import Path
from typing import Any

Entry = dict[str, str]  # account, password, role, name, person, unit

NAME = "demo-accounts.json"
# Without signs that look like one another on screen.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def read(folder: Path) -> list[Entry]:
    """Read the accounts known so far; none where no demo was loaded."""
    path = folder / NAME
    if not path.exists():
        return []
    entries: list[Entry] = json.loads(path.read_text(encoding="utf-8"))["accounts"]
    return entries


def write(folder: Path, entries: list[Entry]) -> None:
    """Replace the file whole: whoever is interrupted here has the old one or the new one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    making = path.with_suffix(".making")
    making.unlink(missing_ok=True)
    making.touch(mode=0o600)
    making.write_text(json.dumps({"accounts": entries}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    making.replace(path)


def find(entries: list[Entry], **wanted: Any) -> Entry | None:
    """Return the first entry that has every wanted value."""
    return next((entry for entry in entries if all(entry.get(name) == value for name, value in wanted.items())), None)
