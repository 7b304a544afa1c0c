"""`kaohe dead-letters`: what could not be handled, with its reason; repair the cause, then replay (law 4)."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext

import click
from rich.console import Console
from rich.table import Table

from ops.database import database
from shared.letters import BrokerAway, Letter, Letters, letters_at, on_rabbitmq

Choose = Callable[[Letter], bool]


@contextmanager
def letters() -> Iterator[Letters]:
    """Give the dead letters of the broker that is set, else of the embedded system of this folder."""
    with nullcontext("") if on_rabbitmq() else database() as url:
        try:
            with letters_at(url) as box:
                yield box
        except BrokerAway as error:
            raise click.ClickException(str(error)) from error


@click.group("dead-letters")
def command() -> None:
    """死信管理 / events that could not be handled."""


@command.command("list")
@click.option("--queue", default="", help="only letters of this queue")
def list_letters(queue: str) -> None:
    """列出死信 / one line a letter."""
    with letters() as box:
        found = [letter for letter in box.all() if queue in ("", letter.queue)]
    table = Table("id", "queue", "states", "reason")
    for letter in found:
        table.add_row(letter.id, letter.queue, str(letter.states), letter.reason[:100])
    Console().print(table if found else "没有死信 no dead letters")


@command.command("show")
@click.argument("letter_id")
def show(letter_id: str) -> None:
    """显示一封死信的全文 / body, reason and trace of one letter."""
    with letters() as box:
        letter = _find(box, letter_id)
    click.echo(f"queue:  {letter.queue}\nreason: {letter.reason}\n\n{letter.trace}")
    click.echo(_pretty(letter.body))


@command.command("replay")
@click.argument("ids", nargs=-1)
@click.option("--queue", default="", help="every letter of this queue")
@click.option("--all", "everything", is_flag=True, help="every letter")
def replay(ids: Sequence[str], queue: str, *, everything: bool) -> None:
    """送回原队列重新处理 / back to the queue they failed in."""
    with letters() as box:
        count = box.replay(_choice(ids, queue, everything=everything))
    click.echo(f"已送回 replayed: {count}")


@command.command("drop")
@click.argument("ids", nargs=-1, required=True)
@click.confirmation_option(prompt="丢弃后不可恢复，确定？ Drop for ever?")
def drop(ids: Sequence[str]) -> None:
    """丢弃 / delete letters for ever."""
    with letters() as box:
        count = box.drop(_choice(ids))
    click.echo(f"已丢弃 dropped: {count}")


def _choice(ids: Sequence[str], queue: str = "", *, everything: bool = False) -> Choose:
    if not (ids or queue or everything):
        raise click.UsageError("name ids, --queue or --all")
    return lambda letter: everything or letter.id in ids or (queue != "" and letter.queue == queue)


def _find(box: Letters, letter_id: str) -> Letter:
    for letter in box.all():
        if letter.id == letter_id:
            return letter
    raise click.ClickException(f"没有这封死信 no letter {letter_id}")


def _pretty(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    except ValueError:
        return body.decode(errors="replace")
