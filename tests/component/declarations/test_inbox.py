"""What waits for somebody is what they may do, no more and no less: lists, to-dos, ``may`` and commands are one rule."""

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from services.declarations.storage import projections
from services.declarations.usecases.review import decide, declare
from shared.actor import Actor, Grant
from shared.contracts.declarations import bulk_assess as of_clearing
from shared.contracts.declarations import declarations as contract
from shared.errors import Problem
from shared.vocabulary.refusals import Refused
from tests.component.declarations.bureau import Bureau, ratio, settle_in
from tests.component.declarations.states import ACTORS, CYCLE, attendance, cycle
from tests.support.databases import Databases

DECLARERS = [
    ("PS", "PS"),
    ("HS", "HS"),
    ("HS", "S01"),
    ("P8", "P8"),
    ("H10", "H10"),
    ("H10", "D10"),
    ("Q10", "Q10"),
    ("P9", "P9"),
]
PERIODS = ["2026-M01", "2026-M02"]
READERS = ["L1", "L2", "H9", "P9", "H10", "P10", "Q10", "R1", "HS", "PS", "QS", "K1", "office", "auditor"]
LIKELY = {"declared": ["verify", "return"], "verified": ["assess", "return"], "assessed": ["record", "return", ""]}
COMMANDS: dict[str, tuple[Any, Callable[..., Any]]] = {
    "verify": (contract.verify_declarations, decide.verify_declarations),
    "assess": (contract.assess_declarations, decide.assess_declarations),
    "return": (contract.return_declarations, decide.return_declarations),
    "record": (of_clearing.record_declarations, decide.record_declarations),
}
DECIDERS = ["L1", "H9", "P9", "H10", "P10", "R1", "HS", "K1", "office"]


class Tried:
    """A command is tried on one declaration and taken back."""

    def __init__(self, bureau: Bureau, rows: list[dict[str, Any]]) -> None:
        self._bureau, self._rows = bureau, rows

    def accepted(self, by: str, waiting: str) -> set[str]:
        return {row["declaration"] for row in self._rows if self._accepts(ACTORS[by], waiting, row)}

    def _accepts(self, actor: Actor, waiting: str, row: dict[str, Any]) -> bool:
        with Session(self._bureau.sessions.engine) as session:
            session.info.update(actor=actor, schema="declarations")
            try:
                self._do(session, actor, waiting, row)
            except (Problem, Refused):
                return False
            finally:
                session.rollback()
        return True

    def _do(self, session: Session, actor: Actor, waiting: str, row: dict[str, Any]) -> None:
        if waiting == "correct":
            if row["status"] != "returned":
                raise Refused
            entry = {name: row[name] for name in ("indicator", "subject", "period", "revision")}
            body = {"cycle": CYCLE, "entries": [{**entry, "counts": {"done": "1"}}]}
            declare.declare_items(session, actor, contract.declare_items.decode(body))
            return
        operation, use_case = COMMANDS[waiting]
        body = {"cycle": CYCLE, "declarations": [{"declaration": row["declaration"]}]}
        body |= {"reason": "请补充"} if waiting == "return" else {}
        use_case(session, actor, operation.decode(body))


def some_year(bureau: Bureau, seed: int) -> list[dict[str, Any]]:
    """Declarations of many people, each as far as chance has brought it, some of it in somebody's place."""
    random = Random(seed)
    delegate(bureau, random)
    for by, subject in DECLARERS:
        for period in PERIODS:
            (one,) = bureau.declare(by, ratio("1", subject=subject), period=period)
            for _ in range(random.randint(0, 4)):
                move(bureau, random, one["declaration"])
    return bureau.rows("SELECT * FROM declarations.declaration")


def delegate(bureau: Bureau, random: Random) -> None:
    spans = {"starts": "2026-01-01", "ends": "2026-06-30", "reason": "出差"}
    for principal, role, target, to in (
        ("HS", "unit_head", "S01", random.choice(["QS", "PS"])),
        ("P10", "assessor", "D10", random.choice(["Q10", "PS", "HS"])),
    ):
        bureau.ask("delegate", principal, {"delegate": to, "role": role, "target": target, **spans})


