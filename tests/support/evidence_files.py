"""Files as people upload them, made for the tests: whole ones, and those that pretend."""

import io
import struct
import zipfile
import zlib

OFFICE = {
    "docx": {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"},
    "xlsx": {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"},
    "pptx": {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"},
    "ofd": {"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"},
}


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def office(kind: str, **more: bytes) -> bytes:
    return archive({**OFFICE[kind], **more})


def png(width: int = 2, height: int = 2, behind: bytes = b"", text: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x7f\x10\x20" * 2 for _ in range(2)))
    chunks = [(b"IHDR", head), *([(b"tEXt", text)] if text else []), (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks)) + behind


def jpg(comment: bytes = b"") -> bytes:
    app0 = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    note = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    frame = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 2, 2) + b"\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34\x56"
    return b"\xff\xd8" + app0 + note + frame + scan + b"\xff\xd9"


def pdf(body: bytes = b"", behind: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj<<>>endobj\n" + body + b"\ntrailer<<>>\nstartxref\n9\n%%EOF\n" + behind


def bomb() -> bytes:
    """40 kB that unpack to 40 MB, shaped like a document."""
    return office("docx", **{"word/media/image1.png": b"\0" * 40 * 1024 * 1024})


def _chunk(named: tuple[bytes, bytes]) -> bytes:
    kind, content = named
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
