"""Files out to both platforms: uploaded and sent as documented, once, and refused in our words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest

from bot.platforms.base import Answer, Fault, Http, Passing, Permanent, TooLarge
from bot.platforms.feishu import Feishu
from bot.platforms.file_kinds import MB
from bot.platforms.multipart import Attached
from bot.platforms.wecom import Wecom
from bot.sandbox.forms import is_form, parts
from bot.sandbox.sim import Shown
from tests.wire import feishu_world, wecom_samples, wecom_world

KEY = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32
JPG = b"\xff\xd8\xff\xe0 picture"
MP4 = b"\0\0\0\x20ftypisom video"
PDF = b"%PDF-1.7 agenda"


@dataclass
class Tap:
    """An `Http` that notes each call but those for tokens, and passes it on."""

    http: Http

    def __post_init__(self) -> None:
        self.calls: list[tuple[str, str, dict[str, str], Any]] = []

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        path, sent = urlsplit(url).path, headers or {}
        if "token" not in path:
            query = {name: value for name, value in (params or {}).items() if name != "access_token"}
            said = parts(sent, body or b"") if is_form(sent) else orjson.loads(body or b"{}")
            self.calls.append((method, path, query, said))
        return await self.http(method, url, params=params, headers=headers, body=body)


class FeishuTap(feishu_world.World):
    def __init__(self) -> None:
        super().__init__()
        self.tap = Tap(self.sim)
        self.feishu = Feishu(feishu_world.SETTINGS, self.tap, self.clock, feishu_world.UNHURRIED)

    def shown(self) -> list[Shown]:
        return self.sim.screens.get(feishu_world.LIN, [])


class WecomTap(wecom_world.World):
    def __init__(self) -> None:
        super().__init__()
        self.tap = Tap(self.sim)
        self.wecom = Wecom(wecom_samples.SETTINGS, self.tap, self.clock)


@pytest.fixture
def feishu() -> FeishuTap:
    return FeishuTap()


@pytest.fixture
def wecom() -> WecomTap:
    return WecomTap()


@pytest.mark.parametrize(
    ("name", "content", "path", "form", "message"),
    [
        ("海报", JPG, "images", {"image_type": "message"}, ("image", "image_key")),
        ("议程.pdf", PDF, "files", {"file_type": "pdf", "file_name": "议程.pdf"}, ("file", "file_key")),
        ("名单.xlsx", PDF, "files", {"file_type": "xls", "file_name": "名单.xlsx"}, ("file", "file_key")),
        ("片头", MP4, "files", {"file_type": "stream", "file_name": "片头.mp4"}, ("file", "file_key")),
        ("假.png", PDF, "files", {"file_type": "stream", "file_name": "假.png"}, ("file", "file_key")),
    ],
)
async def test_feishu_gets_an_upload_and_a_message_as_documented(
    feishu: FeishuTap, name: str, content: bytes, path: str, form: dict[str, str], message: tuple[str, str]
) -> None:
    sent = await feishu.feishu.send_file(feishu_world.LIN, name, content, "", KEY)

    upload, said = feishu.tap.calls
    file = upload[3].pop("image" if path == "images" else "file")
    body, (kind, key) = said[3], message
    assert upload == ("POST", f"/open-apis/im/v1/{path}", {}, form)
    assert isinstance(file, Attached)
    assert file.content == content
    assert said[:3] == ("POST", "/open-apis/im/v1/messages", {"receive_id_type": "open_id"})
    assert list(orjson.loads(body.pop("content"))) == [key]
    assert body == {"receive_id": feishu_world.LIN, "msg_type": kind, "uuid": KEY}
    assert [(shown.id, shown.file and shown.file.content) for shown in feishu.shown()] == [
        (sent.message_id, content)
    ]


@pytest.mark.parametrize(
    ("name", "content", "kind", "shown", "extra"),
    [
        ("海报", JPG, "image", "海报.jpg", {}),
        ("片头", MP4, "video", "片头.mp4", {"title": "片头"}),
        ("议程.pdf", PDF, "file", "议程.pdf", {}),
        ("大图.jpg", JPG + bytes(10 * MB), "file", "大图.jpg", {}),
    ],
)
async def test_wecom_gets_an_upload_and_a_message_as_documented(
    wecom: WecomTap, name: str, content: bytes, kind: str, shown: str, extra: dict[str, str]
) -> None:
    await wecom.wecom.send_file("liwei", name, content, "image/x", KEY)

    upload, said = wecom.tap.calls
    body = said[3]
    media_id = body[kind]["media_id"]
    assert upload == (
        "POST",
        "/cgi-bin/media/upload",
        {"type": kind},
        {"media": Attached("media", shown, content, "image/x")},
    )
    assert 1800 <= body.pop("duplicate_check_interval") <= 14400
    assert body == {
        "touser": "liwei",
        "msgtype": kind,
        "agentid": wecom_samples.SETTINGS.agent_id,
        kind: {"media_id": media_id, **extra},
        "enable_duplicate_check": 1,
    }
    assert [line.file and line.file.content for line in wecom.screen("liwei")] == [content]


async def test_a_file_whose_answer_was_lost_arrives_once_in_feishu(feishu: FeishuTap) -> None:
    await feishu.feishu.ready()
    feishu.sim.faults.lost = True
    with pytest.raises(Passing):
        await feishu.feishu.send_file(feishu_world.LIN, "议程.pdf", PDF, "", KEY)
    feishu.sim.faults.lost = False
    await feishu.feishu.send_file(feishu_world.LIN, "议程.pdf", PDF, "", KEY)
    await feishu.feishu.send_file(feishu_world.LIN, "议程.pdf", PDF, "", KEY)

    assert [shown.text for shown in feishu.shown()] == ["[文件] 议程.pdf"]


class LostOnce(Tap):
    """Drops the answer of the first message."""

    async def __call__(self, method: str, url: str, **rest: Any) -> Answer:
        answer = await super().__call__(method, url, **rest)
        if url.endswith("message/send") and len(self.calls) == 2:
            raise TimeoutError
        return answer


async def test_a_message_whose_answer_was_lost_repeats_its_media_id_in_wecom(wecom: WecomTap) -> None:
    tap = LostOnce(wecom.sim)
    platform = Wecom(wecom_samples.SETTINGS, tap, wecom.clock)
    with pytest.raises(Passing):
        await platform.send_file("liwei", "议程.pdf", PDF, "", KEY)
    await platform.send_file("liwei", "议程.pdf", PDF, "", KEY)
    await platform.send_file("liwei", "议程.pdf", PDF, "", OTHER)

    assert [path.rpartition("/")[2] for _, path, _, _ in tap.calls] == [
        "upload", "send", "send", "upload", "send",
    ]  # fmt: skip
    assert [shown.text for shown in wecom.screen("liwei")] == ["[文件] 议程.pdf"] * 2


async def test_what_is_too_large_is_not_uploaded(feishu: FeishuTap, wecom: WecomTap) -> None:
    with pytest.raises(TooLarge):
        await feishu.feishu.send_file(feishu_world.LIN, "视频.mp4", bytes(30 * MB + 1), "", KEY)
    with pytest.raises(TooLarge):
        await wecom.wecom.send_file("liwei", "视频.mp4", bytes(20 * MB + 1), "", KEY)

    assert (feishu.tap.calls, wecom.tap.calls) == ([], [])


@pytest.mark.parametrize(("code", "kind"), [(234006, TooLarge), (234010, Permanent), (99991672, Permanent)])
async def test_an_upload_that_feishu_refuses_is_the_files_own_fault(
    feishu: FeishuTap, code: int, kind: type[Permanent]
) -> None:
    feishu.sim.faults.next_codes.append(code)

    with pytest.raises(Permanent) as refused:
        await feishu.feishu.send_file(feishu_world.LIN, "议程.pdf", PDF, "", KEY)

    assert (type(refused.value), refused.value.fault) == (kind, Fault.CARD)


@pytest.mark.parametrize(
    ("content", "kind", "fault"), [(b"tiny", Permanent, Fault.CARD), (PDF, TooLarge, Fault.CARD)]
)
async def test_an_upload_that_wecom_refuses_is_permanent(
    wecom: WecomTap, content: bytes, kind: type[Permanent], fault: Fault
) -> None:
    if kind is TooLarge:
        wecom.sim.faults.next_codes.append(45001)

    with pytest.raises(Permanent) as refused:
        await wecom.wecom.send_file("liwei", "议程.pdf", content, "", KEY)

    assert (type(refused.value), refused.value.fault) == (kind, fault)


@pytest.mark.parametrize("account", ["", "@all", "liwei|chenmo"])
async def test_a_file_goes_to_one_member_only(wecom: WecomTap, account: str) -> None:
    with pytest.raises(Permanent) as refused:
        await wecom.wecom.send_file(account, "议程.pdf", PDF, "", KEY)

    assert refused.value.fault is Fault.RECEIVER
    assert wecom.screen("liwei") == []
