"""`kaohe authorisation`: prints who may do what."""

import click

from ops.authorisation.matrix import operations
from ops.authorisation.page import page


@click.command("authorisation")
def command() -> None:
    """打印权限表 docs/authorisation.md / print who may do what."""
    click.echo(page(operations()), nl=False)
