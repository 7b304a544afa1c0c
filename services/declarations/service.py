"""The service ``declarations``: entrypoints only."""

from collections.abc import Callable
from typing import Any, ClassVar

from marshmallow import Schema
from sqlalchemy.orm import Session

from services.declarations.schemas import campaigns as ballots_in
from services.declarations.schemas import contributions as contributions_in
from services.declarations.schemas import declarations as declarations_in
from services.declarations.schemas import fields as common_in
from services.declarations.schemas import task_orders as orders_in
from services.declarations.schemas.fields import loaded
from services.declarations.storage import copies
from services.declarations.usecases import (
    ballots,
    calibrate,
    campaigns,
    contributions,
    decide,
    declare,
    read_campaigns,
    read_contributions,
    read_declarations,
    replay,
    tallies,
    task_orders,
    to_dos,
    vetoes,
)
from services.declarations.usecases.batches import answering
from shared.actor import Actor
from shared.events import (
    AttendanceMonthChanged,
    CaseFiguresChanged,
    ClaimChanged,
    CycleChanged,
    IndicatorChanged,
    PersonChanged,
    UnitChanged,
)
from shared.service import Database, OutboxRelay, on, rpc

UseCase = Callable[[Session, Actor, dict[str, Any]], dict[str, Any]]


class DeclarationsService:
    name: ClassVar[str] = "declarations"
    database = Database()
    relay = OutboxRelay()

    # the 核评 flow
    @rpc
    def declare_items(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(declare.declare_items, actor, declarations_in.Declare, body)

    @rpc
    def verify_declarations(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(decide.verify_declarations, actor, declarations_in.Verify, body)

    @rpc
    def assess_declarations(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(decide.assess_declarations, actor, declarations_in.Assess, body)

    @rpc
    def return_declarations(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(decide.return_declarations, actor, declarations_in.Return, body)

    @rpc
    def list_declarations(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(read_declarations.list_declarations, actor, common_in.ListQuery, body)

    @rpc
    def get_declaration(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(read_declarations.get_declaration, actor, declarations_in.OneDeclaration, body)

    @rpc
    def list_due(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(read_declarations.list_due, actor, declarations_in.DueQuery, body)

    # task orders
    @rpc
    def issue_orders(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(task_orders.issue_orders, actor, orders_in.IssueOrders, body)

    @rpc
    def accept_orders(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(task_orders.accept_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def note_progress(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(task_orders.note_progress, actor, orders_in.AnswerOrders, body)

    @rpc
    def complete_orders(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(task_orders.complete_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def judge_orders(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(task_orders.judge_orders, actor, orders_in.JudgeOrders, body)

    @rpc
    def withdraw_orders(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(task_orders.withdraw_orders, actor, orders_in.AnswerOrders, body)

    @rpc
    def list_orders(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(task_orders.list_orders, actor, common_in.ListQuery, body)

    # contributions
    @rpc
    def declare_contributions(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(contributions.declare_contributions, actor, contributions_in.DeclareContributions, body)

    @rpc
    def screen_contributions(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(contributions.screen_contributions, actor, contributions_in.ScreenContributions, body)

    @rpc
    def give_opinions(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(contributions.give_opinions, actor, contributions_in.GiveOpinions, body)

    @rpc
    def settle_contributions(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(contributions.settle_contributions, actor, contributions_in.SettleContributions, body)

    @rpc
    def list_contributions(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(read_contributions.list_contributions, actor, contributions_in.ContributionQuery, body)

    # campaigns of subjective evaluation
    @rpc
    def open_campaigns(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(campaigns.open_campaigns, actor, ballots_in.OpenCampaigns, body)

    @rpc
    def close_campaigns(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(campaigns.close_campaigns, actor, ballots_in.CloseCampaigns, body)

    @rpc
    def cast_ballots(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(ballots.cast_ballots, actor, ballots_in.CastBallots, body)

    @rpc
    def cast_with_token(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(ballots.cast_with_token, actor, ballots_in.TokenBallot, body)

    @rpc
    def list_campaigns(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(read_campaigns.list_campaigns, actor, ballots_in.CampaignQuery, body)

    @rpc
    def get_campaign(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(read_campaigns.get_campaign, actor, ballots_in.OneCampaign, body)

    @rpc
    def calibrate_campaign(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(calibrate.calibrate_campaign, actor, ballots_in.OneCampaign, body)

    # vetoes, to-dos, replay
    @rpc
    def propose_vetoes(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(vetoes.propose_vetoes, actor, ballots_in.ProposeVetoes, body)

    @rpc
    def confirm_vetoes(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(vetoes.confirm_vetoes, actor, ballots_in.DecideVetoes, body)

    @rpc
    def lift_vetoes(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(vetoes.lift_vetoes, actor, ballots_in.DecideVetoes, body)

    @rpc
    def list_vetoes(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(vetoes.list_vetoes, actor, ballots_in.VetoQuery, body)

    @rpc
    def list_to_dos(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(to_dos.list_to_dos, actor, ballots_in.ToDoQuery, body)

    @rpc
    def replay_state(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(replay.replay_state, actor, ballots_in.Replay, body)

    @rpc
    def tally_states(self, actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
        return self._answer(tallies.tally_states, actor, common_in.OneCycle, body)

    # others' states
    @on(UnitChanged)
    def take_units(self, states: list[UnitChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_units(session, states)

    @on(PersonChanged)
    def take_persons(self, states: list[PersonChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_persons(session, states)

    @on(CycleChanged)
    def take_cycles(self, states: list[CycleChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_cycles(session, states)

    @on(IndicatorChanged)
    def take_indicators(self, states: list[IndicatorChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_indicators(session, states)

    @on(ClaimChanged)
    def take_claims(self, states: list[ClaimChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_claims(session, states)

    @on(AttendanceMonthChanged)
    def take_attendance_months(self, states: list[AttendanceMonthChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_figures(session, states, "attendance")

    @on(CaseFiguresChanged)
    def take_case_figures(self, states: list[CaseFiguresChanged]) -> None:
        with self.database.begin_handling(states) as session:
            copies.keep_figures(session, states, "complaints")

    def _answer(self, use_case: UseCase, actor: Actor, schema: type[Schema], body: dict[str, Any]) -> dict[str, Any]:
        command = loaded(schema, body)
        with answering(), self.database.begin(actor) as session:
            return use_case(session, actor, command)
