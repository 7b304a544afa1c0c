"""docker-compose.yml is valid, complete and keeps no secret."""

import re
import subprocess
import sys
from dataclasses import fields

import pytest
from click.testing import CliRunner

from gateway.devices.batches import LARGEST_PUSH
from ops.broker.accounts import ACCOUNTS, CALLERS, OPERATOR
from ops.drawing import PASSWORDS
from ops.drawing import command as draw_secrets
from shared.migrations import SERVICES
from shared.settings import Settings
from tests.support.composition import ROOT, Process, processes, resolve

SECRETS = {
    **{name: name.lower() for name in PASSWORDS},
    "KAOHE_SECRET": "s" * 32,
    "KAOHE_AUDIT_KEYS": f"1:{'k' * 32}",
    "KAOHE_RPC_KEYS": f"1:{'r' * 32}",
}
DATABASE = {**{name: name for name in SERVICES}, **dict.fromkeys(CALLERS, "gateway"), "anchors": "anchors"}


@pytest.fixture(scope="module")
def ours() -> dict[str, Process]:
    return processes(resolve(SECRETS))


def test_every_service_the_gateway_and_the_migration_have_a_process(ours: dict[str, Process]) -> None:
    commands = {name: one.command[:3] for name, one in ours.items()}
    expected = {name: ("kaohe", "service", name) for name in SERVICES}
    assert commands.pop("gateway")[:2] == ("kaohe", "gateway")
    assert commands.pop("clocks") == ("kaohe", "gateway", "--clocks")
    assert commands.pop("anchors") == ("kaohe", "audit", "watch")
    assert commands.pop("live") == ("kaohe", "live")
    assert commands == {**expected, "migrate": ("kaohe", "migrate")}


def test_every_process_accepts_its_environment(ours: dict[str, Process]) -> None:
    for one in ours.values():
        Settings.read(one.environment)


def test_every_process_has_its_own_account_at_the_broker_and_its_own_role_at_the_database(
    ours: dict[str, Process],
) -> None:
    """The migration and what is done by hand have the owners'; nobody else has."""
    addresses = {
        name: (one.environment["KAOHE_DATABASE_URL"], one.environment.get("KAOHE_BROKER_URL"))
        for name, one in ours.items()
    }
    owners = ("KAOHE_POSTGRES_PASSWORD", "KAOHE_RABBITMQ_PASSWORD")
    for process, role in DATABASE.items():
        database, broker = addresses.pop(process)
        password = f"kaohe_database_password_{role}"
        assert database == f"postgresql+psycopg2://kaohe_{role}:{password}@postgres:5432/kaohe"
        account = f"kaohe_{process}:kaohe_broker_password_{process}"
        assert broker == (None if process == "anchors" else f"amqp://{account}@rabbitmq:5672/kaohe")
        assert not any(SECRETS[owner] in str(value) for owner in owners for value in ours[process].environment.values())
    assert set(addresses) == {"migrate"}
    told = Settings.read(ours["migrate"].environment).database_role_passwords
    assert told == {role: f"kaohe_database_password_{role}" for role in DATABASE.values()}


def test_the_operators_process_makes_the_accounts_that_the_others_use() -> None:
    operator = resolve(SECRETS)["services"]["operator"]
    assert operator["profiles"] == ["operator"]
    told = Settings.read(operator["environment"]).broker_account_passwords
    assert set(told) == set(ACCOUNTS)
    assert all(
        password == SECRETS[f"KAOHE_BROKER_PASSWORD_{name.upper()}"]
        for name, password in told.items()
        if name != OPERATOR
    )
    assert told[OPERATOR] == SECRETS["KAOHE_RABBITMQ_PASSWORD"]


def test_the_broker_begins_with_the_definitions_and_nobody_else() -> None:
    broker = resolve(SECRETS)["services"]["rabbitmq"]
    mounted = [one if isinstance(one, str) else f"{one['source']}:{one['target']}" for one in broker["volumes"]]
    assert any("/ops/broker/rabbitmq.conf:/etc/rabbitmq/conf.d/" in one for one in mounted)
    assert "load_definitions = /etc/kaohe/definitions.json" in (ROOT / "ops" / "broker" / "rabbitmq.conf").read_text()
    assert any("/rabbitmq:/etc/kaohe" in one for one in mounted)
    assert not any(name.startswith("RABBITMQ_DEFAULT") for name in broker.get("environment", {}))


def test_the_secrets_that_are_drawn_are_all_that_the_composition_asks_for() -> None:
    drawn = CliRunner().invoke(draw_secrets).output
    told = dict(line.split("=", 1) for line in drawn.splitlines())
    assert set(told) == set(SECRETS)
    assert len(set(told.values())) == len(told)
    for one in processes(resolve(told)).values():
        Settings.read(one.environment)


