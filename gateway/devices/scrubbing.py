"""What of a clock's line may be kept: not passwords, not templates, not photos, not ID numbers, whatever table they came under.

Pure; what is masked says so, so that nobody takes it for what was sent.
"""

import re

MASK = "[…]"
_KEYS = (
    r"\w*(?:passwd|password|pwd|secret|key)"  # of a user, a proxy, a wireless network; COMKey, pushcommkey
    "|pass|tmp|template|tmpdata|fptemplate|facetemplate|content|photo|image|idnumber|identitynumber|idcard|certificate"
)
# The value of a secret ends with its column; a template may hold "=" itself.
_PAIR = re.compile(rf"(?i)\b({_KEYS})\s*=[^\t\n&]*")
_JSON = re.compile(rf'(?i)"({_KEYS})"\s*:\s*("(?:[^"\\]|\\.)*"|[^,}}\]]*)')
_LONG = re.compile(r"[A-Za-z0-9+/_-]{48,}={0,2}")  # encoded bytes; no name or number is as long
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z])")
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])[A-Z]{1,2}[0-9]{7,9}(?![0-9A-Za-z])")
_SHORTEST = 8  # characters of what can be told apart without a key
_FIRST = 4  # columns of a punch: PIN, time, status, verify; no other is needed


def scrub(line: str) -> str:
    """Return ``line`` without what nobody may keep."""
    if len(line) < _SHORTEST and "=" not in line and '"' not in line:
        return line  # most columns are a digit
    text = _PAIR.sub(lambda found: f"{found[1]}={MASK}", line)
    text = _JSON.sub(lambda found: f'"{found[1]}":"{MASK}"', text)
    return _PASSPORT.sub(MASK, _IDENTITY.sub(MASK, _LONG.sub(_encoded, text)))


def scrub_columns(line: str) -> str:
    """Return a punch's line scrubbed behind its first four columns, which tell the
    punch: a PIN may be as long as an ID number."""
    columns = line.split("\t")
    return "\t".join([*columns[:_FIRST], *(scrub(one) for one in columns[_FIRST:])])


def _encoded(found: re.Match[str]) -> str:
    """Encoded bytes mix letters and digits; one character repeated is somebody leaning on a key."""
    kinds = (str.isupper, str.islower, str.isdecimal)
    return MASK if sum(any(map(kind, found[0])) for kind in kinds) > 1 else found[0]
