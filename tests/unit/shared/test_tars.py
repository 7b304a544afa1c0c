import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from shared.tars import unpack


def tar_of(*members: tarfile.TarInfo) -> tarfile.TarFile:
    written = BytesIO()
    with tarfile.open(fileobj=written, mode="w") as tar:
        for one in members:
            one.size = 3 if one.isreg() else 0
            tar.addfile(one, BytesIO(b"abc"))
    return tarfile.open(fileobj=BytesIO(written.getvalue()))


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    one = tarfile.TarInfo(name)
    one.type, one.linkname = kind, link
    return one


def test_files_and_folders_are_there_with_every_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    with tar_of(member("base", tarfile.DIRTYPE), member("base/one")) as tar:
        unpack(tar, tmp_path)
    assert (tmp_path / "base" / "one").read_bytes() == b"abc"


@pytest.mark.parametrize(
    "outside",
    [
        member("../one"),
        member("/etc/one"),
        member("here/../../one"),
        member("link", tarfile.SYMTYPE, "/etc/passwd"),
        member("link", tarfile.LNKTYPE, "ok"),
        member("pipe", tarfile.FIFOTYPE),
        member("disk", tarfile.BLKTYPE),
    ],
)
def test_what_lies_outside_or_is_no_file_lets_nothing_be_written(outside: tarfile.TarInfo, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with tar_of(member("ok"), outside) as tar, pytest.raises(tarfile.TarError, match="neither"):
        unpack(tar, folder)
    assert sorted(tmp_path.rglob("*")) == [folder]
