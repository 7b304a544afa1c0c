"""The five forms at the wire."""

from typing import Any

from sqlalchemy.orm import Session

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import forms as forms_in
from services.declarations.usecases.forms import showing as forms
from services.declarations.usecases.forms import taking_back as take_forms
from shared.actor import Actor
from shared.errors import Invalid
from shared.service import rpc


class FormEntrypoints(Answering):
    @rpc
    def read_form(self, actor: Actor, body: Body) -> Body:
        return self._answer(forms.read_form, actor, forms_in.FormQuery, body)

    @rpc
    def take_form(self, actor: Actor, body: Body) -> Body:
        def take(session: Session, by: Actor, command: dict[str, Any]) -> Body:
            try:
                rows = forms_in.loaded_rows(command["form"], command["rows"])
            except Invalid as problem:
                return take_forms.refused_whole(problem, command["rows"])
            return take_forms.take_form(session, by, {**command, "rows": rows})

        return self._answer(take, actor, forms_in.TakeForm, body)
