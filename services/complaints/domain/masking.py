"""Free text as lists, search, exports and those who have no part in a case are given it: without telephones, numbers of papers, addresses
of mail, and names where the text says that one follows."""

import re

_MASK = "＊＊＊"
# Seven digits and more, parted or not, in any width; identity numbers end with an X.
_DIGITS = re.compile(r"\d(?:[\s\-－—()（）.]?\d){6,}[xXｘＸ]?")
_MAIL = re.compile(r"[\w.+-]+[@＠][\w-]+(?:[.．][\w-]+)+")
_NAMED = re.compile(
    r"((?:举报人|投诉人|联系人|反映人|提供方|姓名|我叫|本人叫|我是)(?:姓名)?[\s:：是叫为]*)"
    r"([\u4e00-\u9fff·]{2,4}?)(?=[\s，,。；;、（(：:]|电话|手机|身份证|联系|举报|反映|住|$)"
)


def masked(text: str) -> str:
    """Return ``text`` with what tells a person replaced."""
    return _NAMED.sub(rf"\1{_MASK}", _MAIL.sub(_MASK, _DIGITS.sub(_MASK, text)))
