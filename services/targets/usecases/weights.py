"""Weights from the leaders' judgement: asked pair by pair, combined, and proposed as a change of the model."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.questionnaires import ModelProposal, Questionnaire, changes, with_part
from services.targets.domain.weights import Comparison, Matrix, criteria_of, matrix_of, read_ratio
from services.targets.solving.weights import Outcome, combine, entropy, judge
from services.targets.storage.lines import Lines
from services.targets.storage.weights import Answer, ModelProposals, Questionnaires
from services.targets.usecases.guards import changeable, known_cycle, need, written
from shared.actor import Actor
from shared.clock import now
from shared.contracts.targets.commands import weights as commands
from shared.contracts.targets.commands.keys import CyclePage
from shared.contracts.targets.commands.weights import (
    AnswerQuestionnaire,
    CreateQuestionnaire,
    EntropyAdvice,
    OneQuestionnaire,
    ProposeModel,
    QuestionnaireQuery,
)
from shared.database import Row, Session, Sessions
from shared.errors import Conflict, NotFound
from shared.ids import new_id
from shared.recording import audit


def create_questionnaire(session: Session, actor: Actor, command: CreateQuestionnaire) -> Row:
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True, shared=True)
    changeable(cycle)
    _criteria(session, actor, command["part"])
    asked = Questionnaire(
        new_id(), command["part"], command["method"], command["random_index"], by=actor.account, at=now()
    )
    Questionnaires(session, actor.bureau, cycle.cycle).save(asked)
    _audit(session, actor, cycle, "questionnaire.opened", asked.questionnaire, {"part": asked.part})
    return _document(session, actor, cycle, asked)


def answer_questionnaire(session: Session, actor: Actor, command: AnswerQuestionnaire) -> Row:
    """Take the actor's comparisons, in place of their earlier ones; the answer tells them how consistent they are."""
    need(permissions.may_judge_weights(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True, shared=True)
    changeable(cycle)
    stored = Questionnaires(session, actor.bureau, cycle.cycle)
    asked = _open(stored, command["questionnaire"])
    criteria = _criteria(session, actor, asked.part)
    outcome = _outcome(asked, criteria, _matrix(criteria, command["comparisons"]))
    before = stored.answers(asked.questionnaire).get(actor.account)
    answer = Answer(command["comparisons"], before.revision + 1 if before else 1, now())
    written(whole=stored.answer(asked.questionnaire, actor.account, answer))
    after = {"comparisons": answer.comparisons}
    _audit(session, actor, cycle, "questionnaire.answered", asked.questionnaire, after)
    return {"judge": actor.account, **vars(answer), **_told(outcome)}


def close_questionnaire(session: Session, actor: Actor, command: OneQuestionnaire) -> Row:
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True, shared=True)
    changeable(cycle)
    stored = Questionnaires(session, actor.bureau, cycle.cycle)
    asked = _open(stored, command["questionnaire"])
    if not stored.answers(asked.questionnaire):
        raise Conflict("questionnaire.empty", zh="还没有人作答", en="nobody has answered yet")
    closed = replace(asked, status="closed", revision=asked.revision + 1)
    written(whole=stored.save(closed))
    _audit(session, actor, cycle, "questionnaire.closed", closed.questionnaire, {"status": "closed"})
    return _document(session, actor, cycle, closed)


