"""`kaohe draw-secrets`: the secrets of a new installation, as lines for the .env of docker-compose.yml."""

import secrets

import click

from ops.broker.accounts import ACCOUNTS, OPERATOR
from shared.database_roles import ANCHORS
from shared.migrations import SCHEMAS

PASSWORDS = (
    "KAOHE_POSTGRES_PASSWORD",
    "KAOHE_RABBITMQ_PASSWORD",
    *(f"KAOHE_DATABASE_PASSWORD_{name.upper()}" for name in (*SCHEMAS, ANCHORS)),
    *(f"KAOHE_BROKER_PASSWORD_{name.upper()}" for name in ACCOUNTS if name != OPERATOR),
    "KAOHE_SECRET",
)
KEYS = ("KAOHE_AUDIT_KEYS", "KAOHE_RPC_KEYS")


@click.command("draw-secrets")
def command() -> None:
    """抽取新安装的全部口令与密钥，追加到 .env / draw all passwords and keys of a new installation, for its .env."""
    for name in PASSWORDS:
        click.echo(f"{name}={secrets.token_hex(24)}")
    for name in KEYS:
        click.echo(f"{name}=1:{secrets.token_hex(24)}")
