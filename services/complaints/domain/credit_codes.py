"""统一社会信用代码: eighteen signs, the last of which checks the others (GB 32100-2015, chapter 5: ISO 7064 with the modulus 31)."""

import re

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z, which look like others
_FORM = re.compile(rf"[{_SIGNS}]{{2}}[0-9]{{6}}[{_SIGNS}]{{10}}")


def written(given: str) -> str:
    """Return a code as it is kept: in capitals, without blanks and hyphens."""
    return re.sub(r"[\s-]", "", given).upper()


def check_sign(first: str) -> str:
    """Return the eighteenth sign of a code whose first seventeen are ``first``."""
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return _SIGNS[-total % 31]


def is_credit_code(code: str) -> bool:
    """Tell whether ``code``, as it is kept, has the form of one and checks."""
    return _FORM.fullmatch(code) is not None and check_sign(code[:17]) == code[17]
