"""The sandbox page in a real browser: chats, the line to type in, the clock and the switches."""

from base64 import b64decode
from itertools import pairwise

import pytest
from playwright.async_api import FilePayload, expect

from bot.platforms.multipart import Attached
from bot.sandbox.app import EXAMPLE
from tests.sandbox.fake import CENTRE, GROUP, HE, LI, SUN, WANG
from tests.sandbox.stage import PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
NAMELESS = """() => [...document.querySelectorAll("button, input, select, textarea, summary, a")]
    .filter((e) => e.checkVisibility() && !e.innerText.trim() && !e.ariaLabel && !e.labels?.length)
    .map((e) => e.outerHTML)"""


async def test_four_peoples_chats_stand_side_by_side(stage: Stage) -> None:
    page = await stage.open()

    heads = [text.split("\n") for text in await page.locator(".who").all_inner_texts()]
    assert [[line for line in head if line] for head in heads] == [
        ["李", "李老师", "机电学院 教师", "企业微信"],
        ["孙", "孙老师", "机电学院 保密审查人", "飞书"],
        ["王", "王书记", "机电学院 第一责任人", "飞书"],
        ["全", "全媒体中心", "中心审批人", "企业微信"],
    ]
    boxes = [await phone.bounding_box() for phone in await page.locator(".phone").all()]
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert all(left[1] < right[0] for left, right in pairwise(edges))
    await expect(page.locator(".tabs")).to_be_hidden()


CUT = """() => [...document.querySelectorAll(".phone :is(button, summary, .choose)")]
    .filter((e) => e.checkVisibility() && !e.closest(".list"))
    .filter((e) => e.getBoundingClientRect().right > e.closest(".phone").getBoundingClientRect().right
        || e.scrollWidth > e.clientWidth + 1)
    .map((e) => e.innerText)"""


async def test_on_the_narrowest_page_with_four_phones_no_button_is_cut(stage: Stage) -> None:
    stage.wecom.card(
        LI, {"button_list": [{"text": text, "key": text} for text in ("明天再提醒", "还通知了谁")]}
    )
    page = await stage.open((1000, 900))

    assert await page.evaluate(CUT) == []


async def test_an_empty_conversation_is_opened_at_first_sight_and_no_other(stage: Stage) -> None:
    stage.wecom.put(LI, text="您好")
    await stage.open()

    assert sorted(stage.acts("enter")) == [("enter", "centre"), ("enter", "ou_sun"), ("enter", "ou_wang")]


async def test_enter_sends_and_shift_enter_breaks_the_line(stage: Stage) -> None:
    await stage.open()
    line = stage.line(LI)
    await line.fill("/查询")
    await line.press("Shift+Enter")
    await line.press_sequentially("FB-2026-0001")
    await stage.does("say", lambda: line.press("Enter"))

    assert stage.acts("say") == [("say", "liwei", "/查询\nFB-2026-0001")]
    await expect(line).to_have_value("")
    await expect(stage.phone(LI).locator(".mine .bubble")).to_have_text("/查询\nFB-2026-0001")


async def test_enter_that_ends_a_chinese_word_sends_nothing(stage: Stage) -> None:
    await stage.open()
    line = stage.line(SUN)
    await line.fill("xuexiao")
    await line.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await line.fill("学校")
    await stage.does("say", lambda: stage.button(SUN, "发送").click())

    assert stage.acts("say") == [("say", "ou_sun", "学校")]


async def test_a_chip_sends_its_command(stage: Stage) -> None:
    await stage.open()
    await stage.does("say", lambda: stage.button(WANG, "/待办").click())

    assert stage.acts("say") == [("say", "ou_wang", "/待办")]


