"""Of which platform a link is, by how it begins."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from storage.records import Medium

_HOSTS = {
    "mp.weixin.qq.com": "微信公众号",
    "channels.weixin.qq.com": "视频号",
    "weibo.com": "微博",
    "weibo.cn": "微博",
    "bilibili.com": "哔哩哔哩",
    "b23.tv": "哔哩哔哩",
    "toutiao.com": "今日头条",
    "douyin.com": "抖音",
    "kuaishou.com": "快手",
    "zhihu.com": "知乎",
    "xiaohongshu.com": "小红书",
    "xhslink.com": "小红书",
    "163.com": "网易号",
    "baijiahao.baidu.com": "百家号",
}
"""Whose links are of one platform and no other."""


_SITE = "单位网站"


def odd(link: str, medium: Medium, media: Sequence[Medium]) -> bool:
    """Whether a link is plainly of another platform than its medium; one of no known platform is that of a
    website, where the post went to one too."""
    kind, own = platform_of(link), medium.platform_type
    if kind:
        return kind != own and own in (*_HOSTS.values(), _SITE)
    return own in _HOSTS.values() and any(other.platform_type == _SITE for other in media)


def platform_of(link: str) -> str:
    """The platform whose links alone begin so; empty where that says nothing."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return next((kind for known, kind in _HOSTS.items() if f".{host}".endswith(f".{known}")), "")


def on_its_platform(link: str, media: Sequence[Medium]) -> str:
    kind = platform_of(link)
    on = [medium.no for medium in media if kind and medium.platform_type == kind]
    return on[0] if len(on) == 1 else ""
