"""What somebody uploaded instead of a plain .xlsx workbook, by its content: each is named, with what to do about it."""

import io
import zipfile

from shared.sheets.unreadable import Unreadable

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # what a workbook with a password to open it holds
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SAVE_AS = "请另存为 .xlsx 工作簿后上传"


def check_workbook(data: bytes) -> None:
    """Raise ``Unreadable`` for whatever is no .xlsx workbook."""
    if data.startswith(OLD_OFFICE):
        raise _locked() if _ENCRYPTED in data else _other("old_office", "这是旧版 .xls 文件", "an old .xls file")
    if data.lstrip().startswith(b"<"):
        raise _other("web_page", "这是网页，不是工作簿", "a web page")
    if not data.startswith(b"PK\x03\x04"):
        raise Unreadable("sheet.format", "请上传系统导出的 .xlsx 文件", "upload the exported .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeError) as error:
        raise Unreadable(
            "sheet.unreadable", "无法读取该工作簿，文件可能不完整", "the workbook cannot be read"
        ) from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = {one.filename.replace("\\", "/").lower(): one for one in archive.infolist()}
    if any(one.flag_bits & 1 for one in names.values()):
        raise _locked()
    if "mimetype" in names and names["mimetype"].file_size < 200 and archive.read(names["mimetype"]).startswith(_ODS):
        raise _other("ods", "这是 OpenDocument 表格（.ods）", "an .ods spreadsheet")
    if "xl/workbook.bin" in names:
        raise _other("binary", "这是二进制工作簿（.xlsb）", "a binary workbook")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise _other("macros", "工作簿含宏（.xlsm）", "a workbook with macros")
    if "xl/workbook.xml" not in names:
        raise _other("archive", "这是压缩包或其他文件，不是工作簿", "an archive, no workbook")


def _locked() -> Unreadable:
    return Unreadable("sheet.locked", "工作簿设有打开密码，请去除密码后上传", "it is locked by a password: remove it")


def _other(code: str, zh: str, en: str) -> Unreadable:
    return Unreadable(f"sheet.{code}", f"{zh}，{_SAVE_AS}", f"{en}: save it as .xlsx")
