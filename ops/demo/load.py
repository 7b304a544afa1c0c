"""Loading the demo bureau through the HTTP API: every step looks first what is there, so that it can be repeated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ops.client import Api, ApiError, log_in
from ops.demo import file
from ops.demo.accounts import DemoAccount, accounts
from ops.demo.reference import sheet
from ops.demo.staff import Member, staff
from shared.working_days import UnknownYear, WorkingDays

BUREAU = "B00"
OFFICE = "office"
ADMIN, SECURITY, REGISTRAR = "admin", "security", "registrar"
OFFICERS = {ADMIN: "系统管理员", SECURITY: "安全管理员"}
AT_ONCE = 50  # accounts in one request: each costs a slow hash
CONFIRMED_AT_ONCE = 500

Say = Callable[[str], Any]


@dataclass(frozen=True)
class Plan:
    """A bureau to be made: its code, its people, and what stands before the names of its accounts."""

    bureau: str
    name: str
    members: Sequence[Member]
    year: int
    prefix: str = ""

    @property
    def units(self) -> set[str]:
        """Return the units with people in them, the bureau itself and its panel."""
        return {member.unit for member in self.members} | {"B00", "K01"}

    @property
    def cycle(self) -> str:
        return str(self.year)

    @property
    def starts(self) -> date:
        return date(self.year, 1, 1)


def demo_plan(n: int, year: int) -> Plan:
    return Plan(BUREAU, "云汀市工商行政管理局滨河分局", staff(n), year)


def load(url: str, n: int, year: int, var: Path, say: Say) -> list[file.Entry]:
    """Make the demo bureau with ``n`` people and its cycle of ``year`` where they are not there yet; returns all accounts
    known here.

    ``LookupError`` where the accounts file has no officers (``keep_officer`` puts them there).
    """
    officers = officers_in(file.read(var))
    plan = demo_plan(n, year)
    if not _is_open(url, plan, file.find(file.read(var), role=OFFICE, bureau=BUREAU)):
        make_bureau(url, officers, plan, var, say)
    return file.read(var)


def officers_in(entries: Sequence[file.Entry]) -> dict[str, file.Entry]:
    """Return the entries of the administrator and of the security officer; ``LookupError`` where one is not there."""
    found = {role: file.find(list(entries), role=role) for role in OFFICERS}
    missing = [name for role, name in OFFICERS.items() if found[role] is None]
    if missing:
        raise LookupError(f"{file.NAME} 中没有{'、'.join(missing)}账号，请先运行 kaohe demo / run kaohe demo first")
    return {role: entry for role, entry in found.items() if entry is not None}


def keep_officer(var: Path, role: str, account: str, password: str) -> None:
    """Keep the officer at the head of the file; what else it holds stays."""
    entry = {"account": account, "password": password, "role": role, "name": OFFICERS[role], "person": "", "unit": ""}
    kept = [*(one for one in file.read(var) if one["role"] != role), {**entry, "bureau": ""}]
    file.write(var, sorted(kept, key=lambda one: [*OFFICERS, one["role"]].index(one["role"])))


def _is_open(url: str, plan: Plan, office: file.Entry | None) -> bool:
    """Whether the bureau was loaded to the end: the last step opens its cycle."""
    if office is None:
        return False
    try:
        return bool(log_in(url, office["account"], office["password"]).get(f"cycles/{plan.cycle}")["status"] != "draft")
    except ApiError as error:
        if error.status in (401, 404):
            return False
        raise


def make_bureau(url: str, officers: Mapping[str, file.Entry], plan: Plan, var: Path, say: Say) -> list[file.Entry]:
    """Make the bureau of ``plan`` with its library published and its cycle open.
    Passwords are kept before accounts are made.

    The organisation comes first, by its registrar: an account is somebody's who is there.
    """
    entries = _keep_entries(var, plan)
    root, security = (_enter(url, officers[role]) for role in (ADMIN, SECURITY))
    say(f"总口 bureau {plan.bureau} {plan.name}")
    _once(lambda: root.post("bureaus", {"bureau": plan.bureau, "name": plan.name}), "bureau.exists")
    _make_accounts(root, security, plan, [_registrar(plan, entries[0]["password"])])
    registrar = _enter(url, entries[0])
    say("机构与岗位 organisation and positions")
    registrar.upload("organisation/import", _files(plan, "organisation", "positions"))
    say(f"人员 {len(plan.members)} people")
    _add_people(registrar, plan)
    say(f"账号 {len(entries)} accounts")
    passwords = {entry["account"]: entry["password"] for entry in entries}
    wanted = [_wanted(plan, one, passwords[plan.prefix + one.account]) for one in accounts(plan.members)]
    _make_accounts(root, security, plan, wanted)
    office_entry = file.find(entries, role=OFFICE)
    assert office_entry is not None
    office = _enter(url, office_entry)
    say("指标库 library: 250 indicators")
    _prepare_cycle(office, plan, say)
    return entries


def _keep_entries(var: Path, plan: Plan) -> list[file.Entry]:
    """The accounts of the plan's people: those kept by an interrupted load, the others with new passwords."""
    kept = file.read(var)
    by_account = {entry["account"]: entry for entry in kept}
    made = [
        _entry(plan, REGISTRAR, REGISTRAR, "机构管理员"),
        *(_person_entry(plan, one) for one in accounts(plan.members)),
    ]
    entries = [by_account.get(one["account"]) or one for one in made]
    names = {entry["account"] for entry in entries}
    file.write(var, [*(entry for entry in kept if entry["account"] not in names), *entries])
    return entries


