"""`kaohe broker`: the accounts of the processes at the broker, as a file that RabbitMQ reads when it starts."""

import json

import click

from ops.broker.accounts import ACCOUNTS, rights_of, user_of
from ops.broker.definitions import definitions
from shared.settings import settings


@click.group("broker")
def command() -> None:
    """消息服务的账号 / accounts of the processes at the broker."""


@command.command("accounts")
def accounts() -> None:
    """打印 RabbitMQ 的定义文件（账号、权限、队列）/ print the definitions file: accounts, rights, queues."""
    passwords = settings.broker_account_passwords
    if missing := [name for name in ACCOUNTS if name not in passwords]:
        raise click.ClickException(f"KAOHE_BROKER_PASSWORDS 缺少 lacks: {', '.join(missing)}")
    click.echo(json.dumps(definitions(passwords), indent=1, ensure_ascii=False))


@command.command("rights")
def rights() -> None:
    """列出各账号的权限 / list what each account may do."""
    for name in ACCOUNTS:
        may = rights_of(name)
        click.echo(f"{user_of(name)}\n  configure {may.configure}\n  write {may.write}\n  read {may.read}")
        for exchange, (write, read) in sorted(may.keys.items()):
            click.echo(f"  {exchange}: routing keys to write {write}, to read {read}")
