"""The model of a cycle by revision: revised from a day on, looked up as it was on any day."""

from dataclasses import replace
from datetime import date

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.models import (
    IN_CYCLE,
    ModelRevision,
    check_model,
    differences,
    of_cycle,
    refuse_to_take_back,
)
from services.targets.storage.library import Libraries
from services.targets.storage.lines import Lines
from services.targets.storage.models import Models
from services.targets.storage.weights import ModelProposals
from services.targets.usecases.choices import told_choices
from services.targets.usecases.guards import changeable, known_cycle, need, none_wrong, published_library
from services.targets.usecases.saving import save_change
from services.targets.usecases.scheduling import effective_day
from shared.actor import Actor
from shared.clock import today
from shared.contracts.targets.commands.cycles import CycleKey
from shared.contracts.targets.commands.models import ModelQuery, NewModel
from shared.database import Row, Session
from shared.errors import Conflict, NotFound
from shared.recording import audit
from shared.vocabulary.refusals import check_revision

_CHANGES = (*IN_CYCLE, "grade_values")


def revise_model(session: Session, actor: Actor, command: NewModel) -> Row:
    """Make a new revision, whole: what is not named stays. In force on its day, which is today where none is named.

    ``proposal`` takes the weights that a proposal from judgement arrived at.
    """
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    check_revision("cycle", command["revision"], cycle.revision)
    changeable(cycle)
    published_library(cycle)
    models = Models(session, actor.bureau, cycle.cycle)
    _none_waiting(models)
    base = of_cycle(cycle, cycle.starts, models.grade_values(cycle.model_revision))
    changes = _named(command) | _proposed(session, actor, cycle, command["proposal"])
    effective = effective_day(cycle, command["effective"], _last_effective(models))
    status = "scheduled" if effective > today() else "in_force"
    model = replace(
        base,
        **changes,
        model_revision=cycle.model_revision + 1,
        effective=effective,
        status=status,
        note=command["note"],
        by=actor.account,
    )
    check_sound(session, actor, model)
    if not differences(base, model):
        raise Conflict("model.same", zh="模型没有变化", en="nothing of the model would change")
    models.add(model)
    audit_model(session, actor, cycle, base, model)
    if status == "in_force":
        put_in_force(session, actor, cycle, model)
    return model_document(model)


def put_in_force(session: Session, actor: Actor, cycle: Cycle, model: ModelRevision) -> None:
    """Put the model in force: the cycle carries the model from now on, and so does the draft of its next library."""
    carried = {name: getattr(model, name) for name in IN_CYCLE}
    after = replace(
        cycle, **carried, model_revision=model.model_revision, revision=cycle.revision + 1, by=model.by or actor.account
    )
    Models(session, actor.bureau, cycle.cycle).mark(model.model_revision, "in_force")
    libraries = Libraries(session, actor.bureau, cycle.cycle)
    draft = libraries.model(cycle.library_revision + 1)
    if draft and (draft.weights, draft.composite) == (cycle.weights, cycle.composite):
        libraries.set_weights(cycle.library_revision + 1, model.weights, model.composite)
    save_change(session, actor, cycle, after)


def withdraw_model(session: Session, actor: Actor, command: CycleKey) -> Row:
    """Withdraw the scheduled revision, which is not to come into force."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    models = Models(session, actor.bureau, cycle.cycle)
    model = models.scheduled()
    if model is None:
        raise Conflict("model.none_scheduled", zh="没有待生效的模型", en="no model is scheduled")
    models.remove(model.model_revision)
    before = {"effective": model.effective, "note": model.note}
    audit(session, action="model.withdrawn", subject=_subject(actor, cycle, model), before=before, after={})
    return model_document(replace(model, status="withdrawn"))


def list_models(session: Session, actor: Actor, query: CycleKey) -> Row:
    cycle = known_cycle(session, actor, query["cycle"])
    found, manages = Models(session, actor.bureau, cycle.cycle).all(), permissions.may_manage_cycle(actor)
    return {
        "items": [
            {
                **model_document(one),
                **told_choices([("take_back", refuse_to_take_back(one, found, cycle, manages=manages))]),
            }
            for one in found
        ],
        "next": None,
    }


def get_model(session: Session, actor: Actor, query: ModelQuery) -> Row:
    """Return a model by ``model_revision``, or the one that was in force ``on`` a
    day; with what it changed of the one before."""
    cycle = known_cycle(session, actor, query["cycle"])
    models = Models(session, actor.bureau, cycle.cycle)
    wanted = query["model_revision"]
    model = models.get(wanted) if wanted else models.in_force_on(query["on"] or cycle.reference_day(today()))
    if model is None:
        raise NotFound("model.unknown", zh="没有该模型版本", en="there is no such revision of the model")
    before = models.get(model.model_revision - 1)
    return {**model_document(model), "changes": differences(before, model) if before else []}


def note_model(session: Session, actor: Actor, cycle: Cycle, effective: date, note: str = "") -> None:
    """Keep the model that a change of the cycle or a library brought along as a revision of its own."""
    models = Models(session, actor.bureau, cycle.cycle)
    _none_waiting(models)
    models.add(of_cycle(cycle, effective, models.latest_grade_values(), note))


def model_document(model: ModelRevision) -> Row:
    return {**vars(model), "tie_chain": list(model.tie_chain)}


def _named(command: NewModel) -> Row:
    """What the command names of the model."""
    changes: Row = {name: value for name, value in command.items() if name in _CHANGES}
    if "tie_chain" in command:
        changes["tie_chain"] = tuple(dict.fromkeys(command["tie_chain"]))
    return changes


def _proposed(session: Session, actor: Actor, cycle: Cycle, code: str | None) -> Row:
    if not code:
        return {}
    stored = ModelProposals(session, actor.bureau, cycle.cycle)
    proposal = stored.get(code)
    if proposal is None or proposal.status != "proposed":
        raise NotFound("model_proposal.unknown", zh="没有待采纳的模型建议", en="there is no such proposal to take")
    if proposal.model_revision != cycle.model_revision:
        raise Conflict(
            "model_proposal.stale", zh="建议所依据的模型已变更", en="the model has changed since it was made"
        )
    stored.save(replace(proposal, status="taken", revision=proposal.revision + 1))
    return {"weights": proposal.weights, "composite": proposal.composite}


def check_sound(session: Session, actor: Actor, model: ModelRevision) -> None:
    faults = check_model(model, Lines(session, actor.bureau).all())
    errors = [{"field": path, "code": code, "zh": zh, "en": en} for path, code, zh, en in faults]
    none_wrong("model.invalid", errors, zh="模型有误", en="the model has faults")


def _none_waiting(models: Models) -> None:
    if models.scheduled():
        zh, en = "已有待生效的模型，请先撤回", "a model is scheduled already: withdraw it first"
        raise Conflict("model.scheduled", zh=zh, en=en)


def _last_effective(models: Models) -> date | None:
    return max((one.effective for one in models.all()), default=None)


def _subject(actor: Actor, cycle: Cycle, model: ModelRevision) -> str:
    return f"{actor.bureau}/{cycle.cycle}/{model.model_revision}"


def audit_model(session: Session, actor: Actor, cycle: Cycle, before: ModelRevision, after: ModelRevision) -> None:
    changed = differences(before, after)
    audit(
        session,
        action="model.revised",
        subject=_subject(actor, cycle, after),
        before={one["path"]: one["before"] for one in changed},
        after={"effective": after.effective, "note": after.note, **{one["path"]: one["after"] for one in changed}},
    )
