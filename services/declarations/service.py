"""The service ``declarations`` at the wire: decode, open a session, one use case."""

from typing import ClassVar

from services.declarations.entrypoints.appeals import AppealEntrypoints
from services.declarations.entrypoints.campaigns import CampaignEntrypoints
from services.declarations.entrypoints.checks import CheckEntrypoints
from services.declarations.entrypoints.contributions import ContributionEntrypoints
from services.declarations.entrypoints.copies import CopyEntrypoints
from services.declarations.entrypoints.evidence import EvidenceEntrypoints
from services.declarations.entrypoints.forms import FormEntrypoints
from services.declarations.entrypoints.improvements import ImprovementEntrypoints
from services.declarations.entrypoints.orders import OrderEntrypoints
from services.declarations.entrypoints.reading import ReadingEntrypoints
from services.declarations.entrypoints.review import ReviewEntrypoints
from services.declarations.entrypoints.reviewing import ReviewingEntrypoints
from services.declarations.entrypoints.temporary_work import TemporaryWorkEntrypoints
from services.declarations.entrypoints.vetoes import VetoEntrypoints
from shared.service import Database, NeededSetting, OutboxRelay


class DeclarationsService(
    ReviewEntrypoints,
    ReviewingEntrypoints,
    OrderEntrypoints,
    ContributionEntrypoints,
    CampaignEntrypoints,
    TemporaryWorkEntrypoints,
    VetoEntrypoints,
    EvidenceEntrypoints,
    FormEntrypoints,
    CheckEntrypoints,
    AppealEntrypoints,
    ReadingEntrypoints,
    CopyEntrypoints,
    ImprovementEntrypoints,
):
    """The five tools, vetoes, checks, appeals and to-dos, each in the class that names them."""

    name: ClassVar[str] = "declarations"
    database = Database()
    relay = OutboxRelay()
    secret = NeededSetting("secret")  # seals the ballots
