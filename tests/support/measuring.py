"""What benchmarks share: a PostgreSQL of one's own with a service's schema, and the plans of the slower statements."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from shared.embedded.postgres import EmbeddedPostgres
from shared.migrations import migrate


@contextmanager
def postgres(*schemas: str) -> Iterator[str]:
    """Yield the URL of a PostgreSQL that is gone afterwards, with these schemas."""
    with tempfile.TemporaryDirectory(prefix="kaohe-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder, "postgres"), durable=False)
        try:
            url = server.start()
            for schema in schemas:
                migrate(url, schema)
            yield url
        finally:
            server.stop()
            server.remove()


def print_slow_plans(engine: Engine, milliseconds: float) -> None:
    """Print from now on every SELECT that takes longer than ``milliseconds``, once, with its plan."""
    seen: set[str] = set()

    def explain(_conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statement = statement.removeprefix("BEGIN; ")  # shared/few_ways.py
        if not statement.lstrip().upper().startswith("SELECT") or ";" in statement or statement in seen:
            return
        seen.add(statement)
        with cursor.connection.cursor() as other:
            other.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters)
            plan = [row[0] for row in other.fetchall()]
        if float(plan[-1].split()[2]) > milliseconds:
            sys.stdout.write(f"\n{cursor.mogrify(statement, parameters).decode()[:1500]}\n" + "\n".join(plan) + "\n")

    event.listen(engine, "before_cursor_execute", explain)
