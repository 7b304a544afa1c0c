"""Files of evidence at the wire."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import evidence as evidence_in
from services.declarations.schemas.fields import Command
from services.declarations.usecases.evidence import files as evidence
from services.declarations.usecases.evidence import referring as evidence_use
from shared.actor import Actor
from shared.service import rpc


class EvidenceEntrypoints(Answering):
    @rpc
    def reserve_evidence(self, actor: Actor, body: Body) -> Body:
        return self._answer(evidence.reserve_evidence, actor, evidence_in.ReserveEvidence, body)

    @rpc
    def keep_evidence(self, actor: Actor, body: Body) -> Body:
        return self._answer(evidence.keep_evidence, actor, evidence_in.OneEvidence, body)

    @rpc
    def drop_evidence(self, actor: Actor, body: Body) -> Body:
        return self._answer(evidence.drop_evidence, actor, evidence_in.OneEvidence, body)

    @rpc
    def forget_evidence(self, actor: Actor, body: Body) -> Body:
        return self._answer(evidence.forget_evidence, actor, evidence_in.ForgetEvidence, body)

    @rpc
    def list_to_clear(self, actor: Actor, body: Body) -> Body:
        return self._answer(evidence.list_to_clear, actor, Command, body)

    @rpc
    def get_evidence(self, actor: Actor, body: Body) -> Body:
        return self._answer(evidence.get_evidence, actor, evidence_in.OneEvidence, body)

    @rpc
    def attach_evidence(self, actor: Actor, body: Body) -> Body:
        return self._answer(evidence_use.attach_evidence, actor, evidence_in.AttachEvidence, body)

    @rpc
    def list_attached(self, actor: Actor, body: Body) -> Body:
        return self._answer(evidence_use.list_attached, actor, evidence_in.AttachedEvidence, body)
