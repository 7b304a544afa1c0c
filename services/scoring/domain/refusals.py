"""What a rule here refuses: raised in the domain, a problem for the caller (usecases/guards.py)."""

CONFLICT, FORBIDDEN, INVALID = "conflict", "forbidden", "invalid"


class Refused(Exception):
    """``kind``: conflict, forbidden or invalid; ``field``: where in the command, for what is invalid."""

    def __init__(self, kind: str, code: str, zh: str, en: str, field: str = "") -> None:
        super().__init__(code)
        self.kind, self.code, self.zh, self.en, self.field = kind, code, zh, en, field


def conflict(code: str, zh: str, en: str) -> Refused:
    return Refused(CONFLICT, code, zh, en)


def forbidden(code: str, zh: str, en: str) -> Refused:
    return Refused(FORBIDDEN, code, zh, en)


def invalid(field: str, code: str, zh: str, en: str) -> Refused:
    return Refused(INVALID, code, zh, en, field)
