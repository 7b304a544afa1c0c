"""机关代字: what stands before the numbers of a unit's papers, as it was set or as the names give it."""

from services.complaints.domain import permissions
from services.complaints.domain.paper_numbers import number_text, unit_word
from services.complaints.storage.papers import Papers
from services.complaints.storage.projections import Copies, Unit
from services.complaints.usecases.guards import guard
from services.complaints.usecases.people import place_of
from shared import clock
from shared.actor import Actor
from shared.batches import each_row
from shared.contracts.complaints.commands.papers import PaperWordEntries, PaperWordEntry
from shared.contracts.complaints.commands.shapes import Empty
from shared.database import Row, Session
from shared.recording import audit
from shared.vocabulary.refusals import conflict, invalid

_TAKING = frozenset({"centre", "division", "station", "association"})


def word_of(session: Session, bureau: str, unit: str) -> str:
    """Return the word of ``unit``. One that the names give is kept once it is used; where another unit has it already,
    the unit's code tells them apart."""
    papers, units = Papers(session, bureau), Copies(session, bureau).units()
    known = papers.words().get(unit)
    if known is not None:
        return known
    papers.hold_words()
    known = papers.words().get(unit)
    if known is not None:
        return known
    word = _by_names(units, bureau, units[unit])
    if papers.used_by_others(unit, word):
        word = f"{word}{unit}"
    papers.set_word(unit, word)
    return word


def get_paper_words(session: Session, actor: Actor, _query: Empty) -> Row:
    units, words = Copies(session, actor.bureau).units(), Papers(session, actor.bureau).words()
    year = clock.bureau_date(clock.now()).year
    items = []
    for code, one in sorted(units.items()):
        if one.kind in _TAKING and (one.active or code in words):
            word = words.get(code) or _by_names(units, actor.bureau, one)
            kind = "mediation_record" if one.kind == "association" else "acceptance"
            example = number_text(word, kind, year, 1)
            items.append({"unit": code, "name": one.name, "word": word, "own": code in words, "example": example})
    return {"items": items}


def put_paper_words(session: Session, actor: Actor, command: PaperWordEntries) -> Row:
    guard(permissions.may_set_case_settings(actor, place_of(session, actor)))
    papers, units = Papers(session, actor.bureau), Copies(session, actor.bureau).units()
    papers.hold_words()
    before = papers.words()

    def put(entry: PaperWordEntry) -> None:
        unit = units.get(entry["unit"])
        if unit is None or unit.kind not in _TAKING:
            raise invalid("unit.unknown", "没有该单位，或者该单位不制作文书", "no unit that makes papers", "unit")
        if papers.used_by_others(entry["unit"], entry["word"]):
            raise conflict("paper.word", "该代字已由其他单位使用", "another unit numbers with this word", "word")
        papers.set_word(entry["unit"], entry["word"])

    each_row(command["words"], put)
    after = {one["unit"]: one["word"] for one in command["words"]}
    old = {unit: before.get(unit) for unit in after}
    audit(session, action="case.paper_words_set", subject=actor.bureau, before=old, after=after)
    return get_paper_words(session, actor, {})


def _by_names(units: dict[str, Unit], bureau: str, unit: Unit) -> str:
    return unit_word(units[bureau].name if bureau in units else "", unit.name, unit.kind)
