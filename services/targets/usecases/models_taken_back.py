"""A revision of the model taken back, whole or in parts, as long as nobody has been judged by it."""

from dataclasses import replace

from services.targets.domain import permissions
from services.targets.domain.cycles import Cycle
from services.targets.domain.models import ModelRevision, differences, refuse_to_take_back, with_parts_of
from services.targets.storage.models import Models
from services.targets.usecases.guards import changeable, known_cycle, need
from services.targets.usecases.models import audit_model, check_sound, model_document, put_in_force, withdraw_model
from shared.actor import Actor
from shared.contracts.targets.commands.models import ModelTakeBack
from shared.database import Row, Session
from shared.errors import Conflict, NotFound
from shared.recording import audit
from shared.vocabulary.cycles import MODEL_PARTS
from shared.vocabulary.refusals import Refused, check_revision


def take_back_model(session: Session, actor: Actor, command: ModelTakeBack) -> Row:
    """Take back all of a revision, or ``parts`` of it. One that waits for its day is changed or goes; one in force in a
    year that is still a draft is followed by a revision that says what the one before it said."""
    need(permissions.may_manage_cycle(actor))
    cycle = known_cycle(session, actor, command["cycle"], lock=True)
    check_revision("cycle", command["revision"], cycle.revision)
    changeable(cycle)
    models = Models(session, actor.bureau, cycle.cycle)
    every = models.all()
    model = next((one for one in every if one.model_revision == command["model_revision"]), None)
    if model is None:
        raise NotFound("model.unknown", zh="没有该模型版本", en="there is no such revision of the model")
    if refusal := refuse_to_take_back(model, every, cycle, manages=True):
        raise Refused(refusal)
    before = [one for one in every if one.status == "in_force" and one.model_revision < model.model_revision][-1]
    after = with_parts_of(model, before, command["parts"] or [*MODEL_PARTS])
    if not differences(model, after):
        raise Conflict("model.same", zh="模型没有变化", en="nothing of the model would change")
    if model.status == "scheduled" and not differences(before, after):
        return withdraw_model(session, actor, command)
    check_sound(session, actor, after)
    return _changed(session, actor, cycle, models, model, after)


def _changed(
    session: Session, actor: Actor, cycle: Cycle, models: Models, model: ModelRevision, after: ModelRevision
) -> Row:
    if model.status == "scheduled":
        models.remove(model.model_revision)
        models.add(after)
        audit_model(session, actor, cycle, model, after)
        return model_document(after)
    note = f"撤回第 {model.model_revision} 版"
    number = model.model_revision + 1
    made = replace(after, model_revision=number, note=note, by=actor.account, at=None)
    models.add(made)
    audit_model(session, actor, cycle, model, made)
    subject = f"{actor.bureau}/{cycle.cycle}/{model.model_revision}"
    audit(session, action="model.taken_back", subject=subject, before={}, after={"model_revision": number})
    put_in_force(session, actor, cycle, made)
    return model_document(made)