def get_questionnaire(session: Session, actor: Actor, query: OneQuestionnaire) -> Row:
    need(permissions.may_judge_weights(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    stored = Questionnaires(session, actor.bureau, cycle.cycle)
    return _document(session, actor, cycle, _known(stored, query["questionnaire"]))


def list_questionnaires(session: Session, actor: Actor, query: QuestionnaireQuery) -> Row:
    need(permissions.may_judge_weights(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    return Questionnaires(session, actor.bureau, cycle.cycle).page(query)


def propose_model(session: Session, actor: Actor, command: ProposeModel) -> Row:
    """Propose a model from closed questionnaires; an inconsistent one only where the reason for it is on record."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True, shared=True)
    changeable(cycle)
    stored = Questionnaires(session, actor.bureau, cycle.cycle)
    weights, composite, basis = cycle.weights, cycle.composite, []
    lines = Lines(session, actor.bureau).all()
    for code in dict.fromkeys(command["questionnaires"]):
        asked = _closed(stored, code)
        outcome = _combined(stored, asked, _criteria(session, actor, asked.part))
        _consistent(asked, outcome, despite=command["despite_inconsistency"])
        weights, composite = with_part(weights, composite, asked.part, outcome.weights, lines)
        basis.append({"questionnaire": code, "part": asked.part, "method": asked.method, **_texts(_told(outcome))})
    proposal = ModelProposal(
        new_id(), cycle.model_revision, weights, composite, basis, command["reason"], by=actor.account, at=now()
    )
    ModelProposals(session, actor.bureau, cycle.cycle).save(proposal)
    _audit(session, actor, cycle, "model.proposed", proposal.proposal, {"basis": basis, "reason": proposal.reason})
    return proposal_document(cycle, proposal)


def list_model_proposals(session: Session, actor: Actor, query: CyclePage) -> Row:
    need(permissions.may_see_drafts(actor))
    cycle = known_cycle(session, actor, query["cycle"])
    found, following = ModelProposals(session, actor.bureau, cycle.cycle).page(query["after"], query["limit"])
    return {"items": [proposal_document(cycle, one) for one in found], "next": following}


def advise_by_entropy(_sessions: Sessions, actor: Actor, command: EntropyAdvice) -> Row:
    """Advise weights by dispersion of past scores. They change nothing, and no proposal takes them."""
    need(permissions.may_see_drafts(actor))
    return {
        "weights": entropy(command["rows"]),
        "zh": "熵权只反映各类得分的离散程度，不代表重要性，仅供参考",
        "en": "entropy weights tell how far scores spread, not what matters: advice only",
    }


def proposal_document(cycle: Cycle, proposal: ModelProposal) -> Row:
    names = ("part", "component", "before", "after")
    changed = [dict(zip(names, one, strict=True)) for one in changes(cycle.weights, cycle.composite, proposal)]
    return {**vars(proposal), "changes": changed}


def _document(session: Session, actor: Actor, cycle: Cycle, asked: Questionnaire) -> Row:
    stored = Questionnaires(session, actor.bureau, cycle.cycle)
    criteria = _criteria(session, actor, asked.part)
    answers = stored.answers(asked.questionnaire)
    seen = answers if permissions.may_see_drafts(actor) else {}
    own = {actor.account: answers[actor.account]} if actor.account in answers else {}
    return {
        **vars(asked),
        "criteria": [{"code": code, "name": name} for code, name in criteria.items()],
        "judges": len(answers),
        "outcome": _told(_combined(stored, asked, criteria)) if seen else None,
        "judgements": [
            {"judge": judge_, **vars(answer), **_told(_outcome(asked, criteria, _matrix(criteria, answer.comparisons)))}
            for judge_, answer in (seen or own).items()
        ],
    }


def _criteria(session: Session, actor: Actor, part: str) -> dict[str, str]:
    return criteria_of(part, Lines(session, actor.bureau).all())


def _combined(stored: Questionnaires, asked: Questionnaire, criteria: Mapping[str, str]) -> Outcome:
    answers = stored.answers(asked.questionnaire).values()
    together = combine([_matrix(criteria, one.comparisons) for one in answers])
    return judge(list(criteria), together, asked.method, asked.random_index)


def _outcome(asked: Questionnaire, criteria: Mapping[str, str], matrix: Matrix) -> Outcome:
    return judge(list(criteria), matrix, asked.method, asked.random_index)


def _matrix(criteria: Mapping[str, str], comparisons: Sequence[commands.Comparison]) -> Matrix:
    return matrix_of(list(criteria), [Comparison(one["a"], one["b"], read_ratio(one["ratio"])) for one in comparisons])


def _told(outcome: Outcome) -> Row:
    return asdict(outcome)


def _texts(value: Any) -> Any:
    """Decimals as text, for a JSON column."""
    if isinstance(value, Mapping):
        return {name: _texts(inner) for name, inner in value.items()}
    return format(value, "f") if isinstance(value, Decimal) else value


def _consistent(asked: Questionnaire, outcome: Outcome, *, despite: bool) -> None:
    if outcome.acceptable or despite:
        return
    worst = outcome.worst
    place = f"，最不一致的是 {worst.a} 与 {worst.b} 的比较" if worst else ""
    raise Conflict(
        "weights.inconsistent",
        zh=f"{asked.part} 的一致性比例为 {outcome.consistency_ratio}，应小于 0.1{place}",
        en=f"{asked.part}: the consistency ratio is {outcome.consistency_ratio}, not below 0.1",
    )


def _known(stored: Questionnaires, code: str, *, lock: bool = False) -> Questionnaire:
    asked = stored.get(code, lock=lock)
    if asked is None:
        raise NotFound("questionnaire.unknown", zh="没有该问卷", en="there is no such questionnaire")
    return asked


def _open(stored: Questionnaires, code: str) -> Questionnaire:
    asked = _known(stored, code, lock=True)
    if asked.status != "open":
        raise Conflict("questionnaire.closed", zh="问卷已截止", en="the questionnaire is closed")
    return asked


def _closed(stored: Questionnaires, code: str) -> Questionnaire:
    asked = _known(stored, code)
    if asked.status != "closed":
        raise Conflict("questionnaire.open", zh="问卷尚未截止", en="the questionnaire is still open")
    return asked


def _audit(session: Session, actor: Actor, cycle: Cycle, action: str, code: str, after: Any) -> None:
    audit(session, action=action, subject=f"{actor.bureau}/{cycle.cycle}/{code}", before={}, after=after)
