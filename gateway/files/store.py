"""Where the bytes lie: a folder or an S3-compatible store, behind fsspec. What ``put`` has returned from is durable."""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Any, cast

import fsspec

from gateway.files.staging import PART
from shared.errors import Unavailable
from shared.logs import log
from shared.settings import SettingError, settings

ABANDONED = 24 * 3600  # seconds after which nobody writes a file on any more


class Store:
    """Files by key (``bureau/id``). A key is written once and never again."""

    def __init__(self, place: str, options: dict[str, Any]) -> None:
        self._place, self._options = place, options
        self.folder = None if "://" in place else Path(place)  # of a local store

    @cached_property
    def _files(self) -> Any:
        """Opened at first use: a gateway that keeps nothing needs no store."""
        if self.folder is not None:
            return fsspec.filesystem("file", auto_mkdir=True)
        files, _ = fsspec.core.url_to_fs(self._place, use_listings_cache=False, **_s3_options(self._options))
        return files

    @cached_property
    def staging(self) -> Path | None:
        """Return where uploads wait for their judgement: on the disk of the store,
        where it has one; else among temporary files."""
        if self.folder is None:
            return None
        with self._reachable():
            (self.folder / "incoming").mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.folder / "incoming"

    def put(self, key: str, content: IO[bytes]) -> None:
        """Write it whole under another name, on the disk (fsync), then named: nobody ever finds half a file."""
        content.seek(0)
        with self._reachable():
            if self.folder is None:
                with self._files.open(self._path(key), "wb") as file:  # complete, or not there at all, once closed
                    shutil.copyfileobj(content, file, PART)
            else:
                _put_local(Path(self._path(key)), content, self.staging or self.folder)

    def size(self, key: str) -> int | None:
        with suppress(FileNotFoundError), self._reachable():
            return int(self._files.info(self._path(key))["size"])
        return None

    def parts(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of ``key``, a part at a time."""
        with self._reachable():
            file = self._files.open(self._path(key), "rb", block_size=1024 * 1024, cache_type="readahead")
        with file:
            while part := file.read(PART):
                yield part

    def remove(self, key: str) -> None:
        """Remove the file: it is gone afterwards, whether it was there or not."""
        with suppress(FileNotFoundError), self._reachable():
            self._files.rm_file(self._path(key))

    def sweep(self) -> None:
        """Sweep away what a process that was killed left half written on this disk."""
        for left in self.staging.iterdir() if self.staging is not None else ():
            with suppress(FileNotFoundError):  # its own process named it meanwhile, or another swept it
                if time.time() - left.stat().st_mtime > ABANDONED:
                    shutil.rmtree(left) if left.is_dir() else left.unlink()

    def keys(self, bureau: str) -> list[str]:
        with suppress(FileNotFoundError), self._reachable():
            found = self._files.ls(self._path(bureau), detail=False)
            return sorted(f"{bureau}/{name.rpartition('/')[2]}" for name in found)
        return []

    def _path(self, key: str) -> str:
        root = str(self.folder) if self.folder is not None else self._place.partition("://")[2]
        return f"{root.rstrip('/')}/{key}"

    @contextmanager
    def _reachable(self) -> Iterator[None]:
        """Whatever keeps a store away is told as such: 503, and it is logged. That a file is not there is an answer."""
        try:
            yield
        except FileNotFoundError:
            raise
        except Exception as error:
            log.error("the store of evidence failed", store=self._place, exc_info=error)
            zh, en = "材料存储暂时不可用，请稍后重试", "the store of evidence is not available"
            raise Unavailable("evidence.store", zh=zh, en=en) from error


def open_store() -> Store:
    """Open the store that the settings name. An address of S3 needs threads of its
    own, which the one-process system has not."""
    place = settings.evidence or str(settings.var_folder / "evidence")
    if "://" in place and _green():
        raise SettingError("KAOHE_EVIDENCE: s3:// works with separate processes only (docker-compose.yml)")
    return Store(place, cast(dict[str, Any], json.loads(settings.evidence_options or "{}")))


def _put_local(path: Path, content: IO[bytes], staging: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=staging, prefix="kaohe-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(content, file, PART)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """The name of a file is durable once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _s3_options(options: dict[str, Any]) -> dict[str, Any]:
    """``endpoint_url`` and ``region_name`` beside the keys, as an operator thinks of them."""
    client = {name: options[name] for name in ("endpoint_url", "region_name") if name in options}
    rest = {name: value for name, value in options.items() if name not in client}
    return {**rest, "client_kwargs": {**client, **rest.get("client_kwargs", {})}}


def _green() -> bool:
    patcher = sys.modules.get("eventlet.patcher")
    return patcher is not None and bool(patcher.is_monkey_patched("thread"))
