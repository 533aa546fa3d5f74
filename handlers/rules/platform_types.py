"""平台类型: the usual names of Article 2(1), and what people write instead of them."""

from difflib import get_close_matches

from handlers.rules.text import skeleton
from storage.vocabulary import PLATFORM_TYPES

_ALSO = {
    "网站": "单位网站",
    "新浪微博": "微博",
    "公众号": "微信公众号",
    "微信": "微信公众号",
    "微信公众平台": "微信公众号",
    "微信订阅号": "微信公众号",
    "微信服务号": "微信公众号",
    "b站": "哔哩哔哩",
    "bilibili": "哔哩哔哩",
    "头条": "今日头条",
    "头条号": "今日头条",
    "qq公众平台": "QQ公众号",
    "企鹅自媒体": "企鹅号",
    "企鹅自媒体平台": "企鹅号",
    "抖音短视频": "抖音",
    "抖音号": "抖音",
    "app": "移动客户端",
    "app移动客户端": "移动客户端",
    "客户端": "移动客户端",
    "微信视频号": "视频号",
    "快手短视频": "快手",
    "微信小程序": "小程序",
    "音像": "音像制品",
    "电台": "广播电台",
}


_KNOWN = {skeleton(name): name for name in PLATFORM_TYPES} | _ALSO


def usual(text: str) -> str:
    """The usual name for what somebody wrote (`B站` is 哔哩哔哩), or the text itself."""
    return _KNOWN.get(skeleton(text), text)


def near(text: str) -> tuple[str, ...]:
    """At most three usual names that somebody may have meant."""
    key = skeleton(text)
    close = get_close_matches(key, list(_KNOWN), n=3, cutoff=0.5)
    held = [known for known in _KNOWN if key and (key in known or known in key)]
    return tuple(dict.fromkeys(_KNOWN[known] for known in (*held, *close)))[:3]


def media_class(name: str) -> str:
    """媒体大类 of Article 2(1): 出版物, 广播电视, else 网络平台."""
    place = PLATFORM_TYPES.index(name) if name in PLATFORM_TYPES else 0
    if PLATFORM_TYPES.index("报纸") <= place <= PLATFORM_TYPES.index("宣传册"):
        return "出版物"
    return "广播电视" if PLATFORM_TYPES.index("广播电台") <= place < len(PLATFORM_TYPES) - 1 else "网络平台"
