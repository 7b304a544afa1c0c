"""Questionnaires, their answers, and the changes to the model that came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.targets.domain.questionnaires import ModelProposal, Questionnaire
from services.targets.storage import generation_tables as tables
from services.targets.storage.cycles import as_decimals, as_text
from services.targets.storage.lists import matching
from shared.contracts.targets.commands.weights import Comparison, QuestionnaireQuery
from shared.database import Row, upsert_newer
from shared.pages import keyset


@dataclass(frozen=True)
class Answer:
    """What one judge compared, pair by pair."""

    comparisons: Sequence[Comparison]
    revision: int
    at: datetime


class Questionnaires:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def get(self, questionnaire: str, *, lock: bool = False) -> Questionnaire | None:
        statement = select(tables.questionnaires).filter_by(**self._key, questionnaire=questionnaire)
        row = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return _questionnaire(row) if row else None

    def save(self, one: Questionnaire) -> bool:
        key = ("bureau", "cycle", "questionnaire")
        return bool(upsert_newer(self._session, tables.questionnaires, [{**self._key, **vars(one)}], key))

    def page(self, query: QuestionnaireQuery) -> Row:
        table = tables.questionnaires
        statement = select(*(column for column in table.c if column.name not in ("bureau", "cycle")))
        statement = statement.filter_by(**self._key).where(*matching(table, status=query["status"]))
        order = [table.c.questionnaire]
        return keyset(self._session, statement, order=order, after=query["after"], limit=query["limit"])

    def answers(self, questionnaire: str) -> dict[str, Answer]:
        """Return the answers by judge, in the order of their accounts."""
        table = tables.judgements
        statement = select(table.c.judge, table.c.comparisons, table.c.revision, table.c.at)
        statement = statement.filter_by(**self._key, questionnaire=questionnaire).order_by(table.c.judge)
        return {judge: Answer(*said) for judge, *said in self._session.execute(statement)}

    def answer(self, questionnaire: str, judge: str, answer: Answer) -> bool:
        row = {"questionnaire": questionnaire, "judge": judge, **vars(answer)}
        key = ("bureau", "cycle", "questionnaire", "judge")
        return bool(upsert_newer(self._session, tables.judgements, [{**self._key, **row}], key))


class ModelProposals:
    def __init__(self, session: Session, bureau: str, cycle: str) -> None:
        self._session, self._key = session, {"bureau": bureau, "cycle": cycle}

    def get(self, proposal: str, *, lock: bool = False) -> ModelProposal | None:
        statement = select(tables.model_proposals).filter_by(**self._key, proposal=proposal)
        row = self._session.execute(statement.with_for_update() if lock else statement).mappings().first()
        return _proposal(row) if row else None

    def save(self, one: ModelProposal) -> bool:
        row = {**self._key, **vars(one), "weights": as_text(one.weights), "composite": as_text(one.composite)}
        return bool(upsert_newer(self._session, tables.model_proposals, [row], ("bureau", "cycle", "proposal")))

    def page(self, after: str | None, limit: int) -> tuple[list[ModelProposal], str | None]:
        table = tables.model_proposals
        page = keyset(
            self._session, select(table).filter_by(**self._key), order=[table.c.proposal], after=after, limit=limit
        )
        return [_proposal(row) for row in page["items"]], page["next"]


def _questionnaire(row: Mapping[Any, Any]) -> Questionnaire:
    return Questionnaire(**{name: row[name] for name in row if name not in ("bureau", "cycle")})


def _proposal(row: Mapping[Any, Any]) -> ModelProposal:
    values = {name: row[name] for name in row if name not in ("bureau", "cycle")}
    values |= {"weights": as_decimals(row["weights"]), "composite": as_decimals(row["composite"])}
    return ModelProposal(**values)
