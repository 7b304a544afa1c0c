"""The complaints service: cases come in and are handled step by step, months of figures go out."""

from collections.abc import Callable

from nameko.timer import timer
from sqlalchemy.orm import Session

from services.complaints.domain.permissions import may_read_trail
from services.complaints.storage.projections import Copies
from services.complaints.usecases import (
    attachments,
    entries,
    figures,
    goods,
    hinting,
    hot_spots,
    importing,
    jurisdiction,
    leads,
    leaving,
    linking,
    months,
    notifications,
    open_requests,
    packs,
    paper_words,
    papers,
    pictures,
    projections,
    reading,
    registering,
    reports,
    resealing,
    searching,
    settings,
    stepping,
    supervising,
    traders,
)
from shared.actor import system
from shared.audit_reading import reading_trail
from shared.contracts.complaints import attachments as of_attachments
from shared.contracts.complaints import audit_trail as of_trail
from shared.contracts.complaints import cases as contract
from shared.contracts.complaints import counterfeits, knowledge, regimes
from shared.contracts.complaints import figures as of_figures
from shared.contracts.complaints import goods as of_goods
from shared.contracts.complaints import imports as of_imports
from shared.contracts.complaints import jurisdiction as of_jurisdiction
from shared.contracts.complaints import leads as of_leads
from shared.contracts.complaints import notifications as of_notifications
from shared.contracts.complaints import open_requests as of_open_requests
from shared.contracts.complaints import operating as of_operating
from shared.contracts.complaints import packs as of_packs
from shared.contracts.complaints import papers as of_papers
from shared.contracts.complaints import pictures as of_pictures
from shared.contracts.complaints import reports as of_reports
from shared.contracts.complaints import search as of_search
from shared.contracts.complaints import settings as of_settings
from shared.contracts.complaints import traders as of_traders
from shared.events import CycleChanged, PersonChanged, TaskOrderChanged, UnitChanged
from shared.operating import telling_operation
from shared.service import Database, NeededSetting, OutboxRelay
from shared.serving import Events, Operations, serves
from shared.timers import going_on

_LOOK_FOR_OLD, _LOOK, _LOOK_FOR_IMPORTS = 300, 60, 2  # seconds

