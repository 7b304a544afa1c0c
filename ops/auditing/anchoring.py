"""Noting how far the trails have come, again and again: what was noted last is proved to be there still, then what came since."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Engine

from ops.auditing.anchors import Anchor, Archive, Trail, archived, key_before, noted, public, written
from ops.auditing.files import AnchorFolder
from ops.backup.noting import last_backup
from ops.database import database
from shared.audit import Anchored, AuditVerdict, chains_of, verify
from shared.clock import now
from shared.database import engine_for
from shared.logs import log
from shared.metrics import ANCHORED_AT, AUDIT_BROKEN, AUDIT_LOOKED_AT, BACKUP_AT
from shared.migrations import SCHEMAS
from shared.settings import settings


class NotWhole(Exception):
    """A chain has a line that does not follow from the one before it; there is nothing to accept."""


@dataclass(frozen=True)
class Anchorer:
    """Keeps the anchors of one database in one folder."""

    engine: Engine
    folder: AnchorFolder

    def anchor(self) -> Anchor | None:
        """Add an anchor, and tell it to the log, which may be kept on another machine; None where nothing has changed since the last.

        A trail that is not what was anchored before gets no new anchor: the line says what is wrong with it instead.
        """
        with self.folder.writing() as (key, anchors):
            trails, broken = self._looked_at(anchors)
            for schema in SCHEMAS:
                AUDIT_BROKEN.labels(schema).set(any(trail.partition("/")[0] == schema for trail in broken))
            AUDIT_LOOKED_AT.set_to_current_time()
            before = next(reversed(anchors), None)
            if before and not trails and broken == before.broken:
                ANCHORED_AT.set(_when(before))
                return None
            anchor = self._append(written(before, now(), key, trails=trails, broken=broken))
            ANCHORED_AT.set(_when(anchor))
            return anchor

    def change_key(self) -> Anchor:
        """Let the key that signs so far name the next one, then use that."""
        with self.folder.writing() as (key, anchors):
            before = next(reversed(anchors), None)
            return self._append(written(before, now(), key, new_key=public(self.folder.prepare_key())))

    def accept(self, schemas: Sequence[str], reason: str) -> Anchor:
        """Anchor trails as they are, although something else was noted of them: on record, with the reason.

        Raises ``NotWhole`` where a chain does not even follow from itself.
        """
        with self.folder.writing() as (key, anchors):
            found = {
                one.name: verify(self.engine, one.schema, chain=one.bureau, archived=archived(anchors, one.name))
                for one in self.trails(anchors, schemas)
            }
            if wrong := [f"{name} at {one.broken_at}" for name, one in found.items() if not one.whole]:
                raise NotWhole(", ".join(wrong))
            trails = {name: Anchored(one.lines, one.last_hash) for name, one in found.items()}
            before = next(reversed(anchors), None)
            return self._append(written(before, now(), key, trails=trails, reason=reason))

    def note_archive(self, archive: Archive) -> Anchor:
        """Note what is in an archive now, before it is taken out of the database."""
        with self.folder.writing() as (key, anchors):
            before = next(reversed(anchors), None)
            return self._append(written(before, now(), key, archive=archive))

    def verdicts(self, anchors: Sequence[Anchor], schemas: Sequence[str] = SCHEMAS) -> dict[str, AuditVerdict]:
        """Walk each trail whole, and hold it against all that was ever noted of it."""
        return {
            one.name: verify(
                self.engine,
                one.schema,
                chain=one.bureau,
                anchors=noted(anchors, one.name),
                archived=archived(anchors, one.name),
                least_key=key_before(anchors, one),
            )
            for one in self.trails(anchors, schemas)
        }

    def trails(self, anchors: Sequence[Anchor], schemas: Sequence[str]) -> list[Trail]:
        """Return every chain that is there, or was when it was noted."""
        there = {Trail(schema, chain) for schema in schemas for chain in chains_of(self.engine, schema)}
        were = {Trail.named(name) for anchor in anchors for name in anchor.trails}
        return sorted(there | {one for one in were if one.schema in schemas})

    def _looked_at(self, anchors: Sequence[Anchor]) -> tuple[dict[str, Anchored], dict[str, str]]:
        """Return what is new, and what is wrong, by trail."""
        trails, broken = {}, {}
        for one in self.trails(anchors, SCHEMAS):
            last = max(noted(anchors, one.name), key=lambda noted: noted.lines, default=Anchored())
            verdict = verify(self.engine, one.schema, chain=one.bureau, since=last, least_key=key_before(anchors, one))
            if not verdict.whole:
                broken[one.name] = f"{verdict.fault} at {verdict.broken_at}"
            elif verdict.lines > last.lines:
                trails[one.name] = Anchored(verdict.lines, verdict.last_hash)
        return trails, broken

    def _append(self, anchor: Anchor) -> Anchor:
        self.folder.append(anchor)
        tell = log.error if anchor.broken else log.info
        tell("audit trails are not what they were" if anchor.broken else "audit trails anchored", anchor=anchor.text)
        return anchor


def _when(anchor: Anchor) -> float:
    return datetime.fromisoformat(anchor.at).timestamp()


def kept_folder() -> AnchorFolder:
    """Return the folder of this installation's anchors."""
    return AnchorFolder(settings.anchors_folder, settings.anchor_keys_folder)


@contextmanager
def anchorer_of(folder: AnchorFolder) -> Iterator[Anchorer]:
    """Give an anchorer of the database that is set, else of the embedded one."""
    with database() as url:
        engine = engine_for(url, pool_size=1)
        try:
            yield Anchorer(engine, folder)
        finally:
            engine.dispose()


def anchor_now() -> None:
    """Anchor once. What keeps one try from succeeding must not end whoever calls: a database that restarts, a full disk."""
    try:
        BACKUP_AT.set(last_backup(settings.anchors_folder))
        with anchorer_of(kept_folder()) as anchorer:
            anchorer.anchor()
    except Exception:
        log.exception("the audit trails could not be anchored")


def anchor_every(seconds: float) -> None:
    """Anchor again and again, for as long as the process lives."""
    while True:
        anchor_now()
        time.sleep(seconds)
