"""What every entrypoint does: decode, open a session, one use case."""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema
from sqlalchemy.orm import Session

from services.declarations.schemas.fields import loaded
from shared.actor import Actor
from shared.batches import answering
from shared.service import Database

Body = dict[str, Any]
UseCase = Callable[[Session, Actor, Body], Body]


class Answering:
    database: Database

    def _answer(self, use_case: UseCase, actor: Actor, schema: type[Schema], body: Body) -> Body:
        command = loaded(schema, body)
        with answering(), self.database.begin(actor) as session:
            return use_case(session, actor, command)
