"""Every setting, from the environment, checked once at start. ``kaohe settings`` prints this list."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from shared.audit_chain import read_keys
from shared.setting_checks import CHECKS, SettingError, read_passwords

__all__ = ["ANCHORS", "FIRST_ANCHOR_KEY", "OWN_AUDIT_KEYS", "OWN_SECRET", "SettingError", "Settings", "settings"]


def _setting(variable: str, default: str, meaning: str) -> Any:
    return field(default=default, metadata={"variable": variable, "help": meaning})


OWN_SECRET, OWN_AUDIT_KEYS = "secret", "audit-keys"  # in KAOHE_VAR, of the embedded system
ANCHORS, FIRST_ANCHOR_KEY = "anchors.jsonl", "first-public-key.txt"  # in KAOHE_ANCHORS


@dataclass(frozen=True)
class Settings:
    database_url: str = _setting("KAOHE_DATABASE_URL", "", "PostgreSQL, postgresql+psycopg2://user:password@host/name")
    broker_url: str = _setting("KAOHE_BROKER_URL", "", "RabbitMQ, amqp://user:password@host:5672/vhost, or embedded://")
    database_passwords: str = _setting(
        "KAOHE_DATABASE_PASSWORDS",
        "",
        "of the database roles that kaohe migrate provides, process:password by commas; empty: it provides none",
    )
    broker_passwords: str = _setting(
        "KAOHE_BROKER_PASSWORDS", "", "of the accounts for kaohe broker accounts, process:password by commas"
    )
    var: str = _setting("KAOHE_VAR", "var", "folder of state for the embedded system")
    wal: str = _setting(
        "KAOHE_WAL", "0", "1 where the embedded database writes what kaohe backup follow keeps, to restore to a moment"
    )
    host: str = _setting("KAOHE_HOST", "127.0.0.1", "address on which the gateway listens")
    port: str = _setting("KAOHE_PORT", "8000", "port on which the gateway listens")
    metrics_port: str = _setting("KAOHE_METRICS_PORT", "0", "port of a service's health and metrics; 0: none")
    secret: str = _setting(
        "KAOHE_SECRET",
        "",
        "key that signs cookies, seals ballots and who complained, 32 characters or more: gateway, declarations, complaints",
    )
    case_keys: str = _setting(
        "KAOHE_CASE_KEYS",
        "",
        "keys that seal who complained, number:key by commas, 32 characters or more each; the highest seals, all open",
    )
    audit_keys: str = _setting(
        "KAOHE_AUDIT_KEYS",
        "",
        "keys of the audit trails, number:key by commas, 32 characters or more each; the highest number writes",
    )
    audit_chains: str = _setting(
        "KAOHE_AUDIT_CHAINS",
        "one",
        "one: each service has one chain of the audit trail; bureau: one for each bureau, once no process of an earlier release is left",
    )
    rpc_keys: str = _setting(
        "KAOHE_RPC_KEYS",
        "",
        "keys that sign requests to the services, number:key by commas, 32 characters or more each; the highest signs, all are taken",
    )
    anchors: str = _setting(
        "KAOHE_ANCHORS", "", "folder in which the audit trails are anchored; empty: anchors/ in KAOHE_VAR"
    )
    anchor_keys: str = _setting(
        "KAOHE_ANCHOR_KEYS", "", "folder of the private key that signs the anchors; empty: KAOHE_ANCHORS"
    )
    session_idle_minutes: str = _setting(
        "KAOHE_SESSION_IDLE_MINUTES", "120", "minutes after which a session that is not used ends"
    )
    session_hours: str = _setting("KAOHE_SESSION_HOURS", "24", "hours after which a session ends, however it is used")
    second_factor_roles: str = _setting(
        "KAOHE_SECOND_FACTOR_ROLES",
        "",
        "roles, by commas, whose accounts have to enrol a second factor: admin,security",
    )
    former_passwords: str = _setting("KAOHE_FORMER_PASSWORDS", "5", "how many earlier passwords do not come back")
    oidc_issuer: str = _setting(
        "KAOHE_OIDC_ISSUER", "", "OpenID provider of the organisation, https://…; empty: log-in by password only"
    )
    oidc_client_id: str = _setting("KAOHE_OIDC_CLIENT_ID", "", "the gateway's name at the OpenID provider")
    oidc_client_secret_file: str = _setting(
        "KAOHE_OIDC_CLIENT_SECRET_FILE", "", "file that holds the gateway's secret at the OpenID provider"
    )
    public_url: str = _setting(
        "KAOHE_PUBLIC_URL", "", "address by which people open the console, https://…: of links in messages"
    )
    smtp: str = _setting(
        "KAOHE_SMTP",
        "",
        "mail server: smtp+starttls://user@host:587, smtps://user@host:465, or smtp://host:25 within the house",
    )
    smtp_password_file: str = _setting("KAOHE_SMTP_PASSWORD_FILE", "", "file of the password at the mail server")
    smtp_from: str = _setting("KAOHE_SMTP_FROM", "", "address from which mail is sent")
    smtp_ca_file: str = _setting(
        "KAOHE_SMTP_CA_FILE", "", "certificates by which the mail server is proved; empty: the system's"
    )
    webhook_networks: str = _setting(
        "KAOHE_WEBHOOK_NETWORKS", "", "private networks into which bureaus' webhooks may go, by commas: 10.20.0.0/16"
    )
    webhook_ca_file: str = _setting(
        "KAOHE_WEBHOOK_CA_FILE", "", "certificates by which webhooks are proved; empty: the system's"
    )
    secure_cookies: str = _setting("KAOHE_SECURE_COOKIES", "0", "1 where browsers reach the gateway by https only")
    trusted_proxies: str = _setting("KAOHE_TRUSTED_PROXIES", "0", "how many reverse proxies stand before the gateway")
    log_level: str = _setting("KAOHE_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR")
    workers: str = _setting("KAOHE_WORKERS", "10", "entrypoints that one service process runs at once")
    scoring_megabytes: str = _setting(
        "KAOHE_SCORING_MEGABYTES",
        "256",
        "memory that a scoring process fills with standings and libraries so as not to read them again",
    )
    rpc_timeout: str = _setting("KAOHE_RPC_TIMEOUT", "60", "seconds the gateway waits for a service")
    evidence: str = _setting(
        "KAOHE_EVIDENCE",
        "",
        "where files of evidence lie: a folder, or s3://bucket/prefix; empty: evidence/ in KAOHE_VAR",
    )
    evidence_options: str = _setting(
        "KAOHE_EVIDENCE_OPTIONS",
        "{}",
        'options of the store as JSON, e.g. {"endpoint_url": "https://…", "key": "…", "secret": "…"}',
    )
    evidence_megabytes: str = _setting("KAOHE_EVIDENCE_MEGABYTES", "20", "largest file of evidence")
    evidence_files: str = _setting("KAOHE_EVIDENCE_FILES", "20", "files that one declaration, order … may refer to")
    evidence_person_megabytes: str = _setting(
        "KAOHE_EVIDENCE_PERSON_MEGABYTES", "2000", "what one person may upload in a cycle"
    )
    evidence_kinds: str = _setting(
        "KAOHE_EVIDENCE_KINDS",
        "jpg,png,heic,webp,tiff,pdf,docx,xlsx,pptx,ofd,txt,csv",
        "kinds of files that are taken, by content",
    )

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        known = {one.metadata["variable"]: one.name for one in fields(cls)}
        unknown = [name for name in environment if name.startswith("KAOHE_") and name not in known]
        if unknown:
            raise SettingError(f"unknown setting(s): {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
        settings = cls(**{name: environment[variable] for variable, name in known.items() if variable in environment})
        settings._check()
        return settings

    def _check(self) -> None:
        for check in CHECKS:
            check(self)

    def need(self, name: str) -> str:
        """Return the setting ``name``, which this process cannot do without; ``SettingError`` where it is empty."""
        value: str = getattr(self, name)
        if not value:
            raise SettingError(f"KAOHE_{name.upper()} is not set")
        return value

    @cached_property
    def broker_options(self) -> dict[str, Any]:
        """Return kombu's transport options: it must not wait for ever for a
        broker that is away (docs/architecture.md)."""
        if self.broker_url.startswith("embedded"):
            return {}
        retry = {"max_retries": 5, "interval_start": 0.2, "interval_step": 0.5, "interval_max": 2}
        return {**retry, "connect_retries_timeout": 10}

    @property
    def var_folder(self) -> Path:
        return Path(self.var).absolute()

    @property
    def anchors_folder(self) -> Path:
        return Path(self.anchors).absolute() if self.anchors else self.var_folder / "anchors"

    @property
    def anchor_keys_folder(self) -> Path:
        return Path(self.anchor_keys).absolute() if self.anchor_keys else self.anchors_folder

    @cached_property
    def trail_keys(self) -> Mapping[int, bytes]:
        """Return the keys of the audit trails by number: those that are set, else, for the embedded database, its own."""
        own = self.var_folder / OWN_AUDIT_KEYS
        theirs = self.database_url or not own.exists()
        return read_keys(self.audit_keys or ("" if theirs else own.read_text(encoding="ascii")))

    @cached_property
    def call_keys(self) -> Mapping[int, bytes]:
        """Return the keys by which requests to the services are signed; none where the broker is within the process."""
        return {} if self.broker_url.startswith("embedded") else read_keys(self.rpc_keys)

    @cached_property
    def database_role_passwords(self) -> Mapping[str, str]:
        return read_passwords(self.database_passwords)

    @cached_property
    def broker_account_passwords(self) -> Mapping[str, str]:
        return read_passwords(self.broker_passwords)

    def need_call_keys(self) -> None:
        """Raise ``SettingError`` where a process that others reach through a broker has no key to prove by who asks."""
        if not self.broker_url.startswith("embedded"):
            self.need("rpc_keys")


class _Current:
    """The settings of this process, read at first use; ``use`` replaces them (the embedded system, tests)."""

    def __init__(self) -> None:
        self._settings: Settings | None = None

    def use(self, chosen: Settings) -> None:
        self._settings = chosen

    def __getattr__(self, name: str) -> Any:
        if self._settings is None:
            self._settings = Settings.read(os.environ)
        return getattr(self._settings, name)


settings: Any = _Current()