async def test_the_chain_is_a_picture_behind_a_fold_of_what_tells_it(stage: Stage) -> None:
    stage.wecom.put(LI, text="FB-2026-0001 已提交")
    stage.wecom.put(LI, text="【审批中 FB-2026-0001】\n办理记录：")
    await stage.open()
    fold = stage.phone(LI).get_by_text("审批路径图")
    await fold.click()

    await expect(fold).to_have_count(1)
    drawn = stage.phone(LI).get_by_alt_text("FB-2026-0001 的审批路径")
    await expect(drawn).to_have_js_property("complete", value=True)
    assert await drawn.evaluate("one => one.naturalWidth") > 0


async def test_the_menu_sends_each_platforms_own_key(stage: Stage) -> None:
    await stage.open()
    for actor in (LI, SUN):
        await stage.phone(actor).get_by_text("菜单").click()
        await stage.does("menu", stage.button(actor, "待办").click)
        await expect(stage.button(actor, "待办")).to_be_hidden()

    assert stage.acts("menu") == [("menu", "liwei", "menu.inbox"), ("menu", "ou_sun", "menu_inbox")]


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [("海报.png", "image/png", "image"), ("片头.mp4", "video/mp4", "video"), ("稿件.docx", "", "file")],
)
async def test_a_file_is_sent_with_its_name_and_kind(
    stage: Stage, name: str, media_type: str, kind: str
) -> None:
    await stage.open()
    chooser = stage.phone(SUN).get_by_label("发送文件或图片")
    sent = FilePayload(name=name, mimeType=media_type, buffer=b"\x00\xff")
    await stage.does("upload", lambda: chooser.set_input_files(sent))

    assert stage.acts("upload") == [("upload", "ou_sun", name, b"\x00\xff", kind)]


async def test_the_example_is_put_before_the_first_person_ready_to_send(stage: Stage) -> None:
    page = await stage.open()
    await page.get_by_role("button", name="填入示例").click()

    await expect(stage.line(LI)).to_have_value(EXAMPLE)
    await expect(stage.line(LI)).to_be_focused()


async def test_what_people_type_is_never_markup(stage: Stage) -> None:
    evil = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <a href="javascript:1">y</a>'
    stage.wecom.put(LI, text=evil)
    title = {"template": "blue", "title": {"tag": "plain_text", "content": evil}}
    stage.feishu.card(SUN, {"header": title, "body": {"elements": [{"tag": "markdown", "content": evil}]}})
    stage.wecom.card(CENTRE, {"main_title": {"title": evil, "desc": evil}})
    page = await stage.open()

    await expect(stage.phone(LI).locator(".bubble")).to_have_text(evil)
    await expect(stage.phone(CENTRE).locator("h3")).to_have_text(evil)
    assert await page.locator(".log :is(img, a)").count() == 0


async def test_web_addresses_are_links(stage: Stage) -> None:
    stage.wecom.put(LI, text='全文：https://a.example/r/1，或<a href="https://a.example/r/2">这里</a>')
    await stage.open()

    links = await stage.phone(LI).locator(".bubble a").all()
    assert [(await link.inner_text(), await link.get_attribute("href")) for link in links] == [
        ("https://a.example/r/1", "https://a.example/r/1"),
        ("这里", "https://a.example/r/2"),
    ]


async def test_a_recalled_message_says_so(stage: Stage) -> None:
    stage.wecom.put(LI, text="发错了")
    await stage.open()
    stage.wecom.screens["liwei"][0].recalled = True

    await expect(stage.phone(LI).locator(".recalled .body")).to_have_text("这条消息已撤回")


async def test_a_reader_further_up_stays_there_and_is_offered_the_news(stage: Stage) -> None:
    for number in range(60):
        stage.wecom.put(LI, text=f"第 {number} 条")
    page = await stage.open()
    log = stage.phone(LI).get_by_role("log")
    newest = stage.phone(LI).locator("li").last
    await expect(newest).to_be_in_viewport()

    await log.evaluate("(log) => log.scrollTo(0, 200)")
    stage.wecom.put(LI, text="新消息")
    await expect(stage.button(LI, "↓ 1 条新消息")).to_be_visible()
    assert await log.evaluate("(log) => log.scrollTop") == 200

    await stage.button(LI, "↓ 1 条新消息").click()
    await expect(newest).to_be_in_viewport()
    await expect(page.get_by_text("1 条新消息")).to_be_hidden()


