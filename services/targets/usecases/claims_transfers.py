"""Handing claims on: transfer, split, and what is left of one who leaves, moves or is away for long."""

from fractions import Fraction

from services.targets.domain import permissions
from services.targets.domain.claims import Claim
from services.targets.storage.claims import Claims
from services.targets.storage.claims_records import Movements
from services.targets.storage.persons import Persons
from services.targets.usecases.claims import claim_document
from services.targets.usecases.claims_batch import none_refused
from services.targets.usecases.claims_book import Book
from services.targets.usecases.guards import known_cycle, need, open_cycle
from services.targets.usecases.transfers import Leave, Unplaced, hand_on, served_part, transfer_part
from shared.actor import Actor
from shared.contracts.targets.commands.claims_transfers import MovementQuery, SubstitutePerson, TransferClaims
from shared.database import Row, Session
from shared.errors import NotFound


def transfer_claims(session: Session, actor: Actor, command: TransferClaims) -> Row:
    """Transfer parts of claims, or whole ones, from person to person; all or none.
    Across units the share behind them goes along."""
    cycle = open_cycle(session, actor, command["cycle"])
    entries = command["transfers"]
    book = Book(session, actor, cycle)
    book.open((one["indicator"], one["giver"], one["taker"]) for one in entries)
    givers = [(one["indicator"], one["giver"]) for one in entries]
    refusals = []
    for entry in entries:
        kind = "split" if givers.count((entry["indicator"], entry["giver"])) > 1 else "transfer"
        refusals.append(transfer_part(book, _leave_of(actor), kind, entry, command["reason"]))
    none_refused(refusals)
    return {"items": [claim_document(one) for one in book.save()]}


def substitute_person(session: Session, actor: Actor, command: SubstitutePerson) -> Row:
    """Let all claims of ``giver`` go to ``taker`` as far as they may take them; the
    rest, and without a taker all, to the unit.

    With ``keep_served`` the giver keeps the part of each claim that goes with the days they served in the unit.
    """
    cycle = open_cycle(session, actor, command["cycle"])
    person = Persons(session, actor.bureau).get(command["giver"])
    if person is None:
        raise NotFound("person.unknown", zh=f"没有人员 {command['giver']}", en="there is no such person")
    claims, taker = Claims(session, actor.bureau, cycle.cycle).of_subject(command["giver"]), command["taker"]
    book = Book(session, actor, cycle)
    book.open((one.indicator, one.subject, taker) for one in claims)
    unplaced: list[Unplaced] = []
    for claim in claims:
        if held := book.held(claim.indicator, claim.subject):
            need(permissions.may_claim_for_unit(actor, held.unit))
            served = (
                served_part(person, held.unit, cycle, command["last_day"]) if command["keep_served"] else Fraction(0)
            )
            unplaced += hand_on(book, _leave_of(actor), held, taker, command["reason"], served)
    return {"items": [claim_document(one) for one in book.save()], "unplaced": unplaced}


def list_movements(session: Session, actor: Actor, query: MovementQuery) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    return Movements(session, actor.bureau, cycle.cycle).page(query, cycle.library_revision)


def _leave_of(actor: Actor) -> Leave:
    """A head hands on within the unit, the office anywhere."""

    def check(claim: Claim, *, crosses: bool) -> None:
        need(permissions.may_claim_for_unit(actor, claim.unit))
        need(not crosses or permissions.may_manage_cycle(actor))

    return check