def _entry(plan: Plan, account: str, role: str, name: str, person: str = "", unit: str = "") -> file.Entry:
    return {
        "account": plan.prefix + account,
        "password": file.new_password(),
        "role": role,
        "name": name,
        "person": person,
        "unit": unit,
        "bureau": plan.bureau,
    }


def _person_entry(plan: Plan, one: DemoAccount) -> file.Entry:
    return _entry(plan, one.account, one.role, one.name, one.person, one.unit)


def _enter(url: str, entry: file.Entry) -> Api:
    return log_in(url, entry["account"], entry["password"])


def _make_accounts(root: Api, security: Api, plan: Plan, wanted: Sequence[dict[str, Any]]) -> None:
    """Make those that are not there, and have the roles confirmed that wait for it."""
    there = {one["account"] for one in root.pages("accounts", bureau=plan.bureau)}
    missing = [one for one in wanted if one["account"] not in there]
    for start in range(0, len(missing), AT_ONCE):
        part = missing[start : start + AT_ONCE]
        _once(lambda part=part: root.post("accounts", {"accounts": part}), "idempotency.shown_once")  # type: ignore[misc]
    waiting = [
        one["proposal"] for one in security.pages("grant-proposals", status="proposed") if one["bureau"] == plan.bureau
    ]
    for start in range(0, len(waiting), CONFIRMED_AT_ONCE):
        ids = {"proposals": waiting[start : start + CONFIRMED_AT_ONCE]}
        _once(lambda ids=ids: security.post("grant-proposals/confirm", ids), "grant.decided")  # type: ignore[misc]


def _registrar(plan: Plan, password: str) -> dict[str, Any]:
    grant = {"role": REGISTRAR, "scope": "bureau"}
    named = {"account": plan.prefix + REGISTRAR, "name": "机构管理员", "bureau": plan.bureau}
    return {**named, "grants": [grant], "password": password}


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


def _add_people(registrar: Api, plan: Plan) -> None:
    there = {one["person"] for one in registrar.pages("persons")}
    missing = [one for one in plan.members if one.code not in there]
    for start in range(0, len(missing), 500):
        part = missing[start : start + 500]
        persons = [
            {
                "person": one.code,
                "name": one.name,
                "unit": one.unit,
                "position": one.position,
                "starts": plan.starts.isoformat(),
            }
            for one in part
        ]
        registrar.post("persons", {"persons": persons})


def _prepare_cycle(office: Api, plan: Plan, say: Say) -> None:
    body: dict[str, Any] = {"cycle": plan.cycle}
    try:
        WorkingDays().is_working(plan.starts)
    except UnknownYear:
        # New Year's Day tells that the calendar was entered: the rest follows the week until somebody enters the notice.
        body["calendar"] = {plan.starts.isoformat(): False}
        say(
            f"{plan.year} 年放假安排未知，先按周末计，请在“年度与模型”补录 / no official calendar of {plan.year} yet: enter it"
        )
    _once(lambda: office.post("cycles", body), "cycle.exists")
    cycle = office.get(f"cycles/{plan.cycle}")
    if not cycle["library_revision"]:
        sheets = _files(plan, "indicators", "models", "composite", "machine_figures")
        office.upload(f"cycles/{plan.cycle}/library/import", sheets)
        office.post(f"cycles/{plan.cycle}/library/publish")
    if cycle["status"] == "draft":
        office.post(f"cycles/{plan.cycle}/open")


def _files(plan: Plan, *names: str) -> dict[str, tuple[str, bytes, str]]:
    return {name: (f"{name}.csv", sheet(name, plan.units), "text/csv") for name in names}


def _once(do: Callable[[], Any], done_already: str) -> None:
    try:
        do()
    except ApiError as error:
        if error.code != done_already:
            raise
