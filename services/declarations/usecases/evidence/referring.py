"""Something refers to files of evidence: checked for existence and ownership, and noted, in the transaction that refers."""

from collections.abc import Callable, Iterable, Sequence

from services.declarations.domain.evidence import CLOSED, check_number, check_usable, named
from services.declarations.domain.evidence_permissions import check_adds_evidence
from services.declarations.domain.organisation import who
from services.declarations.storage.evidence import EvidenceFiles, EvidenceUses
from services.declarations.storage.evidence_desks import lies_with
from services.declarations.storage.evidence_visibility import seen
from services.declarations.storage.library import need_cycle
from services.declarations.storage.scopes import Scope
from services.declarations.usecases.evidence.files import shown
from shared.actor import Actor
from shared.batches import each_row
from shared.clock import today
from shared.contracts.declarations.commands.evidence import Attached, Attaching
from shared.database import Row, Session
from shared.recording import audit
from shared.settings import settings
from shared.vocabulary.refusals import conflict, missing


class Referring:
    """The files that a batch names, read once and locked: ``check`` refuses a row, ``note`` writes what refers to what."""

    def __init__(self, session: Session, actor: Actor, cycle: str, lines: Iterable[Sequence[str]]) -> None:
        self._actor = actor
        self._uses = EvidenceUses(session, actor.bureau, cycle)
        wanted = {code for some in lines for code in named(some)}
        self._known = EvidenceFiles(session, actor.bureau).some(wanted, lock=True) if wanted else {}
        self._used = {(one["evidence"], one["subject"]) for one in self._uses.of(wanted)} if wanted else set()
        self._cycle = cycle

    def check(self, lines: Sequence[str], subject: str) -> None:
        wanted = named(lines)
        check_number(len(wanted), int(settings.evidence_files))
        for code in wanted:
            found = self._known.get(code)
            here = found if found is not None and found.cycle == self._cycle else None
            check_usable(code, here, who(self._actor), used_before=(code, subject) in self._used)

    def note(self, kind: str, referring: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        """Note what files are referred to; ``referring``: (id of what refers, its subject, its lines of evidence)."""
        by = who(self._actor)
        uses = [
            {"kind": kind, "aggregate": code, "subject": subject, "by": by, "evidence": file}
            for code, subject, lines in referring
            for file in named(lines)
        ]
        self._uses.add(uses)


def attach_evidence(session: Session, actor: Actor, command: Attaching) -> Row:
    """Attach evidence: own files, put to something open of one's side or at one's desk."""
    scope = Scope.of(session, actor)
    row = seen(session, scope, command["cycle"], command["kind"], command["aggregate"])
    if row is None:
        raise _nothing(command)
    desk = lies_with(session, scope, command["cycle"], command["kind"], command["aggregate"], today())
    check_adds_evidence(answers_for_it=row["subject"] in scope.own, at_its_desk=desk)
    need_cycle(session, actor.bureau, command["cycle"]).check_open()
    if row["status"] in CLOSED:
        raise conflict("evidence.decided", "该事项已办结，不能再补充材料", "it is decided: nothing is added any more")
    lines = [f"evidence:{code}" for code in command["evidence"]]
    referring = Referring(session, actor, command["cycle"], [lines])
    each_row([lines], _checking(referring, row["subject"]))
    uses = EvidenceUses(session, actor.bureau, command["cycle"])
    there = set(uses.behind(command["kind"], [command["aggregate"]]).get(command["aggregate"], []))
    check_number(len(there | set(command["evidence"])), int(settings.evidence_files))
    base = {"kind": command["kind"], "aggregate": command["aggregate"], "subject": row["subject"], "by": who(actor)}
    uses.add([{**base, "evidence": code} for code in named(lines)])
    audit(
        session, action="evidence.attached", subject=command["aggregate"], before={}, after={**base, "evidence": lines}
    )
    return _listed(session, actor, command)


def list_attached(session: Session, actor: Actor, query: Attached) -> Row:
    if seen(session, Scope.of(session, actor), query["cycle"], query["kind"], query["aggregate"]) is None:
        raise _nothing(query)
    return _listed(session, actor, query)


def _listed(session: Session, actor: Actor, query: Attached | Attaching) -> Row:
    uses = EvidenceUses(session, actor.bureau, query["cycle"])
    ids = uses.behind(query["kind"], [query["aggregate"]]).get(query["aggregate"], [])
    return {"items": [shown(one) for one in EvidenceFiles(session, actor.bureau).some(ids).values()]}


def _checking(referring: Referring, subject: str) -> Callable[[Sequence[str]], None]:
    return lambda lines: referring.check(lines, subject)


def _nothing(command: Attached | Attaching) -> Exception:
    what = command["aggregate"]
    return missing("evidence.nothing", f"没有 {what} 这一事项", f"there is no {command['kind']} {what}", "aggregate")
