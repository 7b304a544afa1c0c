"""Whose case it is: what a bureau knows of places and platforms, and the rules by which a unit is suggested."""

KNOWN_BY = {"place": "地名", "platform": "网络交易平台"}
# In the order in which they are suggested.
RULES = {
    "operator": "被投诉人是平台经营者（自建网站的同）：其住所地",
    "place_of_business": "被投诉人的实际经营地",
    "act": "被举报行为发生地",
    "supervising": "经营者名录中的监管单位",
    "domicile": "被投诉人的住所地（名录登记）",
    "platform": "平台内经营者：也可由平台经营者住所地管辖",
}
