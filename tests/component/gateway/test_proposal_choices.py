"""What a reader is told to be able to do with a proposal of a role is what the commands then let them do, and no more."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.storage.tables import accounts, grant_proposals
from shared.clock import now
from tests.component.gateway.test_grants import ANY, HR, STAFF, confirm, create, waiting

PATH = "/api/v1/grant-proposals"


@pytest.fixture
def readers(office, admin, security, open_account, log_in, app):
    """Everybody who sees proposals, by what they are."""
    token = security.post("/api/v1/tokens", json={"name": "reads", "days": 1}).json["secret"]
    by_token = app.test_client()
    by_token.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return {
        "proposer": office,
        "another keeper": log_in(open_account("office2", "office:bureau", person="P0010")),
        "administrator": admin,
        "security officer": security,
        "the bureau's own": log_in(open_account("bj", "security:bureau")),
        "of the same person": log_in(open_account("own", "security:bureau", person="P0077")),
        "auditor": log_in(open_account("aud", "auditor:bureau")),
        "by a token": by_token,
    }


def told(client, proposal):
    (one,) = [one for one in client.get(PATH).json["items"] if one["proposal"] == proposal]
    return one


def take(client, step, proposal):
    if step == "confirm":
        return confirm(client, proposal)
    return client.post(f"{PATH}/refuse", json={"proposals": [proposal], "reason": "不再需要"})


WHO = {
    "proposer": (["withdraw"], {"confirm": "grant.security_only"}),
    "another keeper": ([], {"confirm": "grant.security_only", "refuse": "grant.security_only"}),
    "administrator": ([], {"confirm": "grant.security_only", "refuse": "grant.security_only"}),
    "security officer": (["confirm", "refuse"], {}),
    "the bureau's own": (["confirm", "refuse"], {}),
    "of the same person": (["refuse"], {"confirm": "account.own"}),
    "auditor": ([], {"confirm": "grant.security_only", "refuse": "grant.security_only"}),
    "by a token": ([], {"confirm": "token.by_token", "refuse": "token.by_token"}),
}


@pytest.mark.parametrize("who", sorted(WHO))
def test_what_each_reader_is_told_is_what_the_commands_do(readers, office, open_account, sessions, who):
    may, why_not = WHO[who]
    open_account("li", "staff:own", person="P0002")
    with sessions.engine.begin() as connection:  # as an earlier release may have left it: one person, two accounts
        connection.execute(update(accounts).where(accounts.c.account == "li").values(person="P0077"))
    for step in (*may, *why_not):
        changed = office.patch("/api/v1/accounts/li", json={"grants": [STAFF, HR]}, headers=ANY).json
        (proposal,) = [one["proposal"] for one in changed["waiting"]]
        one = told(readers[who], proposal)
        assert (one["may"], {name: why["code"] for name, why in one["why_not"].items()}) == (may, why_not)
        answer = take(readers[who], step, proposal)
        assert (answer.status_code == 200) == (step in may), answer.text
        if step in why_not:
            assert answer.json["code"] == why_not[step]
            assert (answer.json["zh"], answer.json["en"]) == (one["why_not"][step]["zh"], one["why_not"][step]["en"])
        office.patch("/api/v1/accounts/li", json={"grants": [STAFF]}, headers=ANY)
        take(office, "withdraw", proposal)


def codes(client, proposal):
    one = told(client, proposal)
    return one["may"], {why["code"] for why in one["why_not"].values()}


def test_what_is_decided_or_expired_leaves_nothing_to_do_and_says_so(office, security, sessions):
    confirmed, expired = (waiting(create(office, f"a{n}", HR, person=f"P{n}"))[0] for n in ("0021", "0022"))
    confirm(security, confirmed)
    with sessions.engine.begin() as connection:
        late = update(grant_proposals).where(grant_proposals.c.proposal == expired)
        connection.execute(late.values(expires_at=now() - timedelta(seconds=1)))
    for proposal in (confirmed, expired):
        assert codes(security, proposal) == codes(office, proposal) == ([], {"grant.decided"})


def test_what_cannot_be_given_any_more_is_told_before_it_is_tried(admin, office, security, open_account):
    open_account("li", "staff:own", person="P0002")
    (hr,) = admin.patch("/api/v1/accounts/li", json={"grants": [STAFF, HR]}, headers=ANY).json["waiting"]
    assert codes(security, hr["proposal"]) == (["confirm", "refuse"], set())
    with_admin = {"grants": [{"role": "office", "scope": "bureau"}]}
    (keeper,) = admin.patch("/api/v1/accounts/li", json=with_admin, headers=ANY).json["waiting"]
    auditor = {"grants": [{"role": "auditor", "scope": "bureau"}]}
    (reader,) = admin.patch("/api/v1/accounts/li", json=auditor, headers=ANY).json["waiting"]
    assert confirm(security, reader["proposal"]).status_code == 200
    assert codes(security, keeper["proposal"]) == (["refuse"], {"role.exclusive"})
    assert confirm(security, keeper["proposal"]).json["code"] == "role.exclusive"


def test_a_list_tells_the_names_of_whose_proposal_it_is_who_made_it_and_who_decided(admin, security):
    wanted = {"account": "li", "name": "李明", "grants": [STAFF, HR], "person": "P0002", "bureau": "BJ"}
    (proposal,) = admin.post("/api/v1/accounts", json={"accounts": [wanted]}).json["items"][0]["waiting"]
    one = told(security, proposal["proposal"])
    assert one["name"] == "李明"
    assert one["proposed_name"]
    assert "decided_name" not in one
    confirm(security, proposal["proposal"])
    assert told(security, proposal["proposal"])["decided_name"]
