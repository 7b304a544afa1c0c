"""The gateway as a taker of events: notices that others give come in here (a nameko service without rpc)."""

from gateway.channels.taking import take_notices
from shared.events import NoticeGiven
from shared.service import Database
from shared.serving import Events, serves

EVENTS: Events = {NoticeGiven: take_notices}


@serves({}, EVENTS)
class GatewayEvents:
    """Puts each notice for the channels that its people want."""

    name = "gateway"
    database = Database()
