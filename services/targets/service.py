"""The targets service: a year's organisation, library, allocations and claims; what is due comes about by its clock."""

from nameko.timer import timer

from services.targets.domain.permissions import may_read_trail
from services.targets.usecases import (
    accepting,
    allocations,
    allocations_lines,
    balances,
    bureaus,
    claims,
    claims_excess,
    claims_transfers,
    coming_into_force,
    cycles,
    deadlines,
    discarding,
    draft_changes,
    drafts,
    generation,
    generation_inputs,
    handover_rules,
    handovers,
    indicator_proposals,
    indicators,
    jobs,
    library_export,
    library_import,
    library_revisions,
    lines,
    models,
    models_taken_back,
    organisation_ahead,
    organisation_export,
    organisation_import,
    past_results,
    persons,
    publishing,
    reconciliation,
    replay,
    results_proposals,
    unit_changes,
    units,
    weights,
    whereabouts,
)
from shared.actor import system
from shared.audit_reading import reading_trail
from shared.contracts.targets import allocations as of_allocations
from shared.contracts.targets import allocations_lines as of_lines
from shared.contracts.targets import audit_trail as of_trail
from shared.contracts.targets import claims as of_claims
from shared.contracts.targets import claims_transfers as of_transfers
from shared.contracts.targets import cycles as of_cycles
from shared.contracts.targets import drafts as of_drafts
from shared.contracts.targets import generation as of_generation
from shared.contracts.targets import generation_inputs as of_inputs
from shared.contracts.targets import handovers as of_handovers
from shared.contracts.targets import indicator_proposals as of_proposals
from shared.contracts.targets import indicators as of_indicators
from shared.contracts.targets import jobs as of_jobs
from shared.contracts.targets import library as of_library
from shared.contracts.targets import library_revisions as of_revisions
from shared.contracts.targets import models as of_models
from shared.contracts.targets import operating as of_operating
from shared.contracts.targets import organisation as of_organisation
from shared.contracts.targets import persons as of_persons
from shared.contracts.targets import places as of_places
from shared.contracts.targets import units as of_units
from shared.contracts.targets import weights as of_weights
from shared.events import IndicatorProposed, ResultsChanged
from shared.operating import telling_operation
from shared.service import Database, OutboxRelay
from shared.serving import Errands, Events, Operations, serves
from shared.timers import going_on

