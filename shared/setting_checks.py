"""What settings have to be beyond being there: each check raises ``SettingError``, which names the variable."""

from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from shared.audit_chain import read_keys


class SettingError(Exception):
    """A setting that cannot be used; the text names the variable and what it expects."""


def check_keys(settings: Any) -> None:
    """Check the keys of trails and cases, and which chains the trails have."""
    for name in ("audit_keys", "case_keys"):
        try:
            read_keys(getattr(settings, name))
        except ValueError as error:
            raise SettingError(f"KAOHE_{name.upper()}: {error}") from error
    if settings.audit_chains not in ("one", "bureau"):
        raise SettingError(f"KAOHE_AUDIT_CHAINS must be one or bureau, not {settings.audit_chains!r}")


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
