"""Files as people upload them, made for the tests: whole ones, and those that pretend."""

import base64
import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

BLUE, RED = (20, 60, 200), (200, 30, 30)
_HEIC = (
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0004fZDn*}000000000XXk=`10000000000aA{+700000000000000000000B57=IV*mgE07O6l",
    "0RRC200001p#T8@00000001Na001LtX>Mi!000000RR916=`l}WdZ;I000310BCk&F#rGn01j|zbZr0t000010002}X>f9I0002pX>en20001X",
    "Xm(>m0RwOV0058x000009`FGC{rLC*01pFT0096PKmiN^|NjGU00093kN^M!000939=ZZRVE_RDDnbDP18@KU0|1Z!00RI30{|YNAb|yz>g1-m",
    "xCm%4AOHXZ10VnZ0{|gn00967L;=Bbz=;3=025<xY;ta6Y<K_x01W^JfB*mh6lrsCWdHyG00000KmY&$KmY&$C}V74Z~y=RKmY&$0RR91FaQ7m",
    "0RR91000000{{R2@Bjb+0ssI25O8UDX#fBK00RgJ2mk;87-?{AVE_OC000000RRC7fdT^sga7~lENx_AbN~PVASeN^8G!FerN95^zr=i}R{o~Q",
    "UKeml|2Hw`#g+}VyZ",
)
_HUGE = {
    "heic": (
        (b"ispe" + bytes(4) + struct.pack(">II", 64, 64), b"ispe" + bytes(4) + struct.pack(">II", 60_000, 60_000)),
    ),
    "tiff": tuple(
        (struct.pack("<HHII", tag, 4, 1, side), struct.pack("<HHII", tag, 4, 1, 60_000))
        for tag, side in ((256, 64), (257, 48))
    ),
    "lossy": ((struct.pack("<HH", 64, 48), struct.pack("<HH", 16_000, 16_000)),),
    "lossless": ((struct.pack("<I", 63 | 47 << 14), struct.pack("<I", 15_999 | 15_999 << 14)),),
}
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


def photo(form: str, width: int = 64, height: int = 48, sheets: int = 1, **how: Any) -> bytes:
    """A picture, its left half blue, its right half red, as Pillow writes it; ``sheets``: of a scan."""
    drawn = Image.new("RGB", (width, height), RED)
    drawn.paste(BLUE, (0, 0, width // 2, height))
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": [drawn] * (sheets - 1)} if sheets > 1 else {}
    drawn.save(stream, form, **more, **how)
    return stream.getvalue()


def heic() -> bytes:
    """The same picture as a telephone writes it; nothing that is installed here writes such files."""
    return base64.b85decode("".join(_HEIC))


def huge(form: str, content: bytes) -> bytes:
    """``content`` with a size that nobody's memory holds, where its format tells one."""
    for was, becomes in _HUGE[form]:
        assert was in content, (form, was)
        content = content.replace(was, becomes, 1)
    return content


def canvas(width: int, height: int) -> bytes:
    """A WebP picture whose first chunk tells of a canvas."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunks = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + sides + photo("WEBP")[12:]
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


def boxes(number: int) -> bytes:
    """The picture of a telephone with ``number`` empty boxes behind it."""
    return heic() + struct.pack(">I4s", 8, b"free") * number


def pdf(body: bytes = b"", behind: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj<<>>endobj\n" + body + b"\ntrailer<<>>\nstartxref\n9\n%%EOF\n" + behind


def bomb() -> bytes:
    """40 kB that unpack to 40 MB, shaped like a document."""
    return office("docx", **{"word/media/image1.png": b"\0" * 40 * 1024 * 1024})


def _chunk(named: tuple[bytes, bytes]) -> bytes:
    kind, content = named
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
