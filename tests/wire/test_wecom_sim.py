"""The played WeCom behaves as its pages say: what it shows, refuses, repeats and forgets."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from bot.platforms.base import Answer
from bot.platforms.wecom_wire import open_callback
from cards.card import Button, Card, Input, Option, Question, Reason
from handlers.events import Click, Message
from tests.wire.wecom_samples import CRYPTO, SETTINGS, sample
from tests.wire.wecom_world import World

KEY = "0123456789abcdef0123456789abcdef"
ASK = Card(
    "待审批 FB-2026-0001",
    buttons=(
        Button("同意", "approve", "7", "responsible", 1),
        Button("退回", "return", "7", "responsible", 1),
    ),
    reason=Reason("reason", "理由", ("内容有误", "来源不明")),
)


@pytest.fixture
def world() -> World:
    return World()


async def call(world: World, method: str, path: str, body: object = None, **query: str) -> dict[str, Any]:
    """One call with a good token."""
    if "access_token" not in query:
        secret = {"corpid": SETTINGS.corp_id, "corpsecret": SETTINGS.secret}
        got = await world.sim.answer("GET", "/cgi-bin/gettoken", secret, {}, b"")
        query["access_token"] = orjson.loads(got.body)["access_token"]
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    answer = await world.sim.answer(method, f"/cgi-bin/{path}", query, {}, raw)
    assert answer.status == 200
    loaded: dict[str, Any] = orjson.loads(answer.body)
    return loaded


def letter(name: str, **changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = sample(f"out-message_send-{name}")["request"]["body"]
    return body | changes


def code(answer: Mapping[str, Any]) -> int:
    found: int = answer["errcode"]
    return found


async def clicked(world: World, button: str, fields: Mapping[str, Any] | None = None) -> Click:
    shown = world.screen("chenmo")[-1]
    answer = await world.sim.click("ChenMo", shown.id, button, fields)
    assert answer.status == 200
    event = world.heard[-1]
    assert isinstance(event, Click)
    return event


async def test_a_line_comes_as_it_was_written(world: World) -> None:
    await world.sim.say("liwei", "/发布 ]]> <b>&amp;")

    event = world.heard[-1]
    assert isinstance(event, Message)
    assert event.text == "/发布 ]]> <b>&amp;"
    assert [(shown.text, shown.mine) for shown in world.screen("liwei")] == [("/发布 ]]> <b>&amp;", True)]


async def test_the_menu_and_a_video_come_as_what_they_are(world: World) -> None:
    await world.sim.menu("liwei", "inbox")
    await world.sim.upload("liwei", "会议.mp4", b"video", "video")

    texts = [event.text for event in world.heard if isinstance(event, Message)]
    kinds = [file.kind for event in world.heard if isinstance(event, Message) for file in event.files]
    assert (texts, kinds) == (["/待办", ""], ["video"])


async def test_a_file_never_reaches_the_app(world: World) -> None:
    assert await world.sim.upload("liwei", "稿件.docx", b"file") == Answer()

    assert world.heard == []
    assert [shown.text for shown in world.screen("liwei")] == ["稿件.docx"]


async def test_nothing_is_brought_from_a_group(world: World) -> None:
    with pytest.raises(LookupError):
        await world.sim.say("liwei", "/待办", chat="group")


async def test_a_press_brings_the_button_the_card_and_a_new_code(world: World) -> None:
    sent = await world.wecom.send("chenmo", ASK, KEY)

    event = await clicked(world, "退回", {"reason": "来源不明"})

    assert (event.accounts, event.act, event.ref, event.step, event.version) == (
        ("chenmo",),
        "return",
        "7",
        "responsible",
        1,
    )
    assert (event.card, event.fields) == (KEY, {"reason": "r2"})
    assert event.code not in ("", sent.response_code)


async def test_a_press_without_a_choice_brings_the_first_option(world: World) -> None:
    await world.wecom.send("chenmo", ASK, KEY)

    assert (await clicked(world, "退回")).fields == {"reason": "none"}


async def test_the_code_of_a_press_repaints_the_card(world: World) -> None:
    sent = await world.wecom.send("chenmo", ASK, KEY)
    event = await clicked(world, "同意")

    from_click = type(sent)(sent.message_id, event.code)
    await world.wecom.update("chenmo", from_click, Card("已同意", closed="陈墨已同意"), KEY)

    assert world.screen("chenmo")[0].native is not None
    with pytest.raises(LookupError):
        await world.sim.click("chenmo", sent.message_id, "陈墨已同意")


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [(None, {"involves": "b"}), (["a", "上级领导"], {"involves": ("a", "b")}), ([], {})],
)
async def test_a_vote_brings_what_is_ticked(world: World, wanted: Any, chosen: dict[str, Any]) -> None:
    options = (Option("a", "突发事件"), Option("b", "上级领导"))
    question = Question("involves", "涉及", Input.MANY, options, ("b",))
    await world.wecom.send(
        "chenmo", Card("涉及", buttons=(Button("提交", "submit"),), questions=(question,)), KEY
    )

    event = await clicked(world, "提交", None if wanted is None else {"involves": wanted})

    assert event.fields == chosen


async def test_selectors_bring_one_choice_each(world: World) -> None:
    options = (Option("a", "甲"), Option("b", "乙"))
    questions = (Question("one", "一", Input.ONE, options, "b"), Question("two", "二", Input.ONE, options))
    await world.wecom.send(
        "chenmo", Card("选择", buttons=(Button("提交", "submit"),), questions=questions), KEY
    )

    assert (await clicked(world, "提交", {"two": "甲"})).fields == {"one": "b", "two": "a"}
    assert (await clicked(world, "提交")).fields == {"one": "b", "two": "none"}


async def test_what_is_not_there_cannot_be_pressed(world: World) -> None:
    sent = await world.wecom.send("chenmo", ASK, KEY)
    text = await world.wecom.send("chenmo", Card("提醒"), KEY)

    for message_id, button, fields in (
        (sent.message_id, "不同意", {}),
        (sent.message_id, "退回", {"reason": "没有这一项"}),
        (text.message_id, "同意", {}),
        ("nothing", "同意", {}),
    ):
        with pytest.raises(LookupError):
            await world.sim.click("chenmo", message_id, button, fields)
    await world.wecom.recall(sent)
    with pytest.raises(LookupError):
        await world.sim.click("chenmo", sent.message_id, "同意")
    assert world.heard == []


async def test_somebody_else_can_forge_a_press(world: World) -> None:
    sent = await world.wecom.send("chenmo", ASK, KEY)

    await world.sim.forward_click("liwei", "ChenMo", sent.message_id, "同意")

    event = world.heard[-1]
    assert isinstance(event, Click)
    assert (event.accounts, event.card) == (("liwei",), KEY)


async def test_a_callback_without_an_answer_comes_three_times_more(world: World) -> None:
    plain: list[str] = []

    async def hang_up(raw: Any) -> Answer:
        plain.append(open_callback(CRYPTO, raw))
        raise TimeoutError

    world.sim.deliver = hang_up
    await world.sim.say("liwei", "/待办")

    retries = [[answer.status for answer in await world.sim.redeliver()] for _ in range(4)]

    assert retries == [[504], [504], [504], []]
    assert plain == [plain[0]] * 4


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"corpid": SETTINGS.corp_id, "corpsecret": "wrong"}, 40001),
        ({"corpid": "wrong", "corpsecret": SETTINGS.secret}, 40013),
    ],
)
async def test_a_wrong_secret_gets_no_token(world: World, query: dict[str, str], expected: int) -> None:
    answer = await world.sim.answer("GET", "/cgi-bin/gettoken", query, {}, b"")

    assert code(orjson.loads(answer.body)) == expected


async def test_a_token_ends_after_two_hours(world: World) -> None:
    await world.wecom.ready()
    (token,) = world.sim.tokens

    assert code(await call(world, "GET", "getcallbackip", access_token=token)) == 0
    world.clock.move(seconds=7200)
    assert code(await call(world, "GET", "getcallbackip", access_token=token)) == 42001
    assert code(await call(world, "GET", "getcallbackip", access_token="another")) == 40014
    assert code(await call(world, "GET", "getcallbackip", access_token="")) == 41001


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"not json", 40035),
        (b"[]", 40035),
        (b'{"touser":"liwei","agentid":1000017,"msgtype":"text","text":{"content":"\\u4f60"}}', 40033),
        (letter("text", agentid=1), 40056),
        (letter("text", touser=""), 82001),
        (letter("text", touser="nobody|noone"), 81013),
        (letter("text", msgtype="markdown"), 40008),
        (letter("text", text={"content": ""}), 44004),
        (letter("text", msgtype="template_card"), 42031),
        (letter("vote_interaction", touser="chenmo", template_card={"card_type": "vote_interaction"}), 42014),
    ],
)
async def test_a_wrong_message_is_refused_with_its_code(world: World, body: object, expected: int) -> None:
    assert code(await call(world, "POST", "message/send", body)) == expected


@pytest.mark.parametrize("name", ["text", "button_interaction", "vote_interaction", "multiple_interaction"])
async def test_a_documented_message_is_answered_as_documented(world: World, name: str) -> None:
    answer = await call(world, "POST", "message/send", letter(name))

    assert answer.keys() == sample(f"out-message_send-{name}")["response"]["body"].keys()
    assert len(world.screen("chenmo")) == 1


async def test_some_of_several_receivers_may_be_unknown(world: World) -> None:
    answer = await call(world, "POST", "message/send", letter("text", touser="ChenMo|SunYu|liwei"))

    assert (answer["errcode"], answer["invaliduser"]) == (0, "sunyu")
    assert [len(world.screen(userid)) for userid in ("chenmo", "liwei", "sunyu")] == [1, 1, 0]


async def test_a_task_id_is_used_once(world: World) -> None:
    body = letter("button_interaction")
    await call(world, "POST", "message/send", body)

    assert code(await call(world, "POST", "message/send", body | {"duplicate_check_interval": 60})) == 42014


async def test_an_identical_message_is_swallowed_for_its_interval(world: World) -> None:
    body = letter("text", duplicate_check_interval=1800)
    first = await call(world, "POST", "message/send", body)
    again = await call(world, "POST", "message/send", body)
    world.clock.move(seconds=1800)
    later = await call(world, "POST", "message/send", body)

    assert (bool(first["msgid"]), again["msgid"], bool(later["msgid"])) == (True, "", True)
    assert len(world.screen("chenmo")) == 2


async def test_text_over_the_limit_is_cut(world: World) -> None:
    await call(world, "POST", "message/send", letter("text", text={"content": "字" * 1000}))

    assert world.screen("chenmo")[0].text == "字" * 682


async def test_a_member_gets_thirty_messages_a_minute_and_no_more(world: World) -> None:
    for number in range(31):
        body = letter("text", text={"content": str(number)})
        assert code(await call(world, "POST", "message/send", body)) == 0
    world.clock.move(minutes=1)
    await call(world, "POST", "message/send", letter("text"))

    assert len(world.screen("chenmo")) == 31
    assert world.screen("chenmo")[29].text == "29"


@pytest.mark.parametrize("name", ["button", "button_atall"])
async def test_buttons_can_be_replaced_by_a_label(world: World, name: str) -> None:
    sent = await call(world, "POST", "message/send", letter("button_interaction", touser="ChenMo|liwei"))
    body = sample(f"out-update_template_card-{name}")["request"]["body"]

    answer = await call(
        world, "POST", "message/update_template_card", body | {"response_code": sent["response_code"]}
    )

    labels = [world.screen(userid)[0].native for userid in ("chenmo", "liwei")]
    label = body["button"]["replace_name"]
    assert code(answer) == 0
    assert [(native or {}).get("replace_text") for native in labels] == (
        [label, label] if name == "button_atall" else [label, None]
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"agentid": 1}, 42015),
        ({"response_code": "unknown"}, 60140),
        ({"userids": []}, 82101),
        ({"userids": ["liwei"]}, 82102),
        ({"button": {}}, 40058),
        ({"template_card": {}}, 42031),
    ],
)
async def test_a_wrong_repaint_is_refused_and_spends_nothing(
    world: World, changes: dict[str, Any], expected: int
) -> None:
    sent = await call(world, "POST", "message/send", letter("button_interaction"))
    body = sample("out-update_template_card-button")["request"]["body"]
    right = body | {"response_code": sent["response_code"]}

    assert code(await call(world, "POST", "message/update_template_card", right | changes)) == expected
    assert code(await call(world, "POST", "message/update_template_card", right)) == 0
    assert code(await call(world, "POST", "message/update_template_card", right)) == 60140


async def test_an_uploaded_file_is_answered_as_documented_and_can_be_got(world: World) -> None:
    boundary = b'--sample\r\ncontent-disposition: form-data; name="media"; filename="a.pdf"\r\n'
    body = boundary + b"content-type: application/pdf\r\n\r\n%PDF-1.7 sample\r\n--sample--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=sample"}
    await world.wecom.ready()
    query = {"access_token": next(iter(world.sim.tokens)), "type": "file"}

    answer = orjson.loads(
        (await world.sim.answer("POST", "/cgi-bin/media/upload", query, headers, body)).body
    )
    got = await world.sim.answer(
        "GET", "/cgi-bin/media/get", query | {"media_id": answer["media_id"]}, {}, b""
    )

    assert answer.keys() == sample("out-media_upload")["response"]["body"].keys()
    assert (got.body, got.headers["content-type"]) == (b"%PDF-1.7 sample", "application/pdf")


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("user/get", {"userid": "chenmo"}, {"userid": "ChenMo", "name": "陈墨"}),
        (
            "agent/get",
            {"agentid": "1000017"},
            {"allow_userinfos": {"user": [{"userid": "ChenMo"}, {"userid": "liwei"}]}},
        ),
        ("department/simplelist", {}, {"department_id": [{"id": 1, "parentid": 0, "order": 100000000}]}),
        ("getcallbackip", {}, {"ip_list": ["127.0.0.1"]}),
        ("user/get", {"userid": "nobody"}, {"errcode": 60111}),
        ("agent/get", {"agentid": "1"}, {"errcode": 40056}),
        ("user/simplelist", {"department_id": "9"}, {"errcode": 60003}),
        ("media/get", {"media_id": "nothing"}, {"errcode": 40007}),
    ],
)
async def test_the_directory_holds_the_people(
    world: World, path: str, query: dict[str, str], expected: dict[str, Any]
) -> None:
    answer = await call(world, "GET", path, **query)

    assert {name: answer[name] for name in expected} == expected


@pytest.mark.parametrize("name", ["user_simplelist", "department_simplelist", "getcallbackip"])
async def test_the_directory_answers_in_the_documented_form(world: World, name: str) -> None:
    answer = await call(world, "GET", name.replace("_", "/"), department_id="1")

    assert answer.keys() == sample(f"out-{name}")["response"]["body"].keys()


async def test_the_menu_is_kept(world: World) -> None:
    await world.wecom.create_menu()

    assert [button["name"] for button in world.sim.menu_buttons] == ["待办", "发布", "更多"]
    assert code(await call(world, "POST", "menu/create", {"button": []}, agentid="1000017")) == 40017


async def test_errors_come_on_demand_in_turn_and_never_for_the_token(world: World) -> None:
    world.sim.faults.next_codes.extend([-1, 45033])

    codes = [code(await call(world, "GET", "getcallbackip")) for _ in range(3)]

    assert codes == [-1, 45033, 0]


async def test_an_unknown_address_is_not_found(world: World) -> None:
    assert (await world.sim.answer("GET", "/cgi-bin/nothing", {}, {}, b"")).status == 404
