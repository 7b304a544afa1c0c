"""Some who write to a database, one line after the other, each until it is acknowledged; a process of ``two_databases.py``.

python -m tests.cluster.writing green|threads URL     ends with its standard input; prints "writer number moment" of what was acknowledged
"""

import sys

if __name__ == "__main__" and sys.argv[1] == "green":
    import eventlet

    eventlet.monkey_patch()

import select
import time
from threading import Event, Thread

from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from shared.database import engine_for

WRITERS = 4
# No key of the table keeps a second one away: what is asked again is looked for, as the product looks for the key of a request.
LINE = text(
    "INSERT INTO line SELECT :writer, :number WHERE NOT EXISTS (SELECT FROM line WHERE writer = :writer AND number = :number)"
)


def write(engine: Engine, name: str, over: Event) -> None:
    number = 1
    while not over.is_set():
        try:
            with engine.begin() as connection:
                connection.execute(LINE, {"writer": name, "number": number})
        except DBAPIError:
            time.sleep(0.1)
        else:
            sys.stdout.write(f"{name} {number} {time.monotonic()}\n")
            sys.stdout.flush()
            number += 1
            time.sleep(0.01)


def main(kind: str, url: str) -> None:
    engine, over = engine_for(url), Event()
    writers = [Thread(target=write, args=(engine, f"{kind}-{number}", over)) for number in range(WRITERS)]
    for one in writers:
        one.start()
    select.select([sys.stdin], [], [])  # reading would keep green threads from running
    over.set()
    for one in writers:
        one.join()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
