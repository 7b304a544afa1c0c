"""`kaohe reseal`: seal who complained under the newest of KAOHE_CASE_KEYS; afterwards the older keys are needed for old backups only."""

import click
from rich.console import Console

from ops.bus import Bus, operator

console = Console(highlight=False)


@click.command("reseal")
def command() -> None:
    """换用新密钥重新封存投诉人资料 / seal who complained under the newest key, some hundreds at a time."""
    bus, done, lost = Bus(), 0, 0
    while True:
        answer = bus.ask("complaints", "reseal_people", {}, operator(name="kaohe reseal"))
        done, lost = done + answer["resealed"], lost + answer["unreadable"]
        console.print(f"{done} sealed anew, {answer['left']} left")
        if not answer["left"] or not (answer["resealed"] or answer["unreadable"]):
            break
    if lost:
        raise click.ClickException(f"{lost} are sealed under a key that is not among KAOHE_CASE_KEYS")
