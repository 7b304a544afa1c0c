"""Inspections: the items of a spot check, each in the hands of somebody who had no part in it."""

from shared.contracts.declarations.asking import OneCycle, evidence_lines
from shared.contracts.declarations.lists import CycleList
from shared.contracts.declarations.spot_check_documents import InspectionDocument, InspectionOutcomes
from shared.contracts.operations import Family
from shared.contracts.shapes import Command, batch, code, counts, needed_text, note, paged, revision, sort, word
from shared.vocabulary.checking import INSPECTION_STATES, VERDICTS


class ChosenInspection(Command):
    inspection = code(required=True)
    revision = revision()


class Finding(ChosenInspection):
    verdict = word(VERDICTS, required=True)
    evidence = evidence_lines()
    text = note(load_default="")
    counts = counts("found true; needed unless confirmed", allow_none=True)


class Findings(OneCycle):
    findings = batch(Finding)


class FindingTakenBack(ChosenInspection):
    reason = needed_text()


class FindingsTakenBack(OneCycle):
    inspections = batch(FindingTakenBack)


class StandingBack(ChosenInspection):
    reason = needed_text()


class Recusals(OneCycle):
    inspections = batch(StandingBack)


class NamedInspector(ChosenInspection):
    person = code(required=True)


class NamedInspectors(OneCycle):
    inspections = batch(NamedInspector)


class InspectionQuery(CycleList):
    sort = sort("place", "subject", "unit", "status")
    spot_check = code()
    status = word(INSPECTION_STATES)
    verdict = word(VERDICTS)
    subject = code()
    unit = code()
    inspector = code()


inspections = Family("declarations", "inspections", "抽查项 items of spot checks and what is found")

list_inspections = inspections.get(
    "/inspections", "list_inspections", InspectionQuery, paged(InspectionDocument), may="anyone"
)("抽查项 those one inspects, and those about oneself or one's people")
record_findings = inspections.post(
    "/inspections/findings", "record_findings", Findings, InspectionOutcomes, may="check_inspects"
)("检查结果 confirmed, corrected or false")
take_back_findings = inspections.post(
    "/inspections/take-back",
    "take_back_findings",
    FindingsTakenBack,
    InspectionOutcomes,
    may="check_takes_back_step",
)("撤回检查结果 one's own findings, with a reason, before the check is closed: what they corrected is as it was")
recuse_inspectors = inspections.post(
    "/inspections/recuse", "recuse_inspectors", Recusals, InspectionOutcomes, may="check_stands_back"
)("回避 the same draw names the next inspector")
name_inspectors = inspections.post(
    "/inspections/name", "name_inspectors", NamedInspectors, InspectionOutcomes, may="check_runs_spot_checks"
)("指定检查人员 where nobody of the pool is left")
