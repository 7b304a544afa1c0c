"""Fresh migrated databases in some 50 ms each: every set of schemas is migrated once and copied from then on."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from shared.migrations import migrate

Settle = Callable[[str], None]
Templates = dict[tuple[tuple[str, ...], Settle | None], str]


class Databases:
    """Makes databases on one cluster; leaving it as a context drops those it made."""

    _numbers = itertools.count(1)

    def __init__(self, cluster_url: str, templates: Templates) -> None:
        self._url = make_url(cluster_url)
        self._admin = create_engine(self._url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._templates = templates
        self._made: list[str] = []

    def __call__(self, *schemas: str, settled: Settle | None = None) -> str:
        """The URL of a new database in which ``schemas`` are migrated to their newest revision.

        ``settled`` puts into the database of a URL what many tests begin with: it is called once and copied from then on."""
        name = self._new_name("test")
        # Copied as files: the way that PostgreSQL chooses by itself writes every page to the log as well.
        self._execute(
            f"CREATE DATABASE {name} TEMPLATE {self._template(tuple(sorted(schemas)), settled)} STRATEGY file_copy"
        )
        self._made.append(name)
        return self._url_of(name)

    @contextmanager
    def copy_of(self, name: str) -> Iterator[str]:
        """The URL of a copy of the database ``name``, for as long as this lasts."""
        copy = self._new_name("copy")
        self._execute(f"CREATE DATABASE {copy} TEMPLATE {name} STRATEGY file_copy")
        try:
            yield self._url_of(copy)
        finally:
            self._drop([copy])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._drop(self._made)

    def _template(self, schemas: tuple[str, ...], settled: Settle | None = None) -> str:
        if (schemas, settled) not in self._templates:
            name = self._new_name("template")
            if settled:
                self._execute(f"CREATE DATABASE {name} TEMPLATE {self._template(schemas)} STRATEGY file_copy")
                settled(self._url_of(name))
            else:
                self._execute(f"CREATE DATABASE {name}")
                for schema in schemas:
                    migrate(self._url_of(name), schema)
            self._templates[schemas, settled] = name
        return self._templates[schemas, settled]

    def _new_name(self, kind: str) -> str:
        return f"{kind}_{next(self._numbers)}"

    def _url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")
