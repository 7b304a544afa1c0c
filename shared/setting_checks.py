"""What settings have to be beyond being there: each check raises ``SettingError``, which names the variable."""

import json
import re
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from shared.audit_chain import read_keys

_WHOLE = (
    *(
        "port",
        "metrics_port",
        "trusted_proxies",
        "workers",
        "session_idle_minutes",
        "session_hours",
        "former_passwords",
    ),
    *("scoring_megabytes", "rpc_timeout", "evidence_megabytes", "evidence_files", "evidence_person_megabytes"),
)


class SettingError(Exception):
    """A setting that cannot be used; the text names the variable and what it expects."""


def check_plain(settings: Any) -> None:
    """Check numbers, addresses and words from short lists."""
    for name in _WHOLE:
        if not getattr(settings, name).isdecimal():
            raise SettingError(f"KAOHE_{name.upper()} must be a whole number, not {getattr(settings, name)!r}")
    if not 0 <= int(settings.port) <= 65535:
        raise SettingError(f"KAOHE_PORT must lie in 0..65535, not {settings.port}")
    if settings.database_url and not settings.database_url.startswith("postgresql"):
        raise SettingError("KAOHE_DATABASE_URL must be a postgresql+psycopg2:// address")
    if settings.broker_url and urlsplit(settings.broker_url).scheme not in ("amqp", "amqps", "pyamqp", "embedded"):
        raise SettingError("KAOHE_BROKER_URL must be amqp://, amqps:// or embedded://")
    if not isinstance(_json(settings.evidence_options), dict):
        raise SettingError("KAOHE_EVIDENCE_OPTIONS must be a JSON object")
    if settings.wal not in ("0", "1"):
        raise SettingError(f"KAOHE_WAL must be 0 or 1, not {settings.wal!r}")
    if settings.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise SettingError(f"KAOHE_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not {settings.log_level!r}")


def check_keys(settings: Any) -> None:
    """Check the keys of trails, cases and requests, and which chains the trails have."""
    for name in ("audit_keys", "case_keys", "rpc_keys"):
        try:
            read_keys(getattr(settings, name))
        except ValueError as error:
            raise SettingError(f"KAOHE_{name.upper()}: {error}") from error
    if settings.audit_chains not in ("one", "bureau"):
        raise SettingError(f"KAOHE_AUDIT_CHAINS must be one or bureau, not {settings.audit_chains!r}")


def check_passwords(settings: Any) -> None:
    """Check the passwords of database roles and of the broker's accounts."""
    for name in ("database_passwords", "broker_passwords"):
        try:
            read_passwords(getattr(settings, name))
        except ValueError as error:
            raise SettingError(f"KAOHE_{name.upper()}: {error}") from error


def read_passwords(text: str) -> Mapping[str, str]:
    """Return passwords by process from ``process:password`` by commas; ``ValueError`` where one is no such thing or one is there twice."""
    pairs = [one.strip().partition(":")[::2] for one in text.split(",") if one.strip()]
    # Letters and digits stand in an address and in a statement as they are.
    if len(dict(pairs)) < len(pairs) or not all(
        name and re.fullmatch(r"[\w-]{8,}", secret, re.ASCII) for name, secret in pairs
    ):
        raise ValueError("process:password by commas, eight letters, digits, - or _ and more, each process once")
    return dict(pairs)


def check_provider(settings: Any) -> None:
    """Check what names the organisation's log-in."""
    named = (settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret_file)
    if any(named) and not all(named):
        raise SettingError("KAOHE_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET_FILE go together")
    issuer = urlsplit(settings.oidc_issuer)
    if any(named) and not (issuer.scheme == "https" or (issuer.scheme, issuer.hostname) == ("http", "127.0.0.1")):
        raise SettingError("KAOHE_OIDC_ISSUER must be an https:// address")


def check_channels(settings: Any) -> None:
    """Check the ways by which notices leave."""
    place = urlsplit(settings.smtp)
    if settings.smtp and (place.scheme not in ("smtp", "smtps", "smtp+starttls") or not place.hostname):
        raise SettingError("KAOHE_SMTP must be smtp+starttls://, smtps:// or smtp:// with a host")
    if bool(settings.smtp) != bool(settings.smtp_from):
        raise SettingError("KAOHE_SMTP and KAOHE_SMTP_FROM go together")
    if bool(place.username) != bool(settings.smtp_password_file) or place.password:
        raise SettingError("KAOHE_SMTP names the user, KAOHE_SMTP_PASSWORD_FILE the file of the password: both or none")
    if place.username and place.scheme == "smtp":
        raise SettingError("KAOHE_SMTP: a password goes over smtps:// or smtp+starttls:// only")
    if settings.smtp and not settings.public_url:
        raise SettingError("KAOHE_SMTP needs KAOHE_PUBLIC_URL: what is sent holds links")
    if settings.public_url and urlsplit(settings.public_url).scheme not in ("http", "https"):
        raise SettingError("KAOHE_PUBLIC_URL must be an http(s):// address")
    try:
        _ = [ip_network(one.strip()) for one in settings.webhook_networks.split(",") if one.strip()]
    except ValueError as error:
        raise SettingError(f"KAOHE_WEBHOOK_NETWORKS: {error}") from error


def _json(text: str) -> Any:
    try:
        return json.loads(text or "{}")
    except ValueError:
        return None


CHECKS = (check_plain, check_provider, check_channels, check_keys, check_passwords)
