"""`kaohe settings`: every environment variable, what it means and what now holds."""

import os
from dataclasses import fields

import click
from rich.console import Console
from rich.table import Table

from shared.settings import Settings

_HIDDEN = ("secret", "database_url", "broker_url", "evidence_options")


@click.command("settings")
def command() -> None:
    """列出全部环境变量 / list every environment variable with its meaning."""
    table = Table("variable", "default", "now", "meaning")
    for one in fields(Settings):
        variable = one.metadata["variable"]
        now = os.environ.get(variable, "")
        shown = "***" if now and one.name in _HIDDEN else now
        table.add_row(variable, str(one.default), shown, one.metadata["help"])
    Console().print(table)
