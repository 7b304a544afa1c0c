"""The gateway with the organisation's own log-in set up, and Li, who is linked where the roles stay."""

from dataclasses import replace

import pytest

from gateway.auth.identities import link_on_machine
from gateway.auth.provider import Provider
from gateway.parts import keep_parts
from ops import accounts as on_machine
from tests.support.openid import CLIENT, KEY, SECRET


@pytest.fixture
def app(app, openid):
    keep_parts(app, replace(app.extensions["kaohe"], provider=Provider(openid.issuer, CLIENT, SECRET)))
    return app


@pytest.fixture
def li(open_account):
    return open_account("li", "staff:own", "hr:bureau", person="P0002")


@pytest.fixture
def linked(sessions, li, openid):
    """Li, linked where the roles stay."""
    with sessions.begin(on_machine.OPERATOR) as session:
        link_on_machine(session, on_machine.OPERATOR, li, openid.issuer, KEY)
    return li
