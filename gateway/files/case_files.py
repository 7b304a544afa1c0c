"""The bytes of a case's papers and attachments: sealed in the store, given out only as what their SHA-256 says."""

import hashlib
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from typing import IO, Any

from gateway.current import current_actor
from gateway.files.sealing import Broken, FileSeal, sealed_size
from gateway.files.store import Store
from gateway.parts import parts
from shared.errors import Unavailable
from shared.logs import log


def paper_key(bureau: str, paper: str, sha256: str, form: str) -> str:
    """Return where the file of a paper lies: under its hash, so that who is second to make it writes over nobody's."""
    return f"{bureau}/{paper}-{sha256[:16]}.{form}"


class CaseFiles:
    """Those of one bureau. A key is written once; who is second to write it changes nothing."""

    def __init__(self, store: Store, bureau: str) -> None:
        self._store, self._seal = store, FileSeal(bureau)

    def put(self, key: str, content: IO[bytes]) -> None:
        content.seek(0)
        with TemporaryFile(dir=self._store.staging, prefix="kaohe-") as sealed:
            self._seal.seal(content, sealed)
            self._store.put(key, sealed)

    def parts(self, key: str, size: int) -> Iterator[bytes]:
        """Yield the plain bytes; whatever is missing or damaged is told before the first of them, or breaks the answer off."""
        if self._store.size(key) != sealed_size(size):
            raise _damaged(key)
        return self._opened(key)

    def whole(self, key: str, size: int, sha256: str) -> bytes:
        """Return all of a file that is held to be small, checked against its hash."""
        content = b"".join(self.parts(key, size))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _damaged(key)
        return content

    def _opened(self, key: str) -> Iterator[bytes]:
        try:
            yield from self._seal.open(self._store.parts(key))
        except Broken as error:
            raise _damaged(key) from error


def case_files() -> CaseFiles:
    """Return those of the bureau whose person asks."""
    return CaseFiles(parts().store, current_actor().bureau)


def content_of(known: Mapping[str, Any]) -> Iterator[bytes]:
    """Return the plain bytes of what the service knows as ``stored_as`` and ``size``."""
    return case_files().parts(known["stored_as"], known["size"])


def _damaged(key: str) -> Unavailable:
    log.error("a file of a case is damaged", stored_as=key)
    return Unavailable("case_file.damaged", zh="文件缺失或损坏，请联系管理员", en="its bytes are missing or damaged")