async def test_a_reader_at_the_end_follows_the_news(stage: Stage) -> None:
    for number in range(60):
        stage.feishu.put(SUN, text=f"第 {number} 条")
    await stage.open()
    stage.feishu.put(SUN, text="新消息")
    await expect(stage.phone(SUN).locator("li")).to_have_count(61)

    await expect(stage.phone(SUN).locator("li").last).to_be_in_viewport()


async def test_the_clock_shows_the_sandboxs_time_and_its_buttons_move_it(stage: Stage) -> None:
    page = await stage.open()
    await expect(page.locator(".now")).to_have_text("2026年1月5日周一09:00")

    for text in ("+10 分钟", "+1 小时", "+4 小时", "+1 天", "到下个工作日早上"):
        await stage.does("advance", page.get_by_role("button", name=text, exact=True).click)

    assert stage.clock.moved == [10, 60, 240, 1440, 1160]
    await expect(page.locator(".now")).to_have_text("2026年1月7日周三09:30")


async def test_a_switch_breaks_its_platform_and_mends_it(stage: Stage) -> None:
    page = await stage.open()
    switch = page.get_by_role("group", name="飞书的故障").get_by_role("button", name="断网")
    await stage.does("faults", switch.click)
    await expect(switch).to_have_attribute("aria-pressed", "true")
    assert (stage.feishu.faults.down, stage.wecom.faults.down) == (True, False)

    await stage.does("faults", switch.click)
    await expect(switch).to_have_attribute("aria-pressed", "false")
    assert stage.feishu.faults.down is False


async def test_the_letters_that_wait_and_that_died_are_counted(stage: Stage) -> None:
    page = await stage.open()
    await expect(page.locator(".letters")).to_have_text("信件 待发 0 · 死信 0")
    stage.clock.letters = {"queued": 3, "dead": 1}

    await expect(page.locator(".letters")).to_have_text("信件 待发 3 · 死信 1")


async def test_a_restart_of_the_sandbox_keeps_what_is_being_typed(stage: Stage) -> None:
    page = await stage.open()
    await stage.line(LI).fill("写到一半")
    port = stage.server.port
    await stage.server.close()
    await expect(page.get_by_role("alert")).to_have_text("沙盒没有应答，正在重新连接…")

    stage.wecom.put(LI, text="回来了")
    async with stage.serve(port):
        await expect(stage.phone(LI).locator(".theirs")).to_contain_text("回来了")
        await expect(page.get_by_role("alert")).to_be_hidden()
        await expect(stage.line(LI)).to_have_value("写到一半")
        await page.goto("about:blank")
    assert [error for error in stage.errors if "net::ERR" not in error] == []
    stage.errors.clear()


async def test_a_phone_shows_one_chat_with_tabs_and_unread_badges(stage: Stage) -> None:
    stage.feishu.put(SUN, text="一")
    stage.feishu.put(SUN, text="二")
    page = await stage.open(PHONE)
    tabs = page.locator(".tabs button")
    await expect(tabs).to_have_text(["李老师", "孙老师2", "王书记", "全媒体中心"])
    await expect(stage.phone(LI)).to_be_visible()
    await expect(stage.phone(SUN)).to_be_hidden()

    await tabs.nth(1).click()
    await expect(tabs).to_have_text(["李老师", "孙老师", "王书记", "全媒体中心"])
    await expect(stage.phone(SUN)).to_be_visible()
    await expect(stage.phone(LI)).to_be_hidden()


async def test_a_phone_never_scrolls_sideways(stage: Stage) -> None:
    stage.wecom.card(LI, "wecom_button_interaction")
    stage.feishu.card(SUN, "feishu_form")
    stage.feishu.card(WANG, "feishu_done")
    stage.wecom.put(CENTRE, text="a" * 200)
    page = await stage.open(PHONE)
    await page.get_by_role("button", name="控制台").click()

    for tab in await page.locator(".tabs button").all():
        await tab.click()
        widths = await page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.log')]"
            ".map((e) => e.scrollWidth - e.clientWidth)"
        )
        assert widths == [0] * 5


