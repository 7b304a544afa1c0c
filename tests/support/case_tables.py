"""The pages docs/states/case-*.md as the code has it: ``python -m tests.support.case_tables`` writes them anew."""

from pathlib import Path

from services.complaints.domain.machines import MACHINES
from services.complaints.domain.step_roles import NEVER_THE_HANDLER, allowed_roles
from shared.vocabulary.complaints import CASE_EVENTS, CASE_STATES, ROLES
from shared.vocabulary.states import States

FOLDER = Path(__file__).parents[2] / "docs" / "states"
TITLES = {
    "case-complaint": "投诉 complaint",
    "case-report": "举报 report",
    "case-enquiry": "咨询和建议 enquiry, suggestion",
    "case-association": "消协自行受理的投诉 an association's own complaint",
}
NOTES = {
    "case-complaint": """
- A mixed submission is registered by one command as a complaint and a report that know of each other.
- accept: an agent has handed in the mandate, a joint complaint has two representatives, the identity check has not failed.
- accept, refuse: within 7 working days of receipt; a refusal rests on a ground of the regime, ground 4 on the day of knowledge, the
  ground of impersonation on a recorded identity check. ask_supplement moves no deadline unless the regime is so read.
- transfer: by the centre only, before the decision; confirm_transfer needs the receipt's number and ends the clock, but no miss.
- mediate: both parties' consent is recorded; decline takes it back. attend: at the time appointed or after it; an absence without reason
  is proved. conclude on the ground of absence: such an absence or a refusal is on record.
- ask_recusal suspends the mediation; decide_recusal: by a head, never by the one concerned, who mediates no more where it is granted.
- entrust: both parties' consent to entrusting it is recorded as well; the case stays in the
  bureau's name with its unit and handler, and the association can mediate, make contact and report back, nothing else.
- pause, resume: appraisal and testing, whose days are not counted. conclude on the ground of time: only once the time is over.
- withdraw: before the decision, also while it is handed over, the case is withdrawn, after it the mediation ends on ground 1.
- turn_into_case: a suspicion on record becomes a report of its own, or is tied to one there is.
- follow_up: never by who worked on it; an answer stands; whoever was not satisfied is called once more after redo.
- archive: everything that is due is done. pass_archive, reject_archive: never by who worked on it or submitted it; rejected, the case
  returns to the state it had. publish: what was accepted and concluded, without anybody's name.
- withhold: not published for good or until a day, on a ground; end_withholding lets it be published again. object: the trader, within the
  days of the settings after the publication; decide_objection: never by who worked on it. Upheld it ends the publication and withholds the
  result; corrected needs a correction on record since. Until then it is not published anew.
- mark_repeat: the same person (telephone, identity number, or the name where neither is known) within 60 days of the conclusion.
- merge: with a case of the same kind and organisation against the same trader. unmerge: back to the state before.
""",
    "case-report": """
- A report never lies with an association. conclude: it is verified and decided whether a case is filed (立案).
- extend: once for each clock, before its end, by another than the handler. restart: new facts; the clock runs from the last receipt, and
  what was missed before stays missed.
- extend_filed, end_filed: the 90 days of a filed case, 30 further; extend_filed_again: then a day that was decided on together.
- dispute, settle_dispute: agreed between the bureaus; decide_dispute: by the common superior, which is the centre. Until then nothing is
  concluded; what is another bureau's is transferred, by the centre only. confirm_transfer ends the clock, but no miss.
- withdraw: is recorded and ends nothing. merge with new facts: the other's clock runs anew from this receipt; unmerge undoes it.
- propose_reward: once the filed case is decided. approve_reward: by another than who proposed it or worked on it, not more than proposed.
- archive, pass_archive, reject_archive: as of a complaint; a filed case is decided before.
- merge: with a case of the same kind against the same trader. unmerge: back to the state before.
""",
    "case-enquiry": """
- Registered, dispatched and answered; no clock of the law runs. archive, pass_archive, reject_archive: as of a complaint.
""",
    "case-association": """
- Its own machine, people and papers (消保法 37, 56): nobody of the bureau has a role in it, it has no clock, no order and no document of
  the bureau, and it never becomes the bureau's case. It is neither transferred, published, merged nor turned into a report.
""",
}
EVERYWHERE = """\
- The head of the unit that took a case in handles it until a unit has it; then only what looks at the work from outside is left to them:
  follow_up, supervise, mark_repeat, unmark_repeat, merge, unmerge.
- correct, annul: new events that name the old one; what later steps rest on is annulled after those. Annulling the registration voids the
  case.
- Time: the future and what lies before the receipt are refused, as is what the state at that time does not allow. What is entered more
  than 7 days late is entered by a head, or after allow_late, and is marked in the figures.
"""


def page(name: str) -> str:
    """Return the whole page of a machine: drawing, table of every state and step, roles, notes."""
    states = MACHINES[name]
    lines = [f"# {TITLES[name]}", "", "```mermaid", "stateDiagram-v2", *_arrows(states), "```", ""]
    lines += [
        "The drawing has what leads to another state. Every step in every state: where it leads, and `·` where it is refused (409).",
        "",
        *_cells(states),
        "",
    ]
    lines += ["Who takes it, in whose case:", "", *_roles(name, states)]
    return "\n".join(lines) + "\n" + NOTES[name] + EVERYWHERE


def _arrows(states: States) -> list[str]:
    moves = [(step, before, after) for step, ways in states.moves.items() for before, after in ways.items()]
    return [f"    {before or '[*]'} --> {after}: {step}" for step, before, after in moves if before != after]


def _cells(states: States) -> list[str]:
    columns = [one for one in CASE_STATES if _reached(states, one)]
    head = "| step | | " + " | ".join(f"{one} {CASE_STATES[one]}" for one in columns) + " |"
    rows = [head, "|" + "---|" * (len(columns) + 2)]
    for step, ways in states.moves.items():
        if step != "register":
            told = " | ".join(ways.get(one, "·") for one in columns)
            rows.append(f"| {step} | {CASE_EVENTS[step]} | {told} |")
    return rows


def _reached(states: States, state: str) -> bool:
    ways = [way for moves in states.moves.values() for way in moves.items()]
    return any(before != to == state for before, to in ways)


def _roles(name: str, states: States) -> list[str]:
    organisation = "association" if name == "case-association" else "bureau"
    held = [role for role in ROLES if any(role in allowed_roles(organisation, one) for one in _steps(states))]
    rows = ["| step | " + " | ".join(f"{one} {ROLES[one]}" for one in held) + " |", "|---" * (len(held) + 1) + "|"]
    for step in _steps(states):
        allowed = allowed_roles(organisation, step)
        barred = " (never the handler)" if step in NEVER_THE_HANDLER else ""
        rows.append(f"| {step}{barred} | " + " | ".join("✓" if one in allowed else "·" for one in held) + " |")
    return rows


def _steps(states: States) -> list[str]:
    return [one for one in states.moves if one != "register"]


if __name__ == "__main__":
    for one in MACHINES:
        (FOLDER / f"{one}.md").write_text(page(one), encoding="utf-8")
