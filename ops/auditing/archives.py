"""A closed year's lines of the audit trails in one file, encrypted as backups are, and their way out of the database (docs/decisions/1780).

The file holds each chain's lines as JSON, one a line, gzipped. What proves them is not the file: their hashes go on from a signed anchor to a signed anchor.
"""

import gzip
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from ops.auditing.anchoring import Anchorer
from ops.auditing.anchors import Anchor, Archive, Trail, archived, key_before, noted
from ops.backup.archives import digest, read_archive, write_archive
from shared.audit import Anchored, AuditVerdict, walk
from shared.clock import bureau_date, midnight_of, now
from shared.tables import audit_trail

STREAMED = {"stream_results": True, "yield_per": 1000}
Ends = Mapping[str, tuple[Anchored, Anchored]]


class CannotArchive(Exception):
    """Nothing was taken out; the text says why."""


@dataclass(frozen=True)
class Kept:
    """An archive that was opened: what was noted of it, and the folder with its lines."""

    archive: Archive
    folder: Path

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the lines of one trail, in order."""
        with gzip.open(self.folder / _member(name), "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)

    def verdicts(self, anchors: Sequence[Anchor], schemas: Sequence[str]) -> Iterator[tuple[str, AuditVerdict]]:
        """Walk each trail in it from the line that it follows to its last, and hold it against all that was noted."""
        for name, (since, until) in self.archive.trails.items():
            trail = Trail.named(name)
            if trail.schema in schemas:
                ends = [one for one in noted(anchors, name) if one.lines < until.lines]
                least = key_before(anchors, trail)
                yield (
                    name,
                    walk(self.lines(name), anchors=[*ends, until], since=since, chain=trail.bureau, least_key=least),
                )


def write_year(anchorer: Anchorer, year: int, schemas: Sequence[str], file: Path, recipients: Sequence[str]) -> Archive:
    """Write what the trails of ``schemas`` have up to the end of ``year`` into ``file``, which only the keys of ``recipients`` (age1…) open, and
    note in a signed anchor what it holds. The database is as it was.

    Of each chain its last line stays: the next one follows it. Raises ``CannotArchive`` where the year is not over, nothing is left of it, or a
    trail is not whole.
    """
    if year >= bureau_date(now()).year:
        raise CannotArchive(f"{year} 年尚未结束 is not over")
    if file.exists():
        raise CannotArchive(f"{file} 已存在 exists already")
    anchorer.anchor()
    anchors = anchorer.folder.anchors()
    verdicts = anchorer.verdicts(anchors, schemas)
    if broken := [f"{name} at {one.broken_at}" for name, one in verdicts.items() if not one.whole]:
        raise CannotArchive(f"审计链断裂 not whole: {', '.join(broken)}")
    with (
        tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder,
        anchorer.engine.connect() as connection,
    ):
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        trails: dict[str, tuple[Anchored, Anchored]] = {}
        for trail in anchorer.trails(anchors, schemas):
            if ends := _ends(connection, trail, year, anchors):
                trails[trail.name] = ends
                _write(connection, trail, ends, Path(folder) / _member(trail.name))
        if not trails:
            raise CannotArchive(f"{year} 年及以前没有可归档的行 nothing is left of it")
        members = [(_member(name), Path(folder) / _member(name)) for name in trails]
        write_archive(file, members, recipients, {"year": year, "taken_at": now().isoformat()})
    archive = Archive(year, file.name, digest(file), trails)
    anchorer.note_archive(archive)
    return archive


def opened(file: Path, identity: str, folder: Path, anchors: Sequence[Anchor]) -> Kept:
    """Unpack an archive into ``folder``; raises ``BrokenArchive`` or ``CannotArchive`` where it is not what a signed anchor names."""
    sha256 = digest(file)
    named = next((one.archive for one in anchors if one.archive and one.archive.sha256 == sha256), None)
    if named is None:
        raise CannotArchive(f"{file.name} 不是锚点中的归档 is not what any anchor names")
    read_archive(file, identity, folder)
    return Kept(named, folder)


def missing(anchors: Sequence[Anchor], schema: str, kept: Iterable[Kept]) -> bool:
    """Tell whether lines were taken out of the trails of ``schema`` that are in none of the archives ``kept``."""
    given = [one.archive.trails for one in kept]
    names = {name for one in anchors if one.archive for name in one.archive.trails}
    return any(not _reaches_back(name, anchors, given) for name in names if Trail.named(name).schema == schema)


def _reaches_back(name: str, anchors: Sequence[Anchor], given: Sequence[Ends]) -> bool:
    wanted = max(one.lines for one in archived(anchors, name))
    while wanted:
        before = [one[name][0].lines for one in given if name in one and one[name][1].lines == wanted]
        if not before:
            return False
        wanted = min(before)
    return True


def _ends(
    connection: Connection, trail: Trail, year: int, anchors: Sequence[Anchor]
) -> tuple[Anchored, Anchored] | None:
    """Return which lines are to be taken out: from after the first to the second; None where there are none."""
    lines = audit_trail(trail.schema)
    own = lines.c.chain == trail.bureau
    least = connection.scalar(select(func.min(lines.c.seq)).where(own))
    ends = noted(anchors, trail.name)
    if least is None or not ends:
        return None
    over = midnight_of(date(year + 1, 1, 1)).astimezone(UTC).isoformat()
    following = connection.scalar(select(func.min(lines.c.seq)).where(own, lines.c.at >= over))
    last = ends[-1].lines - 1  # a chain never loses its end
    until = min(last, following - 1) if following else last
    since = max((one for one in archived(anchors, trail.name) if one.lines < least), key=_lines, default=Anchored())
    if until <= since.lines:
        return None
    return since, Anchored(until, str(connection.scalar(select(lines.c.hash).where(own, lines.c.seq == until))))


def _write(connection: Connection, trail: Trail, ends: tuple[Anchored, Anchored], path: Path) -> None:
    """Write the lines while they are proved once more."""
    since, until = ends
    lines = audit_trail(trail.schema)
    chosen = select(lines).where(lines.c.chain == trail.bureau, lines.c.seq > since.lines, lines.c.seq <= until.lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:

        def written() -> Iterator[Mapping[str, Any]]:
            for row in connection.execute(chosen.order_by(lines.c.seq), execution_options=STREAMED).mappings():
                line: dict[str, Any] = dict(row)
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                yield line

        verdict = walk(written(), anchors=[until], since=since, chain=trail.bureau)
    if not verdict.whole:
        raise CannotArchive(f"审计链断裂 not whole: {trail.name} at {verdict.broken_at}")


def _lines(one: Anchored) -> int:
    return one.lines


def _member(name: str) -> str:
    return f"{name}.jsonl.gz"
