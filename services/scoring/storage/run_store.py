"""Runs and the inputs they were made of."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import exists, insert, select, update
from sqlalchemy.orm import Session

from services.scoring.domain.run import FROZEN, PUBLISHED, Run
from services.scoring.storage import tables
from shared.database import ensure_partition
from shared.jsontext import canonical, loads
from shared.pages import keyset
from shared.vocabulary.refusals import conflict, missing

FRAME = ""  # the part of a run's inputs that all subjects share


@dataclass(frozen=True)
class Part:
    """One part of a run's inputs: the canonical JSON, compressed, and its hash."""

    part: str
    hash: str
    body: bytes

    @classmethod
    def of(cls, part: str, raw: Any) -> "Part":
        text = canonical(raw)
        return cls(part, hashlib.sha256(text).hexdigest(), zlib.compress(text, 1))

    def read(self) -> Any:
        return loads(zlib.decompress(self.body))


def input_hash(hashes: dict[str, str]) -> str:
    """Return SHA-256 over the canonical JSON of {part: SHA-256 of the part's canonical JSON}."""
    return hashlib.sha256(canonical(hashes)).hexdigest()


class Runs:
    def __init__(self, session: Session, bureau: str) -> None:
        self.session = session
        self.bureau = bureau

    def add(self, run: Run, parts: Sequence[Part]) -> None:
        self.session.execute(insert(tables.run), [asdict(run)])
        ensure_partition(self.session, tables.run_input, run.cycle)
        owner = {"bureau": run.bureau, "cycle": run.cycle, "run": run.run}
        self.session.execute(insert(tables.run_input), [{**owner, **asdict(part)} for part in parts])

    def get(self, code: str, *, lock: bool = False) -> Run:
        table = tables.run
        chosen = select(table).where(table.c.bureau == self.bureau, table.c.run == code)
        found = self.session.execute(chosen.with_for_update() if lock else chosen).mappings().first()
        if found is None:
            raise missing("run.unknown", "没有这次核算", "there is no such run")
        return Run(**found)

    def save(self, run: Run) -> None:
        table = tables.run
        changed = update(table).where(
            table.c.bureau == self.bureau, table.c.run == run.run, table.c.revision == run.revision - 1
        )
        if self.session.execute(changed.values(**asdict(run))).rowcount != 1:  # type: ignore[attr-defined]  # of an update
            raise conflict("run.changed", "核算已被他人修改", "the run was changed meanwhile")

    def page(self, cycle: str | None, *, published_only: bool, after: str | None, limit: int) -> dict[str, Any]:
        table = tables.run
        chosen = select(table).where(table.c.bureau == self.bureau)
        if cycle is not None:
            chosen = chosen.where(table.c.cycle == cycle)
        if published_only:
            chosen = chosen.where(table.c.status == PUBLISHED)
        return keyset(self.session, chosen, order=[table.c.run], after=after, limit=limit)

    def has_results(self, cycle: str) -> bool:
        """Tell whether a run of the cycle has been approved: from then on there is something to talk about."""
        run = tables.run.c
        approved = exists().where(run.bureau == self.bureau, run.cycle == cycle, run.status != FROZEN)
        return bool(self.session.execute(select(approved)).scalar_one())

    def published(self, cycle: str) -> str | None:
        """Return the run of the cycle that was published last."""
        table = tables.run
        own = (table.c.bureau == self.bureau, table.c.cycle == cycle, table.c.status == PUBLISHED)
        return self.session.execute(
            select(table.c.run).where(*own).order_by(table.c.published_at.desc(), table.c.run.desc()).limit(1)
        ).scalar()

    def published_before(self, cycle: str) -> str | None:
        """Return the run that was published last of the last cycle before ``cycle``."""
        table = tables.run
        own = (table.c.bureau == self.bureau, table.c.cycle < cycle, table.c.status == PUBLISHED)
        order = (table.c.cycle.desc(), table.c.published_at.desc(), table.c.run.desc())
        return self.session.execute(select(table.c.run).where(*own).order_by(*order).limit(1)).scalar()

    def part(self, run: Run, part: str) -> Part | None:
        table = tables.run_input
        found = self.session.execute(self._inputs(run).where(table.c.part == part)).first()
        return Part(found.part, found.hash, found.body) if found else None

    def hash_of(self, run: Run, part: str) -> str | None:
        """Return a part's hash without reading the part; None where it was not kept."""
        table = tables.run_input
        own = (table.c.bureau == self.bureau, table.c.cycle == run.cycle, table.c.run == run.run, table.c.part == part)
        return self.session.execute(select(table.c.hash).where(*own)).scalar()

    def subject_parts(self, run: Run, at_once: int) -> Iterator[Part]:
        """Yield every subject's part in the order of their codes, ``at_once`` read at a time."""
        last = FRAME
        while True:
            chosen = self._inputs(run).where(tables.run_input.c.part > last).order_by(tables.run_input.c.part)
            rows = self.session.execute(chosen.limit(at_once)).all()
            yield from (Part(row.part, row.hash, row.body) for row in rows)
            if len(rows) < at_once:
                return
            last = rows[-1].part

    def hashes(self, run: Run) -> dict[str, str]:
        """Return part -> its hash, as they were stored."""
        table = tables.run_input
        own = (table.c.bureau == self.bureau, table.c.cycle == run.cycle, table.c.run == run.run)
        return {row.part: row.hash for row in self.session.execute(select(table.c.part, table.c.hash).where(*own))}

    def _inputs(self, run: Run) -> Any:
        table = tables.run_input
        own = (table.c.bureau == self.bureau, table.c.cycle == run.cycle, table.c.run == run.run)
        return select(table.c.part, table.c.hash, table.c.body).where(*own)
