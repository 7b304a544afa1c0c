"""`kaohe spot-check`: does a published draw follow from its list and its public value? Needs the exported document, nothing else."""

import json
from typing import IO, Any

import click

from services.declarations.domain.sampling.verifying import differences


@click.group("spot-check")
def command() -> None:
    """抽查的复核 / verify the draws of spot checks."""


@command.command("verify")
@click.argument("document", type=click.File("r", encoding="utf-8"))
@click.option("--commitment", default=None, help="the SHA-256 as it was published before the draw, from another source")
def verify(document: IO[str], commitment: str | None) -> None:
    """复核抽取记录：一致则说明，不一致逐处列出并以 1 退出 / identical, or every place where it differs (exit 1).

    DOCUMENT: 从 GET /api/v1/spot-checks/{id}/draw 保存的文件，“-”为标准输入 / the saved answer, or - for standard input.
    """
    published = _read(document)
    found = differences(published if commitment is None else {**published, "commitment": commitment})
    if found:
        for one in found:
            click.echo(f"不一致 DIFFERENT: {one}", err=True)
        raise SystemExit(1)
    sample, value = len(published["sample"]), published["value"]
    click.echo(f"一致 identical: {sample} items, value {value}, list SHA-256 {published['commitment']}")


def _read(document: IO[str]) -> dict[str, Any]:
    try:
        published = json.load(document)
    except ValueError as error:
        raise click.ClickException(f"不是抽取记录 / not a draw: {error}") from error
    if not isinstance(published, dict):
        raise click.ClickException("不是抽取记录 / not a draw: an object is expected")
    return published