def test_every_container_has_a_memory_limit_and_comes_back_by_itself() -> None:
    for name, one in resolve(SECRETS)["services"].items():
        ends = name in {"migrate", "backup", "operator"}
        assert one["deploy"]["resources"]["limits"]["memory"], name
        assert one["restart"] == ("no" if ends else "unless-stopped"), name
        assert "healthcheck" in one or ends, name


def test_a_backup_reaches_all_that_has_to_be_kept_and_waits_for_the_database_alone(ours: dict[str, Process]) -> None:
    """A restore finds an empty database: the migration has not run."""
    backup = resolve(SECRETS)["services"]["backup"]
    assert backup["profiles"] == ["backup"]
    assert set(backup["depends_on"]) == {"postgres"}
    everybody = {**ours["gateway"].environment, **ours["anchors"].environment, **ours["migrate"].environment}
    wanted = ("DATABASE_URL", "SECRET", "AUDIT_KEYS", "EVIDENCE", "EVIDENCE_OPTIONS", "ANCHORS", "ANCHOR_KEYS")
    names = [f"KAOHE_{one}" for one in wanted]
    assert {name: backup["environment"][name] for name in names} == {name: everybody[name] for name in names}
    mounted = {one.split(":")[0]: one.split(":")[2:] for one in backup["volumes"] if isinstance(one, str)}
    assert all(mounted[name] in ([], ["rw"]) for name in ("evidence", "anchors", "anchor-keys"))


def test_processes_start_after_the_migration_and_the_broker(ours: dict[str, Process]) -> None:
    for name in (*SERVICES, "gateway", "clocks", "live", "anchors"):
        assert ours[name].definition["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "rabbitmq": {"condition": "service_healthy"},
        }


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_a_secret_that_is_not_set_is_asked_for(secret: str) -> None:
    with pytest.raises(AssertionError, match=r"set it in \.env"):
        resolve({name: value for name, value in SECRETS.items() if name != secret})


def test_the_example_names_every_variable_of_the_file_and_holds_no_secret() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(re.findall(r"\$\{(\w+)", text)) - {"KAOHE_VERSION"} == set(example)
    assert {example[name] for name in SECRETS} == {""}


def test_the_version_of_the_image_is_that_of_the_project() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version
    assert f"kaohe:${{KAOHE_VERSION:-{version[1]}}}" in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def test_every_setting_that_a_process_may_need_is_documented() -> None:
    assert all(one.metadata["help"] for one in fields(Settings))


CHECKS = """
from concurrent.futures import ThreadPoolExecutor
from gateway.auth.passwords import hash_password, matches
def resident():
    return int(open("/proc/self/statm").read().split()[1]) // 256
stored, before = hash_password("x" * 12), resident()
with ThreadPoolExecutor(16) as pool:
    assert all(pool.map(lambda _: matches(stored, "x" * 12), range(64)))
print(resident() - before)
"""


def test_the_gateway_gives_back_what_the_checks_of_passwords_take(ours: dict[str, Process]) -> None:
    """64 checks in 16 threads: without the setting some 300 MB stay (docs/decisions/1011)."""
    name = "MALLOC_MMAP_THRESHOLD_"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), name: ours["gateway"].environment[name]}
    counted = subprocess.run(
        [sys.executable, "-c", CHECKS], env=environment, capture_output=True, text=True, check=True
    )
    assert int(counted.stdout) < 60, "megabytes"


def test_who_is_outside_reaches_the_proxy_and_nothing_else() -> None:
    services = resolve(SECRETS)["services"]
    published = {name: one["ports"] for name, one in services.items() if one.get("ports")}
    assert set(published) == {"proxy", "gateway"}
    assert all("127.0.0.1" in str(port) for port in published["gateway"]), "for this machine only"
    assert services["clocks"]["environment"]["KAOHE_TRUSTED_PROXIES"] == "1"


def test_the_proxy_lets_the_largest_evidence_and_the_largest_push_pass() -> None:
    text = (ROOT / "ops" / "proxy" / "nginx.conf").read_text(encoding="utf-8")
    people, clocks = (int(one) for one in re.findall(r"client_max_body_size (\d+)m", text))
    evidence = int(re.search(r"KAOHE_EVIDENCE_MEGABYTES=(\d+)", (ROOT / ".env.example").read_text("utf-8"))[1])  # type: ignore[index]
    assert people > evidence
    assert clocks >= LARGEST_PUSH
