"""``python -m gateway.previews KIND PAGE WIDTH FORMAT``: a file of evidence on stdin, on stdout a line of JSON and, unless PAGE is 0, a
picture (png or jpeg).

Whatever a stranger uploaded is opened here and nowhere else: a process of its own without much memory, time or disk, whose only answer is
pixels. No script, link or font of the file gets any further.
"""

import json
import resource
import sys
from typing import Any

MEMORY, SECONDS, WRITTEN, FILES = 1_200 * 1024 * 1024, 20, 64 * 1024 * 1024, 64
MOST_PIXELS = 60_000_000  # of a picture: phones make up to fifty million
TALLEST = 4  # times as high as wide, at most


FORMATS = {"jpg": "JPEG", "png": "PNG", "heic": "HEIF", "webp": "WEBP", "tiff": "TIFF"}
SAVED: dict[str, dict[str, Any]] = {
    "png": {"format": "PNG", "compress_level": 6},
    "jpeg": {"format": "JPEG", "quality": 90},
}


def main(kind: str, page: int, width: int, form: str) -> None:
    content = sys.stdin.buffer.read()
    pages, picture = _pdf(content, page, width) if kind == "pdf" else _photo(content, kind, page, width)
    sys.stdout.buffer.write(json.dumps({"pages": pages}).encode() + b"\n")
    if picture is not None:
        picture.save(sys.stdout.buffer, **SAVED[form])


def bound() -> None:
    """Give this process no more than it needs: a file made to exhaust the machine ends here."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _pdf(content: bytes, page: int, width: int) -> tuple[int, Any]:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:  # forms are not started, so no script of theirs runs
        count = len(document)
        if not 1 <= page <= count:
            return count, None
        opened = document[page - 1]
        wide, high = opened.get_size()
        scale = min(width / wide, TALLEST * width / high)
        return count, opened.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


def _photo(content: bytes, kind: str, page: int, width: int) -> tuple[int, Any]:
    from io import BytesIO

    from PIL import Image, ImageOps

    if kind == "heic":
        from pi_heif import register_heif_opener

        register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(BytesIO(content), formats=(FORMATS[kind],)) as opened:
        pages = int(getattr(opened, "n_frames", 1)) if kind == "tiff" else 1  # a scan of several sheets
        if not 1 <= page <= pages:
            return pages, None
        opened.seek(page - 1)
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        opened.draft("RGB", (width, TALLEST * width))  # a large photo is decoded small
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((width, TALLEST * width))
    return pages, upright


if __name__ == "__main__":
    bound()
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
