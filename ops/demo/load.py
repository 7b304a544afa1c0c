"""Loading the demo bureau through the HTTP API: every step looks first what is there, so that it can be repeated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops.client import Api, ApiError, log_in
from ops.demo import file
from ops.demo.accounts import DemoAccount, accounts
from ops.demo.reference import sheet
from ops.demo.staff import Member, staff

BUREAU, CYCLE = "B00", "2026"
OFFICE = "office"
STARTS = "2026-01-01"
AT_ONCE = 50  # accounts in one request: each costs a slow hash

Say = Callable[[str], Any]


@dataclass(frozen=True)
class Plan:
    """A bureau to be made: its code, its people, and what stands before the names of its accounts."""

    bureau: str
    name: str
    members: Sequence[Member]
    prefix: str = ""

    @property
    def units(self) -> set[str]:
        """Units with people in them, the bureau itself and its panel."""
        return {member.unit for member in self.members} | {"B00", "K01"}


def demo_plan(n: int) -> Plan:
    return Plan(BUREAU, "云汀市工商行政管理局滨河分局", staff(n))


def load(url: str, n: int, var: Path, say: Say) -> list[file.Entry]:
    """Make the demo bureau with ``n`` people where it is not there yet; returns all accounts known here.

    ``LookupError`` where the accounts file has no administrator (``keep_admin`` puts one there).
    """
    admin = file.find(file.read(var), role="admin")
    if admin is None:
        raise LookupError(f"{var / file.NAME} 中没有管理员账号 / has no administrator")
    if not _is_open(url, file.find(file.read(var), role=OFFICE, bureau=BUREAU)):
        make_bureau(url, admin, demo_plan(n), var, say)
    return file.read(var)


def keep_admin(var: Path, account: str, password: str) -> None:
    """The administrator heads the file; what else it holds stays."""
    entry = {"account": account, "password": password, "role": "admin", "name": "系统管理员", "person": "", "unit": ""}
    others = [one for one in file.read(var) if one["role"] != "admin"]
    file.write(var, [{**entry, "bureau": ""}, *others])


def _is_open(url: str, office: file.Entry | None) -> bool:
    """Whether the bureau was loaded to the end: the last step opens its cycle."""
    if office is None:
        return False
    try:
        return bool(log_in(url, office["account"], office["password"]).get(f"cycles/{CYCLE}")["status"] != "draft")
    except ApiError as error:
        if error.status in (401, 404):
            return False
        raise


def make_bureau(url: str, admin: file.Entry, plan: Plan, var: Path, say: Say) -> list[file.Entry]:
    """The bureau of ``plan`` with its library published and its cycle open. Passwords are kept before accounts are made."""
    entries = _keep_entries(var, plan)
    root = log_in(url, admin["account"], admin["password"])
    say(f"总口 bureau {plan.bureau} {plan.name}")
    _once(lambda: root.post("bureaus", {"bureau": plan.bureau, "name": plan.name}), "bureau.exists")
    say(f"账号 {len(entries)} accounts")
    _make_accounts(root, plan, entries)
    office_entry = file.find(entries, role=OFFICE)
    assert office_entry is not None
    office = log_in(url, office_entry["account"], office_entry["password"])
    say("机构与岗位 organisation and positions")
    office.upload("organisation/import", _files(plan, "organisation", "positions"))
    say(f"人员 {len(plan.members)} people")
    _add_people(office, plan)
    say("指标库 library: 250 indicators")
    _prepare_cycle(office, plan)
    return entries


def _keep_entries(var: Path, plan: Plan) -> list[file.Entry]:
    """The accounts of the plan's people: those kept by an interrupted load, the others with new passwords."""
    kept = file.read(var)
    by_account = {entry["account"]: entry for entry in kept}
    entries = [by_account.get(plan.prefix + one.account) or _entry(plan, one) for one in accounts(plan.members)]
    names = {entry["account"] for entry in entries}
    file.write(var, [*(entry for entry in kept if entry["account"] not in names), *entries])
    return entries


def _entry(plan: Plan, one: DemoAccount) -> file.Entry:
    return {
        "account": plan.prefix + one.account,
        "password": file.new_password(),
        "role": one.role,
        "name": one.name,
        "person": one.person,
        "unit": one.unit,
        "bureau": plan.bureau,
    }


def _make_accounts(root: Api, plan: Plan, entries: Sequence[file.Entry]) -> None:
    there = {one["account"] for one in root.pages("accounts", bureau=plan.bureau)}
    passwords = {entry["account"]: entry["password"] for entry in entries}
    missing = [one for one in accounts(plan.members) if plan.prefix + one.account not in there]
    for start in range(0, len(missing), AT_ONCE):
        part = missing[start : start + AT_ONCE]
        wanted = [_wanted(plan, one, passwords[plan.prefix + one.account]) for one in part]
        _once(lambda wanted=wanted: root.post("accounts", {"accounts": wanted}), "idempotency.shown_once")  # type: ignore[misc]


def _wanted(plan: Plan, one: DemoAccount, password: str) -> dict[str, Any]:
    grants = [{"role": grant.role, "scope": grant.scope, "target": grant.target} for grant in one.grants]
    return {
        "account": plan.prefix + one.account,
        "name": one.name,
        "bureau": plan.bureau,
        "person": one.person,
        "grants": [{name: value for name, value in grant.items() if value} for grant in grants],
        "password": password,
    }


def _add_people(office: Api, plan: Plan) -> None:
    there = {one["person"] for one in office.pages("persons")}
    missing = [one for one in plan.members if one.code not in there]
    for start in range(0, len(missing), 500):
        part = missing[start : start + 500]
        persons = [
            {"person": one.code, "name": one.name, "unit": one.unit, "position": one.position, "starts": STARTS}
            for one in part
        ]
        office.post("persons", {"persons": persons})


def _prepare_cycle(office: Api, plan: Plan) -> None:
    _once(lambda: office.post("cycles", {"cycle": CYCLE}), "cycle.exists")
    cycle = office.get(f"cycles/{CYCLE}")
    if not cycle["library_revision"]:
        sheets = _files(plan, "indicators", "models", "composite", "machine_figures")
        office.upload(f"cycles/{CYCLE}/library/import", sheets)
        office.post(f"cycles/{CYCLE}/library/publish")
    if cycle["status"] == "draft":
        office.post(f"cycles/{CYCLE}/open")


def _files(plan: Plan, *names: str) -> dict[str, tuple[str, bytes, str]]:
    return {name: (f"{name}.csv", sheet(name, plan.units), "text/csv") for name in names}


def _once(do: Callable[[], Any], done_already: str) -> None:
    try:
        do()
    except ApiError as error:
        if error.code != done_already:
            raise
