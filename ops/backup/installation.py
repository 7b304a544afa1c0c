"""What a backup of this installation holds, and where each part belongs: anchors, database, files of evidence, keys.

The order matters. Anchors first: they never name a line that the dump has not. Files last: each is written before the row that names it,
and never changed, so that every file which the dump knows is there.
"""

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from gateway.files.store import Store
from ops.auditing.files import NEXT, PRIVATE, write_whole
from ops.backup.dumps import dump, restore
from shared.clock import now
from shared.migrations import SCHEMAS
from shared.settings import ANCHORS, FIRST_ANCHOR_KEY, OWN_AUDIT_KEYS, Settings

SECRETS = "secrets.json"
_DUMP, _ANCHORS, _EVIDENCE = "database.dump", "anchors", "evidence"
_OWN = {"KAOHE_SECRET": "secret", "KAOHE_AUDIT_KEYS": OWN_AUDIT_KEYS}  # the files of an embedded installation


class NotEmpty(Exception):
    """There is something already where the backup would go; the text names it."""


class OtherKeys(Exception):
    """The keys that are set are not those of the backup; the text names the variables."""


def secrets_of(chosen: Settings) -> dict[str, str]:
    """Return the keys without which the backup could not be read or continued, by variable."""
    set_ones = {"KAOHE_SECRET": chosen.secret, "KAOHE_AUDIT_KEYS": chosen.audit_keys}
    own = {name: chosen.var_folder / file for name, file in _OWN.items()}
    return {name: value or (own[name].read_text() if own[name].exists() else "") for name, value in set_ones.items()}


def members(chosen: Settings, url: str, store: Store, workplace: Path) -> Iterator[tuple[str, Path | bytes]]:
    """Yield the parts of a backup in the order in which they have to be taken; the dump is put into ``workplace``."""
    for folder, name in _anchor_files(chosen):
        if (folder / name).exists():
            yield f"{_ANCHORS}/{name}", (folder / name).read_bytes()
    dump(url, workplace / _DUMP)
    yield _DUMP, workplace / _DUMP
    if store.folder is not None and store.folder.is_dir():
        for path in sorted(store.folder.glob("*/*")):
            if path.is_file() and path.parent.name != "incoming":
                yield f"{_EVIDENCE}/{path.parent.name}/{path.name}", path
    yield SECRETS, json.dumps(secrets_of(chosen)).encode()


def about(store: Store) -> dict[str, Any]:
    """Return what the manifest tells beside its list."""
    kept_elsewhere = store.folder is None
    return {"version": version("kaohe"), "taken_at": now().isoformat(), "evidence_elsewhere": kept_elsewhere}


def check_empty(chosen: Settings, url: str, store: Store) -> None:
    """Raise ``NotEmpty`` where a database, files or anchors are there already: a restore replaces nothing."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT nspname FROM pg_namespace WHERE nspname = ANY(:names)"), {"names": list(SCHEMAS)}
        )
        if schemas := sorted(found.scalars()):
            raise NotEmpty(f"the database ({', '.join(schemas)})")
    engine.dispose()
    if store.folder is not None and any(store.folder.glob("*/*")):
        raise NotEmpty(str(store.folder))
    for folder, name in _anchor_files(chosen):
        if (folder / name).exists():
            raise NotEmpty(str(folder / name))


def put_back(chosen: Settings, url: str, store: Store, unpacked: Path) -> None:
    """Put every part where it belongs. Raises ``OtherKeys`` before anything is touched."""
    _put_secrets(chosen, json.loads((unpacked / SECRETS).read_bytes()))
    restore(url, unpacked / _DUMP)
    for path in sorted((unpacked / _EVIDENCE).glob("*/*")):
        with path.open("rb") as content:
            store.put(f"{path.parent.name}/{path.name}", content)
    for folder, name in _anchor_files(chosen):
        if (kept := unpacked / _ANCHORS / name).exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(folder / name, kept.read_bytes(), mode=0o600 if name in (PRIVATE, NEXT) else 0o644)


def _put_secrets(chosen: Settings, kept: dict[str, str]) -> None:
    there = secrets_of(chosen)
    if other := sorted(name for name, value in kept.items() if there[name] not in ("", value)):
        raise OtherKeys(", ".join(other))
    for name, value in kept.items():
        if value and not there[name]:
            chosen.var_folder.mkdir(parents=True, exist_ok=True)
            write_whole(chosen.var_folder / _OWN[name], value.encode(), mode=0o600)


def _anchor_files(chosen: Settings) -> list[tuple[Path, str]]:
    return [
        (chosen.anchors_folder, ANCHORS),
        (chosen.anchors_folder, FIRST_ANCHOR_KEY),
        (chosen.anchor_keys_folder, PRIVATE),
        (chosen.anchor_keys_folder, NEXT),
    ]
