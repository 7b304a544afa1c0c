"""What of a free text tells a person is masked; the rest stays as it was written."""

import pytest

from services.complaints.domain.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请回电13900000001，谢谢", "请回电＊＊＊，谢谢"),
        ("电话１３９-０００0 0001", "电话＊＊＊"),
        ("座机(0571)8765-4321", "座机(＊＊＊"),
        ("身份证330102199001010X1x号", "身份证＊＊＊1x号"),
        ("身份证33010219900101001X。", "身份证＊＊＊。"),
        ("邮箱 shili.wang@example.com 。", "邮箱 ＊＊＊ 。"),
        ("我叫王示例，举报该店", "我叫＊＊＊，举报该店"),
        ("举报人：王示例 电话13900000001", "举报人：＊＊＊ 电话＊＊＊"),
        ("联系人王示例电话13900000001", "联系人＊＊＊电话＊＊＊"),
        ("2026年3月5日在城东路12号买到过期牛奶3盒", "2026年3月5日在城东路12号买到过期牛奶3盒"),
        ("本人于3月购买", "本人于3月购买"),
    ],
)
def test_persons_are_masked_and_facts_stay(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert masked(shown) == shown