async def test_everything_that_can_be_used_has_a_name(stage: Stage) -> None:
    stage.wecom.card(LI, "wecom_multiple_interaction")
    stage.feishu.card(SUN, "feishu_form")
    stage.feishu.card(WANG, "feishu_approval")
    stage.wecom.card(CENTRE, "wecom_vote_interaction")
    page = await stage.open()

    assert await page.evaluate(NAMELESS) == []


async def test_a_group_is_a_conversation_of_its_own_and_only_feishu_has_one(stage: Stage) -> None:
    stage.feishu.put(SUN, text="单独说的")
    await stage.open()
    await stage.button(SUN, "群聊").click()
    await expect(stage.button(SUN, "菜单")).to_be_hidden()
    await stage.does("say", stage.button(SUN, "/待办").click)
    stage.feishu.put(SUN, text="大家好", chat=GROUP, sender=WANG.account)
    stage.feishu.put(SUN, text="待办如下")

    shown = stage.phone(SUN).locator("li:visible")
    await expect(shown).to_have_text(["1月5日 周一 09:00/待办", "王书记王大家好"])
    await expect(stage.button(SUN, "单聊 1 条未读")).to_be_visible()
    await stage.button(SUN, "单聊 1 条未读").click()
    await expect(shown).to_have_text(["1月5日 周一 09:00媒单独说的", "媒待办如下"])
    await stage.button(LI, "无群聊").click()
    await expect(stage.phone(LI).locator(".toast")).to_contain_text("企业微信不把群聊消息交给自建应用")

    assert stage.acts("say") == [("say", "ou_sun", "/待办", GROUP)]


async def test_somebody_leaves_the_school_and_comes_back(stage: Stage) -> None:
    await stage.open()
    await stage.does("leaves", stage.button(WANG, "离职").click)
    await stage.does("returns", stage.button(WANG, "已离职 · 复职").click)
    await expect(stage.button(WANG, "离职")).to_be_visible()

    assert stage.acts("leaves", "returns") == [("leaves", "ou_wang"), ("returns", "ou_wang")]


async def test_another_persons_phone_is_put_in_the_place_of_one(stage: Stage) -> None:
    stage.feishu.put(HE, text="何老师，您好")
    page = await stage.open()
    await stage.line(WANG).fill("写到一半")
    names = page.locator(".who h2")
    waiting = stage.phone(SUN).get_by_label("另有 1 人有未读消息")
    await expect(waiting).to_be_visible()
    await stage.phone(SUN).get_by_label("换下孙老师").select_option("ou_he")
    await expect(waiting).to_be_hidden()
    await expect(names).to_have_text(["李老师", "何老师", "王书记", "全媒体中心"])
    await expect(stage.phone(HE).locator(".bubble")).to_have_text("何老师，您好")

    await stage.phone(HE).get_by_label("换下何老师").select_option("ou_wang")
    await expect(names).to_have_text(["李老师", "王书记", "何老师", "全媒体中心"])
    await expect(stage.line(WANG)).to_have_value("写到一半")


async def test_a_picture_is_seen_and_any_other_file_can_be_saved(stage: Stage) -> None:
    stage.wecom.put(LI, text="[图片] 海报.png", file=Attached("media", "海报.png", PIXEL))
    stage.wecom.put(LI, text="[文件] 议程.pdf", file=Attached("media", "议程.pdf", b"%PDF-1.7"))
    page = await stage.open()
    picture = stage.phone(LI).get_by_role("img", name="海报.png")
    await expect(picture).to_have_js_property("naturalWidth", 1)
    async with page.expect_download() as saving:
        await stage.phone(LI).get_by_role("link", name="议程.pdf").click()
    saved = await saving.value

    assert (saved.suggested_filename, (await saved.path()).read_bytes()) == ("议程.pdf", b"%PDF-1.7")
