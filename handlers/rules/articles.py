"""The articles of the regulation: their text in an edition, and where this program carries them out."""

import re
from dataclasses import dataclass
from functools import cache

ART_4 = "第四条"
ART_5_1 = "第五条（一）"
ART_5_2 = "第五条（二）"
ART_5_3 = "第五条（三）"
ART_5_4 = "第五条（四）"
ART_6_1 = "第六条（一）"
ART_6_2 = "第六条（二）"
ART_6_3 = "第六条（三）1"
ART_6_3_2 = "第六条（三）2"
ART_7 = "第七条"
ART_8 = "第八条"
ART_9 = "第九条"
ART_10 = "第十条"
ART_11 = "第十一条"
ART_12 = "第十二条"
ART_13_14 = "第十三条、第十四条"
ART_15 = "第十五条"
ART_16 = "第十六条"

_DIGITS = "零一二三四五六七八九"
BITES = {
    1: "/依据 列出各项依据；/依据 编号 看一件申请提交时的版本。",
    2: "本系统登记的媒体类型照此划分；个人账号不走发布审批，由本人 /个人账号 登记。",
    4: "每个媒体只归一个主办单位管理，发布由主办单位审批。",
    5: "全媒体中心用 /调动 统一调动媒体，用 /调动 静默 暂停发布；"
    "审批到“第一责任人”：基层党委（党总支）为书记，职能部门、直属单位为负责人；"
    "个人账号由所在单位管理：/个人账号 本单位；实名审计员用 /溯源 追查，每次留痕。",
    6: "/备案、/变更、/发布 三个流程照此进行；个人账号由本人 /个人账号 登记。",
    7: "各单位用 /制度 登记责任、队伍、审核制度，看还缺什么；/制度 年 看一年。"
    "政策宣讲、警示教育用 /培训 办，到场的人 /签到。",
    8: "每份稿件先过保密审查，再报第一责任人；改一个字也要重新审。"
    "保密审查制度用 /制度 登记，保密培训用 /培训。预览里的“提示”供参考，改不改由申请人定。",
    9: "版权管理制度用 /制度 登记。"
    "提交时逐项声明文字、图片、字体、视频、音乐的版权；授权用 /版权 登记，发布时写“授权证明：编号”。",
    10: "出版物的选题、书稿、期次报 /选题：学校出版社出版的先由其三人三审，再报第一责任人和党委宣传部；"
    "重大选题由宣传部 /报备 记下校外备案情况。主办出版物的单位每年由第一责任人 /确认四权，结果见 /四权。",
    11: "以校名、单位名运营账号须 /授权，到期停用。未备案或与校外单位合办的账号不能发布。各单位定期 /摸底。"
    "发现冒用请 /冒用，由 /确认、/平台投诉、/声明、/结案 办结；查账号发 /官方吗。",
    12: "每年 11 月 15 日起 /督查 年：按记录核算各单位数据，单位 /提意见 后由全媒体中心 /定稿。"
    "开放评论的稿件由“评论值守”的人查看：/评论正常；有情况发 /评论有情况，或 /违规。",
    13: "逾期只作线索，由全媒体中心决定是否立案：/违规；先听 /申辩，再 /处理，可 /申诉。",
    14: "反映情况发 /违规；是否立案由全媒体中心决定，有关的人先 /申辩，再由中心 /处理，不服可 /申诉。",
    15: "/整改 发出通知，第一责任人 /回复整改，全媒体中心验收；责令停止运行的媒体从发出起不能发布，"
    "整改通过才恢复；/注销 凭证明办结。",
    16: "/解释 条款 问题 请全媒体中心解释，签发后显示在该条款和卡片旁；"
    "/解释 设置 看办法没写明的做法依据什么。",
    17: "每件申请记着提交时的版本，办法修订后旧记录仍按旧版本：/依据 编号。",
}


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number, its whole text, and what this program does because of it."""

    number: int
    text: str
    bites: str = ""

    @property
    def name(self) -> str:
        return f"第{chinese(self.number)}条"


def chinese(number: int) -> str:
    """1..99 in Chinese numerals: 6 -> 六, 12 -> 十二, 20 -> 二十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


@cache
def articles(edition: str) -> tuple[Article, ...]:
    """All of the text of an edition, in order."""
    text = re.sub(r"^第[一二三四五六七八九]章.*$", "", edition, flags=re.MULTILINE)
    bodies = re.split(r"^第[一二三四五六七八九十]+条 ", text, flags=re.MULTILINE)[1:]
    cleaned = (re.sub(r"\n{2,}", "\n", body).strip() for body in bodies)
    return tuple(Article(n, body, BITES.get(n, "")) for n, body in enumerate(cleaned, 1))


def by_number(words: str, edition: str) -> Article | None:
    """The article that 6, 六, 第六条 or 第6条 means."""
    found = re.fullmatch(r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})条?", words.strip())
    if not found:
        return None
    for article in articles(edition):
        if found[1] in (str(article.number), chinese(article.number)):
            return article
    return None


_CLAUSE = re.compile(
    r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})条?(?:[（(]([一二三四五1-5])[）)](?:第?([1-3])项?)?)?"
)


def clause(words: str, edition: str) -> str:
    """第六条（三）1 for 6(3)1, 6（三）1 and the like; empty for what is no place in the text."""
    found = _CLAUSE.fullmatch(words.strip())
    article = by_number(found[1], edition) if found else None
    if not found or not article:
        return ""
    part = found[2] and (found[2] if found[2] in _DIGITS else chinese(int(found[2])))
    there = (not part or f"（{part}）" in article.text) and (not found[3] or f"{found[3]}." in article.text)
    return "".join((article.name, f"（{part}）" if part else "", found[3] or "")) if there else ""


def search(words: str, edition: str) -> list[tuple[Article, str]]:
    """Articles that hold every word, with the sentence around the first of them."""
    wanted = words.split()
    hits = [a for a in articles(edition) if wanted and all(word in a.text for word in wanted)]
    return [(article, _around(article.text, wanted[0])) for article in hits]


def _around(text: str, word: str) -> str:
    at = text.index(word)
    start = max(text.rfind(mark, 0, at) for mark in "。；\n") + 1
    ends = [end for mark in "。；\n" if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()