OPERATIONS: Operations = {
    of_trail.list_trail: reading_trail("complaints", may_read_trail),
    of_operating.tell_operation: telling_operation("complaints"),
    contract.register_cases: registering.register_cases,
    contract.take_steps: stepping.take_steps,
    contract.list_cases: reading.list_cases,
    contract.count_cases: reading.count_cases,
    contract.count_queues: reading.count_queues,
    contract.find_similar: reading.find_similar,
    of_jurisdiction.suggest_unit: jurisdiction.suggest_unit,
    contract.find_traders: reading.find_traders,
    contract.list_published: reading.list_published,
    contract.show_case: reading.show_case,
    contract.show_history: reading.show_history,
    regimes.list_regimes: reading.list_regimes,
    of_figures.close_figures: months.close_figures,
    of_figures.list_months: months.list_months,
    of_figures.show_period: figures.show_period,
    of_figures.list_period_facts: figures.list_period_facts,
    of_figures.list_figures: figures.list_figures,
    of_figures.list_facts: figures.list_facts,
    of_settings.get_settings: settings.get_settings,
    of_settings.put_settings: settings.put_settings,
    of_settings.show_calendar: settings.show_calendar,
    of_imports.start_import: importing.start_import,
    of_imports.list_imports: importing.list_imports,
    of_imports.read_import: importing.read_import,
    of_imports.export_faults: importing.list_faults,
    of_imports.export_cases: leaving.note_export,
    of_open_requests.list_services: open_requests.show_services,
    of_open_requests.show_service: open_requests.show_service,
    of_open_requests.list_requests: open_requests.list_requests,
    of_open_requests.show_request: open_requests.show_request,
    of_reports.show_report: reports.show_report,
    of_reports.list_workload: reports.list_workload,
    of_reports.show_bulletin: reports.show_bulletin,
    contract.reseal_people: resealing.reseal_people,
    contract.replay_state: figures.replay_state,
    of_papers.list_papers: papers.list_papers,
    of_papers.make_paper: papers.make_paper,
    of_papers.open_paper: papers.open_paper,
    of_papers.void_paper: papers.void_paper,
    of_papers.keep_paper: papers.keep_paper,
    of_papers.list_paper_numbers: papers.list_paper_numbers,
    of_papers.get_paper_words: paper_words.get_paper_words,
    of_papers.put_paper_words: paper_words.put_paper_words,
    of_notifications.list_case_notifications: notifications.list_case_notifications,
    of_notifications.set_notification_wish: notifications.set_notification_wish,
    of_notifications.record_notification: notifications.record_notification,
    of_notifications.record_receipt: notifications.record_receipt,
    of_notifications.take_back_notification: notifications.take_back_notification,
    of_notifications.list_notifications: notifications.list_notifications,
    of_notifications.show_notified: notifications.show_notified,
    of_packs.collect_pack: packs.collect_pack,
    of_attachments.list_attachments: attachments.list_attachments,
    of_attachments.get_attachment: attachments.get_attachment,
    of_attachments.drop_attachment: attachments.drop_attachment,
    of_attachments.reserve_attachment: attachments.reserve_attachment,
    of_attachments.keep_attachment: attachments.keep_attachment,
    of_attachments.forget_attachments: attachments.forget_attachments,
    of_attachments.list_attachments_to_clear: attachments.list_attachments_to_clear,
    of_traders.register_trader: traders.register_trader,
    of_traders.change_trader: traders.change_trader,
    of_traders.list_traders: traders.list_traders,
    of_traders.show_trader: traders.show_trader,
    of_traders.link_cases: traders.link_cases,
    of_traders.merge_traders: traders.merge_traders,
    of_traders.undo_merge: traders.undo_merge,
    counterfeits.write_counterfeit: entries.write_counterfeit,
    counterfeits.change_counterfeit: entries.change_counterfeit,
    counterfeits.list_counterfeits: entries.list_counterfeits,
    counterfeits.show_counterfeit: entries.show_counterfeit,
    of_pictures.list_pictures: pictures.list_pictures,
    of_pictures.get_picture: pictures.get_picture,
    of_pictures.drop_picture: pictures.drop_picture,
    of_pictures.reserve_picture: pictures.reserve_picture,
    of_pictures.keep_picture: pictures.keep_picture,
    of_pictures.forget_pictures: pictures.forget_pictures,
    of_pictures.list_pictures_to_clear: pictures.list_pictures_to_clear,
    knowledge.write_knowledge: entries.write_knowledge,
    knowledge.change_knowledge: entries.change_knowledge,
    knowledge.list_knowledge: entries.list_knowledge,
    knowledge.show_knowledge: entries.show_knowledge,
    knowledge.hint: hinting.hint,
    of_search.search_all: searching.search_all,
    of_leads.list_hot_spots: hot_spots.list_hot_spots,
    of_leads.raise_lead: leads.raise_lead,
    of_leads.withdraw_lead: leads.withdraw_lead,
    of_leads.list_leads: leads.list_leads,
    of_goods.plan_check: goods.plan_check,
    of_goods.change_plan: goods.change_plan,
    of_goods.list_plans: goods.list_plans,
    of_goods.take_sample: goods.take_sample,
    of_goods.step_sample: goods.step_sample,
    of_goods.list_samples: goods.list_samples,
    of_goods.show_sample: goods.show_sample,
    of_goods.list_rates: goods.list_rates,
}
EVENTS: Events = {
    UnitChanged: projections.keep_units,
    PersonChanged: projections.keep_persons,
    CycleChanged: projections.keep_cycles,
    TaskOrderChanged: leads.take_orders,
}


@serves(OPERATIONS, EVENTS)
class ComplaintsService:
    name = "complaints"
    database = Database()
    relay = OutboxRelay()
    secret = NeededSetting("secret")  # seals who complained

    @timer(interval=_LOOK_FOR_OLD, eager=True)
    def recount(self) -> None:
        """Reckon again, at the start and every few minutes: cases of an older
        calendar or of the release before, some at a time."""
        with self.database.begin(system("")) as session:
            bureaus = Copies.bureaus(session)
        for bureau in bureaus:
            passed_over = set[str]()
            with going_on(bureau):
                while self._recount_some(bureau, passed_over):
                    pass
            with going_on(bureau):
                linking.link_old(self.database, bureau)

    @timer(interval=_LOOK, eager=True)
    def supervise(self) -> None:
        """Look, every minute, at the cases whose hour has come, notices that may
        ring by now, and how far the calendar reaches."""
        with self.database.begin(system("")) as session:
            bureaus = Copies.bureaus(session)
        for bureau in bureaus:
            for errand in (supervising.look, supervising.tell):
                with going_on(bureau):
                    while self._some(errand, bureau):
                        pass
            with going_on(bureau):
                self._some(supervising.watch_calendar, bureau)
            with going_on(bureau):
                self._some(hot_spots.look_for_hot_spots, bureau)

    @timer(interval=_LOOK_FOR_IMPORTS)
    def do_imports(self) -> None:
        """Go on with imports, part by part; of several replicas one is at a bureau's."""
        with self.database.begin(system("")) as session:
            waiting = importing.to_do(session)
        for actor, job in waiting:
            while importing.go_on(self.database, actor, job):
                pass

    def _some(self, errand: Callable[[Session, str], int], bureau: str) -> int:
        with self.database.begin(system(bureau)) as session:
            return errand(session, bureau)

    def _recount_some(self, bureau: str, passed_over: set[str]) -> int:
        with self.database.begin(system(bureau)) as session:
            return projections.recount(session, bureau, passed_over)
