"""The library, its indicators and what is proposed to change of them, at the wire."""

from typing import Any

from services.targets.schemas import indicator_proposals as proposal_schemas
from services.targets.schemas import library as schemas
from services.targets.schemas.cycles import CycleKey
from services.targets.schemas.fields import Page, load
from services.targets.usecases import (
    drafts,
    indicator_proposals,
    indicators,
    library_export,
    library_import,
    library_revisions,
    publishing,
)
from shared.actor import Actor
from shared.service import Database, rpc

Body = dict[str, Any]


class LibraryEntrypoints:
    database: Database

    @rpc
    def import_library(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return library_import.import_library(session, actor, load(schemas.ImportLibrary, body))

    @rpc
    def export_library(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return library_export.export_library(session, actor, load(schemas.ExportLibrary, body))

    @rpc
    def change_draft(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return drafts.change_draft(session, actor, load(schemas.ChangeDraft, body))

    @rpc
    def check_draft(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return drafts.check_draft(session, actor, load(CycleKey, body))

    @rpc
    def publish_library(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return publishing.publish_library(session, actor, load(schemas.PublishLibrary, body))

    @rpc
    def withdraw_library(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return publishing.withdraw_library(session, actor, load(CycleKey, body))

    @rpc
    def list_library_revisions(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return library_revisions.list_library_revisions(session, actor, load(CycleKey, body))

    @rpc
    def compare_libraries(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return library_revisions.compare_libraries(session, actor, load(schemas.CompareLibraries, body))

    @rpc
    def list_indicators(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicators.list_indicators(session, actor, load(schemas.IndicatorQuery, body))

    @rpc
    def get_indicator(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicators.get_indicator(session, actor, load(schemas.IndicatorKey, body))

    @rpc
    def try_indicator(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicators.try_indicator(session, actor, load(schemas.TryIndicator, body))

    @rpc
    def list_rules(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicators.list_rules(session, actor, load(Page, body))

    @rpc
    def propose_indicator_change(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicator_proposals.propose_indicator_change(
                session, actor, load(proposal_schemas.ProposeChange, body)
            )

    @rpc
    def list_indicator_proposals(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicator_proposals.list_indicator_proposals(
                session, actor, load(proposal_schemas.ProposalQuery, body)
            )

    @rpc
    def decide_indicator_proposals(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicator_proposals.decide_indicator_proposals(
                session, actor, load(proposal_schemas.DecideProposals, body)
            )

    @rpc
    def withdraw_indicator_proposal(self, actor: Actor, body: Body) -> Body:
        with self.database.begin(actor) as session:
            return indicator_proposals.withdraw_indicator_proposal(
                session, actor, load(proposal_schemas.ProposalKey, body)
            )
