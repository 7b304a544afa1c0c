"""Declarations at the wire: declare, verify, assess, return."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import declarations as declarations_in
from services.declarations.usecases.review import decide, declare
from services.declarations.usecases.review import reading as read_declarations
from shared.actor import Actor
from shared.service import rpc


class ReviewEntrypoints(Answering):
    @rpc
    def declare_items(self, actor: Actor, body: Body) -> Body:
        return self._answer(declare.declare_items, actor, declarations_in.Declare, body)

    @rpc
    def verify_declarations(self, actor: Actor, body: Body) -> Body:
        return self._answer(decide.verify_declarations, actor, declarations_in.Verify, body)

    @rpc
    def assess_declarations(self, actor: Actor, body: Body) -> Body:
        return self._answer(decide.assess_declarations, actor, declarations_in.Assess, body)

    @rpc
    def return_declarations(self, actor: Actor, body: Body) -> Body:
        return self._answer(decide.return_declarations, actor, declarations_in.Return, body)

    @rpc
    def record_declarations(self, actor: Actor, body: Body) -> Body:
        return self._answer(decide.record_declarations, actor, declarations_in.Verify, body)

    @rpc
    def list_declarations(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_declarations.list_declarations, actor, declarations_in.DeclarationQuery, body)

    @rpc
    def get_declaration(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_declarations.get_declaration, actor, declarations_in.OneDeclaration, body)

    @rpc
    def list_due(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_declarations.list_due, actor, declarations_in.DueQuery, body)
