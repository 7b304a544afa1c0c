"""What a backup of this installation holds, and where each part belongs: anchors, database, files of evidence, keys.

The order matters. Anchors first: they never name a line that the dump has not. Files last: each is written before the row that names it,
and never changed, so that every file which the dump knows is there.
"""

import json
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

from gateway.files.store import Store
from ops.auditing.files import NEXT, PRIVATE, AnchorFolder, write_whole
from ops.backup.archives import Content, digest
from ops.backup.dumps import dump, restore
from ops.backup.wal import copy_cluster
from shared.clock import now
from shared.migrations import SCHEMAS
from shared.settings import ANCHORS, FIRST_ANCHOR_KEY, OWN_AUDIT_KEYS, OWN_SECRET, Settings

SECRETS = "secrets.json"
CLUSTER, PASSWORD = "cluster.tar", "owner-password"
_DUMP, _ANCHORS, _EVIDENCE = "database.dump", "anchors", "evidence"
_OWN = {"KAOHE_SECRET": OWN_SECRET, "KAOHE_AUDIT_KEYS": OWN_AUDIT_KEYS}


class NotEmpty(Exception):
    """There is something already where the backup would go; the text names it."""


class NotComplete(Exception):
    """Something that belongs into a backup cannot be reached from here; the text names it."""


class OtherKeys(Exception):
    """The keys that are set are not those of the backup; the text names the variables."""


def secrets_of(chosen: Settings) -> dict[str, str]:
    """Return the keys without which the backup could not be read or continued, by variable: those that are set, else, for the
    embedded database, its own."""
    set_ones = {
        "KAOHE_SECRET": chosen.secret,
        "KAOHE_AUDIT_KEYS": chosen.audit_keys,
        "KAOHE_CASE_KEYS": chosen.case_keys,
    }
    if chosen.database_url:
        return set_ones
    own = {name: chosen.var_folder / file for name, file in _OWN.items()}
    found = {name: file.read_text() for name, file in own.items() if file.exists()}
    return {name: value or found.get(name, "") for name, value in set_ones.items()}


def check_complete(chosen: Settings, store: Store) -> None:
    """Raise ``NotComplete`` where this process does not reach all that a backup needs: what is missed is found out years later."""
    if missing := sorted(name for name, value in secrets_of(chosen).items() if not value and name in _OWN):
        raise NotComplete(", ".join(missing))
    if AnchorFolder(chosen.anchors_folder).kept and not (chosen.anchor_keys_folder / PRIVATE).exists():
        raise NotComplete(str(chosen.anchor_keys_folder / PRIVATE))
    if chosen.database_url and store.folder is not None and not store.folder.is_dir():
        raise NotComplete(str(store.folder))


def members(
    chosen: Settings, url: str, store: Store, workplace: Path, *, cluster: bool = False
) -> Iterator[tuple[str, Content]]:
    """Yield the parts of a backup in the order in which they have to be taken; with the whole ``cluster`` in place of the dump to
    restore to a moment after it.

    The dump lies meanwhile in a file without a name in ``workplace``: a process that is killed leaves nothing to read.
    """
    for folder, name in _anchor_files(chosen):
        if (folder / name).exists():
            yield f"{_ANCHORS}/{name}", (folder / name).read_bytes()
    with tempfile.TemporaryFile(dir=workplace) as file:
        (copy_cluster if cluster else dump)(url, file)
        yield CLUSTER if cluster else _DUMP, file
    if cluster:
        yield PASSWORD, (make_url(url).password or "").encode()
    for path in _files(store):
        yield f"{_EVIDENCE}/{path.parent.name}/{path.name}", path
    yield SECRETS, json.dumps(secrets_of(chosen)).encode()


def about(store: Store) -> dict[str, Any]:
    """Return what the manifest tells beside its list."""
    kept_elsewhere = store.folder is None
    return {"version": version("kaohe"), "taken_at": now().isoformat(), "evidence_elsewhere": kept_elsewhere}


def check_empty(chosen: Settings, url: str, store: Store, unpacked: Path) -> None:
    """Raise ``NotEmpty`` where a database is there, or other files or anchors than those in the backup: a restore replaces nothing.

    Equal ones are what a restore that broke off has left.
    """
    engine = create_engine(url)
    with engine.connect() as connection:
        there = text("SELECT nspname FROM pg_namespace WHERE nspname = ANY(:names)")
        schemas = sorted(connection.execute(there, {"names": list(SCHEMAS)}).scalars())
    engine.dispose()
    if schemas:
        raise NotEmpty(f"the database ({', '.join(schemas)})")
    check_no_files(chosen, store, unpacked)


def check_no_files(chosen: Settings, store: Store, unpacked: Path) -> None:
    """Raise ``NotEmpty`` where files or anchors are there that are not those of the backup."""
    kept = {path: unpacked / _EVIDENCE / path.parent.name / path.name for path in _files(store)}
    kept |= {folder / name: unpacked / _ANCHORS / name for folder, name in _anchor_files(chosen)}
    for path, ours in kept.items():
        if path.exists() and not (ours.exists() and digest(path) == digest(ours)):
            raise NotEmpty(str(path))


def put_back(chosen: Settings, url: str, store: Store, unpacked: Path) -> None:
    """Put every part where it belongs, the database last: until then the installation is empty, and the same can be tried again.

    Raises ``OtherKeys`` before anything is touched.
    """
    put_files(chosen, store, unpacked)
    restore(url, unpacked / _DUMP)


def put_files(chosen: Settings, store: Store, unpacked: Path) -> None:
    """Put everything but the database where it belongs."""
    _put_secrets(chosen, json.loads((unpacked / SECRETS).read_bytes()))
    for folder, name in _anchor_files(chosen):
        if (kept := unpacked / _ANCHORS / name).exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(folder / name, kept.read_bytes(), mode=0o600 if name in (PRIVATE, NEXT) else 0o644)
    for path in sorted((unpacked / _EVIDENCE).glob("*/*")):
        with path.open("rb") as content:
            store.put(f"{path.parent.name}/{path.name}", content)


def _put_secrets(chosen: Settings, kept: dict[str, str]) -> None:
    there = secrets_of(chosen)
    fitting = () if chosen.database_url else _OWN  # the embedded system gets them; another has to be given them
    other = [name for name, value in kept.items() if there[name] != value and (there[name] or name not in fitting)]
    if other:
        raise OtherKeys(", ".join(sorted(other)))
    for name, value in kept.items():
        if value and not there[name]:
            chosen.var_folder.mkdir(parents=True, exist_ok=True)
            write_whole(chosen.var_folder / _OWN[name], value.encode(), mode=0o600)


def _files(store: Store) -> list[Path]:
    found = sorted(store.folder.glob("*/*")) if store.folder is not None else []
    return [path for path in found if path.is_file() and path.parent != store.staging]


def _anchor_files(chosen: Settings) -> list[tuple[Path, str]]:
    return [
        (chosen.anchors_folder, ANCHORS),
        (chosen.anchors_folder, FIRST_ANCHOR_KEY),
        (chosen.anchor_keys_folder, PRIVATE),
        (chosen.anchor_keys_folder, NEXT),
    ]
