"""Chinese names put together from common characters. They are drawn by chance and mean nobody."""

from collections.abc import Iterator

from ops.dice import Dice

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
FIRST = "建国文志晓明海春秋冬雪思雨梦嘉俊宇浩子佳玉慧雅欣天立永德世光振启伟晨云若静安宏新景清怡书锦泽润"
SECOND = "华军平强林峰磊涛斌杰辉鹏飞超波亮刚勇琳娜敏静丽娟芳霞燕玲萍红梅兰洁莹倩颖婷怡然彤涵轩睿航宁远成达诚谦"


def names(seed: int = 2026) -> Iterator[str]:
    """Yield names without end, none of them twice: one in six has a single given character."""
    dice = Dice(seed, "names")
    seen: set[str] = set()
    while True:
        given = dice.pick(SECOND) if dice.below(6) == 0 else dice.pick(FIRST) + dice.pick(SECOND)
        name = dice.pick(SURNAMES) + given
        if name not in seen:
            seen.add(name)
            yield name
