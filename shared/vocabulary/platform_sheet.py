"""How exports of the national 12315 platform head their columns: member → the name that we use, and others that are met.

What the real export is headed is not published; these are the words of the platform's own pages and of the statutory forms. A bureau whose
export has another heading renames that column, or has its name added here. Compared without spaces, in half width, in lower case.
"""

import unicodedata
from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "platform_number": ("平台编号", "编号", "登记编号", "信件编号", "单号", "工单编号", "投诉编号", "举报编号"),
    "kind": ("类型", "业务类型", "信件类型", "登记类型", "诉求类型"),
    "received_at": ("登记时间", "接收时间", "收到时间", "提交时间", "来件时间", "受理登记时间"),
    "channel": ("来源", "来源渠道", "接收方式", "来源方式", "登记来源"),
    "consumer": ("投诉人", "投诉人姓名", "消费者姓名", "提供方", "提供方姓名", "举报人", "诉求人", "姓名"),
    "phone": ("联系电话", "手机号码", "手机号", "提供方电话", "投诉人电话", "电话"),
    "id_number": ("证件号码", "身份证号", "身份证号码"),
    "address": ("联系地址", "投诉人地址", "提供方地址", "通讯地址"),
    "trader": ("被投诉人", "被投诉举报人", "被举报人", "涉及主体", "涉及主体名称", "企业名称", "经营者名称"),
    "trader_address": ("被投诉人地址", "主体地址", "经营地址", "企业地址", "涉及主体地址", "事发地址"),
    "goods": ("商品或服务", "商品服务", "商品名称", "客体类别", "涉及客体", "涉及商品"),
    "amount": ("涉案金额", "争议金额", "消费金额", "涉及金额", "金额"),
    "request": ("诉求", "诉求内容", "投诉请求", "具体诉求"),
    "summary": ("内容", "投诉内容", "举报内容", "问题描述", "具体问题", "反映内容", "主要内容"),
    "intake_unit": ("处理单位", "接收单位", "承办单位", "登记单位", "办理单位"),
}
NEEDED = ("platform_number", "kind", "received_at", "summary")
KINDS = {"投诉": "complaint", "举报": "report", "咨询": "enquiry", "建议": "suggestion", "意见建议": "suggestion"}
CHANNELS = {
    **dict.fromkeys(("互联网", "网站", "全国12315平台", "平台", "微信", "支付宝", "百度", "app", "小程序", "手机app"), "platform"),
    **dict.fromkeys(("电话", "热线", "热线电话", "12315热线", "12345热线"), "hotline"),
    **dict.fromkeys(("来信", "信函", "邮寄", "书信"), "letter"),
    **dict.fromkeys(("来访", "来人", "现场", "窗口", "走访"), "visit"),
    **dict.fromkeys(("邮件", "电子邮件", "邮箱", "传真"), "email"),
    **dict.fromkeys(("转办", "其他机关转来", "部门转来", "上级交办", "其他部门移送"), "transfer"),
}  # fmt: skip


def folded(text: str) -> str:
    """Return a heading or a word as it is compared: in half width, lower case, without spaces and marks of need."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split()).strip("*:：")


BY_HEADING = {folded(heading): member for member, headings in HEADINGS.items() for heading in headings}
