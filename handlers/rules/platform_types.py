"""平台类型: the usual names of Article 2(1), and what people write instead of them."""

import unicodedata

from storage.records import PLATFORM_TYPES

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


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


_KNOWN = {_key(name): name for name in PLATFORM_TYPES} | _ALSO


def usual(text: str) -> str:
    """The usual name for what somebody wrote (`B站` is 哔哩哔哩), or the text itself."""
    return _KNOWN.get(_key(text), text)
