"""Tars, unpacked with the same care by every Python: the standard library's own filters came with 3.11.4, and Debian 12 has 3.11.2."""

import tarfile
from pathlib import Path


def unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Unpack files and folders below ``folder``; raises ``tarfile.TarError`` before it writes anything where a member is something
    else (a link, a device) or lies outside."""
    top = folder.resolve()
    for one in (members := tar.getmembers()):
        if not (one.isfile() or one.isdir()) or not (top / one.name).resolve().is_relative_to(top):
            raise tarfile.TarError(f"{one.name}: neither a file nor a folder below {folder.name}")
    tar.extraction_filter = getattr(tarfile, "data_filter", None)  # what a newer one knows beside
    tar.extractall(folder, members)  # noqa: S202 - each was looked at
