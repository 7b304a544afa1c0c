"""Why a file is not taken."""

from shared.errors import Invalid


def refused(code: str, zh: str, en: str) -> Invalid:
    return Invalid(code, zh=zh, en=en, errors=[{"field": "file", "code": code, "zh": zh, "en": en}])