def move(bureau: Bureau, random: Random, one: str) -> None:
    (row,) = bureau.rows(f"SELECT status FROM declarations.declaration WHERE declaration = '{one}'")
    step = random.choice(LIKELY.get(row["status"], [""]))
    for by in random.sample(DECIDERS, len(DECIDERS)) if step else ():
        options = {"reason": "请补充"} if step == "return" else {}
        try:
            bureau.decide(step, by, [one], **options)
        except Problem:
            continue
        return


def listed(bureau: Bureau, by: str | Actor, waiting: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = bureau.ask(
        "list_declarations", by, {"cycle": CYCLE, "waiting": waiting, "limit": 500}
    )["items"]
    return items


@given(st.integers(0, 2**32))
@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_listed_is_what_the_commands_accept(database: Databases, on: Callable[[str], None], seed: int) -> None:
    with Bureau.on(database("declarations")) as bureau:
        on("2026-02-02")
        settle_in(bureau)
        bureau.rule()
        tried = Tried(bureau, some_year(bureau, seed))
        on("2026-02-12")  # January's have escalated
        for by in READERS:
            to_dos = bureau.ask("list_to_dos", by, {})["lists"]
            for waiting in ("verify", "assess", "return", "record", "correct"):
                items = listed(bureau, by, waiting)
                assert {one["declaration"] for one in items} == tried.accepted(by, waiting), (by, waiting)
                command = "declare" if waiting == "correct" else waiting
                assert all(command in one["may"] and command not in one["why_not"] for one in items), (by, waiting)
                if waiting != "return":
                    assert to_dos[f"to_{waiting}"]["count"] == len(items), (by, waiting)


def test_who_may_not_is_told_why(bureau: Bureau) -> None:
    (one,) = bureau.declare("PS", ratio())
    query = {"cycle": CYCLE, "declaration": one["declaration"]}
    own = bureau.ask("get_declaration", "PS", query)
    assert own["may"] == ["withdraw", "declare"]  # to correct it, or to take it back
    assert own["why_not"]["verify"] == {"code": "own.decision", "zh": "不得办理本人（本单位）的事项"}
    assert own["why_not"]["take_back"]["code"] == "declaration.state"
    head = bureau.ask("get_declaration", "HS", query)
    assert head["may"] == ["verify", "return"]
    bureau.decide("verify", "HS", [one["declaration"]])
    again = bureau.ask("get_declaration", "HS", query)
    assert again["may"] == ["take_back"]
    assert again["why_not"]["verify"]["zh"] == "申报当前为“已核实”，不能进行此操作"
    (item,) = bureau.ask("list_declarations", "P10", {"cycle": CYCLE, "may": True})["items"]
    assert item["may"] == ["assess", "return"]


def test_an_escalated_item_waits_for_the_next_head_up(bureau: Bureau, on: Callable[[str], None]) -> None:
    on("2026-01-20")
    bureau.rule()
    (one,) = bureau.declare("PS", ratio())
    assert listed(bureau, "L1", "verify") == []
    on("2026-02-11")
    assert [row["declaration"] for row in listed(bureau, "L1", "verify")] == [one["declaration"]]


def test_a_desk_sees_what_its_machine_counted(bureau: Bureau) -> None:
    figures = attendance("PS", "2026-01", {"late_early": {"late": "1", "early": "0"}})
    bureau.handle(projections.keep_figures, figures, source="attendance")
    (one,) = bureau.declare("PS", {"indicator": "02-01-01"})
    assert [row["declaration"] for row in listed(bureau, "R1", "verify")] == [one["declaration"]]
    assert listed(bureau, "HS", "verify") == []


def test_nothing_waits_where_the_cycle_is_closed_to_it(bureau: Bureau) -> None:
    (one,) = bureau.declare("PS", ratio())
    bureau.handle(projections.keep_cycles, cycle(status="archived", revision=2))
    told = bureau.ask("get_declaration", "HS", {"cycle": CYCLE, "declaration": one["declaration"]})
    assert (told["may"], told["why_not"]["verify"]["code"]) == ([], "cycle.not_open")
    assert listed(bureau, "HS", "verify") == []


def test_a_stranger_has_nothing_to_do(bureau: Bureau) -> None:
    bureau.declare("PS", ratio())
    nobody = Actor(account="n", name="n", bureau="B99", person="n", grants=(Grant("panel", "bureau"),))
    assert listed(bureau, nobody, "verify") == []
