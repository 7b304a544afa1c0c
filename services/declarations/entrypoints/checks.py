"""Spot checks at the wire: announce, draw, inspect, close."""

from services.declarations.entrypoints.answering import Answering, Body
from services.declarations.schemas import checks as checks_in
from services.declarations.usecases.checks import announce, drawing, inspecting
from services.declarations.usecases.checks import reading as read_checks
from shared.actor import Actor
from shared.service import rpc


class CheckEntrypoints(Answering):
    @rpc
    def announce_spot_check(self, actor: Actor, body: Body) -> Body:
        return self._answer(announce.announce_spot_check, actor, checks_in.AnnounceSpotCheck, body)

    @rpc
    def draw_spot_check(self, actor: Actor, body: Body) -> Body:
        return self._answer(drawing.draw_spot_check, actor, checks_in.DrawSpotCheck, body)

    @rpc
    def check_on_the_spot(self, actor: Actor, body: Body) -> Body:
        return self._answer(drawing.check_on_the_spot, actor, checks_in.CheckOnTheSpot, body)

    @rpc
    def close_spot_check(self, actor: Actor, body: Body) -> Body:
        return self._answer(drawing.close_spot_check, actor, checks_in.ChosenSpotCheck, body)

    @rpc
    def cancel_spot_check(self, actor: Actor, body: Body) -> Body:
        return self._answer(drawing.cancel_spot_check, actor, checks_in.CancelSpotCheck, body)

    @rpc
    def record_findings(self, actor: Actor, body: Body) -> Body:
        return self._answer(inspecting.record_findings, actor, checks_in.RecordFindings, body)

    @rpc
    def recuse_inspectors(self, actor: Actor, body: Body) -> Body:
        return self._answer(inspecting.recuse_inspectors, actor, checks_in.RecuseInspectors, body)

    @rpc
    def name_inspectors(self, actor: Actor, body: Body) -> Body:
        return self._answer(inspecting.name_inspectors, actor, checks_in.NameInspectors, body)

    @rpc
    def list_spot_checks(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_checks.list_spot_checks, actor, checks_in.SpotCheckQuery, body)

    @rpc
    def get_spot_check(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_checks.get_spot_check, actor, checks_in.OneSpotCheck, body)

    @rpc
    def get_draw(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_checks.get_draw, actor, checks_in.OneSpotCheck, body)

    @rpc
    def list_inspections(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_checks.list_inspections, actor, checks_in.InspectionQuery, body)

    @rpc
    def list_corrections(self, actor: Actor, body: Body) -> Body:
        return self._answer(read_checks.list_corrections, actor, checks_in.CorrectionQuery, body)