OPERATIONS: Operations = {
    of_trail.list_trail: reading_trail("targets", may_read_trail),
    of_operating.tell_operation: telling_operation("targets"),
    of_organisation.create_bureau: bureaus.create_bureau,
    of_organisation.list_bureaus: bureaus.list_bureaus,
    of_organisation.list_lines: lines.list_lines,
    of_organisation.import_organisation: organisation_import.import_organisation,
    of_organisation.export_organisation: organisation_export.export_organisation,
    of_organisation.list_scheduled: organisation_ahead.list_scheduled,
    of_organisation.withdraw_scheduled: organisation_ahead.withdraw_scheduled,
    of_organisation.find_codes: whereabouts.find_codes,
    of_organisation.replay_state: replay.replay_state,
    of_units.list_units: units.list_units,
    of_units.get_unit: units.get_unit,
    of_units.change_unit: unit_changes.change_unit,
    of_units.list_positions: units.list_positions,
    of_cycles.create_cycle: cycles.create_cycle,
    of_cycles.list_cycles: cycles.list_cycles,
    of_cycles.get_cycle: cycles.get_cycle,
    of_cycles.change_cycle: cycles.change_cycle,
    of_cycles.move_cycle: cycles.move_cycle,
    of_cycles.tally_states: reconciliation.tally_states,
    of_models.revise_model: models.revise_model,
    of_models.withdraw_model: models.withdraw_model,
    of_models.take_back_model: models_taken_back.take_back_model,
    of_models.list_models: models.list_models,
    of_models.get_model: models.get_model,
    of_library.import_library: library_import.import_library,
    of_library.export_library: library_export.export_library,
    of_library.check_draft: drafts.check_draft,
    of_library.change_draft: drafts.change_draft,
    of_library.publish_library: publishing.publish_library,
    of_library.withdraw_library: publishing.withdraw_library,
    of_drafts.list_draft_changes: draft_changes.list_draft_changes,
    of_drafts.take_back_draft_change: draft_changes.take_back_draft_change,
    of_drafts.discard_draft: discarding.discard_draft,
    of_drafts.discard_cycle: discarding.discard_cycle,
    of_revisions.list_library_revisions: library_revisions.list_library_revisions,
    of_revisions.compare_libraries: library_revisions.compare_libraries,
    of_indicators.list_rules: indicators.list_rules,
    of_indicators.list_indicators: indicators.list_indicators,
    of_indicators.get_indicator: indicators.get_indicator,
    of_indicators.try_indicator: indicators.try_indicator,
    of_proposals.propose_indicator_change: indicator_proposals.propose_indicator_change,
    of_proposals.list_indicator_proposals: indicator_proposals.list_indicator_proposals,
    of_proposals.decide_indicator_proposals: indicator_proposals.decide_indicator_proposals,
    of_proposals.withdraw_indicator_proposal: indicator_proposals.withdraw_indicator_proposal,
    of_persons.add_persons: persons.add_persons,
    of_persons.list_persons: persons.list_persons,
    of_places.list_places: whereabouts.list_places,
    of_persons.get_person: persons.get_person,
    of_persons.change_person: persons.change_person,
    of_persons.move_person: persons.move_person,
    of_persons.depart_person: persons.depart_person,
    of_persons.second_person: persons.second_person,
    of_persons.recall_person: persons.recall_person,
    of_persons.correct_places: persons.correct_places,
    of_allocations.propose_allocations: allocations.propose_allocations,
    of_allocations.set_allocations: allocations.set_allocations,
    of_allocations.list_allocations: allocations.list_allocations,
    of_allocations.list_proposals: allocations.list_proposals,
    of_allocations.get_balance: balances.get_balance,
    of_lines.set_line_allocations: allocations_lines.set_line_allocations,
    of_lines.list_line_allocations: allocations_lines.list_line_allocations,
    of_lines.draw_allocations: allocations_lines.draw_allocations,
    of_lines.return_allocations: allocations_lines.return_allocations,
    of_claims.claim_indicators: claims.claim_indicators,
    of_claims.release_claims: claims.release_claims,
    of_claims.accept_proposals: accepting.accept_proposals,
    of_claims.list_claims: claims.list_claims,
    of_transfers.transfer_claims: claims_transfers.transfer_claims,
    of_transfers.substitute_person: claims_transfers.substitute_person,
    of_transfers.list_movements: claims_transfers.list_movements,
    of_transfers.permit_excess: claims_excess.permit_excess,
    of_transfers.set_claim_deadline: deadlines.set_claim_deadline,
    of_transfers.list_claim_deadlines: deadlines.list_claim_deadlines,
    of_transfers.list_gaps: balances.list_gaps,
    of_handovers.propose_handover: handovers.propose_handover,
    of_handovers.list_handovers: handovers.list_handovers,
    of_handovers.answer_handover: handovers.answer_handover,
    of_handovers.decide_handover: handovers.decide_handover,
    of_handovers.withdraw_handover: handovers.withdraw_handover,
    of_handovers.get_handover_rule: handover_rules.get_handover_rule,
    of_handovers.set_handover_rule: handover_rules.set_handover_rule,
    of_inputs.get_generation_settings: generation_inputs.get_generation_settings,
    of_inputs.set_generation_settings: generation_inputs.set_generation_settings,
    of_inputs.record_results: generation_inputs.record_results,
    of_inputs.list_results: past_results.list_results,
    of_inputs.set_bounds: generation_inputs.set_bounds,
    of_inputs.list_bounds: generation_inputs.list_bounds,
    of_generation.generate_targets: generation.generate_targets,
    of_generation.list_generations: generation.list_generations,
    of_generation.list_forecasts: generation.list_forecasts,
    of_generation.apply_generation: generation.apply_generation,
    of_jobs.start_job: jobs.start_job,
    of_jobs.list_jobs: jobs.list_jobs,
    of_jobs.read_job: jobs.read_job,
    of_weights.create_questionnaire: weights.create_questionnaire,
    of_weights.list_questionnaires: weights.list_questionnaires,
    of_weights.get_questionnaire: weights.get_questionnaire,
    of_weights.answer_questionnaire: weights.answer_questionnaire,
    of_weights.close_questionnaire: weights.close_questionnaire,
    of_weights.propose_model: weights.propose_model,
    of_weights.list_model_proposals: weights.list_model_proposals,
}
EVENTS: Events = {
    IndicatorProposed: results_proposals.take_proposals,
    ResultsChanged: past_results.keep_results,
}
ERRANDS: Errands = {of_weights.advise_weights: weights.advise_by_entropy}
_LOOK_FOR_JOBS = 2  # seconds
_LOOK_FOR_DUE = 300  # seconds; what is published for a day comes into force early on it


@serves(OPERATIONS, EVENTS, errands=ERRANDS)
class TargetsService:
    name = "targets"
    database = Database()
    relay = OutboxRelay()

    @timer(interval=_LOOK_FOR_JOBS)
    def do_jobs(self) -> None:
        """Do what was asked for in the background, step by step; of several
        replicas each goes on with what no other is at."""
        with self.database.begin(system("")) as session:
            waiting = jobs.to_do(session)
        for actor, code in waiting:
            while jobs.go_on(self.database, actor, code):
                pass

    @timer(interval=_LOOK_FOR_DUE, eager=True)
    def bring_into_force(self) -> None:
        """Bring into force what is due, at the start and every few minutes. Several replicas may find the same: the
        bureau's or the cycle's row is locked, and who comes second finds nothing left."""
        with self.database.begin(system("")) as session:
            due, turning = coming_into_force.due(session), organisation_ahead.due(session)
            unanswered = handovers.due(session)
        for bureau in turning:
            with going_on(bureau):
                while self._turn(bureau):
                    pass
        for bureau, cycle in due:
            with going_on(bureau), self.database.begin(system(bureau)) as session:
                coming_into_force.bring_into_force(session, system(bureau), cycle)
        for bureau, cycle in unanswered:
            with going_on(bureau):
                self._let_stand(bureau, cycle)

    def _let_stand(self, bureau: str, cycle: str) -> None:
        with self.database.begin(system(bureau)) as session:
            standing = handovers.standing(session, system(bureau), cycle)
        for code in standing:
            with self.database.begin(system(bureau)) as session:
                handovers.let_stand(session, system(bureau), cycle, code)

    def _turn(self, bureau: str) -> bool:
        with self.database.begin(system(bureau)) as session:
            return organisation_ahead.turn(session, system(bureau))
