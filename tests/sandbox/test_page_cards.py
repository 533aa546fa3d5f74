"""Both platforms' cards in a real browser: they are drawn whole, and a click brings what was filled in."""

from typing import Any

import orjson
import pytest
from playwright.async_api import expect

from tests.sandbox.fake import CENTRE, LI, SAMPLES, SUN, WANG
from tests.sandbox.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

WORDS = """() => [...document.querySelectorAll(".card, .card *")].flatMap((e) =>
    [e.placeholder, e.ariaLabel, ...[...e.childNodes].map((node) => node.textContent)])"""


async def test_every_sample_is_drawn_without_a_word_left_out(stage: Stage) -> None:
    samples = {path.stem: orjson.loads(path.read_bytes()) for path in sorted(SAMPLES.glob("*.json"))}
    for name, native in samples.items():
        actor = SUN if name.startswith("feishu") else LI
        stage.sim(actor).card(actor, native)
    page = await stage.open()

    drawn = await page.evaluate(WORDS)
    assert {word for native in samples.values() for word in words(native)} - set(drawn) == set()


async def test_a_feishu_button_sends_its_text(stage: Stage) -> None:
    shown = stage.feishu.card(SUN, "feishu_approval")
    stage.feishu.toast = "已同意"
    await stage.open()
    await stage.does("click", stage.button(SUN, "同意").click)

    assert stage.acts("click") == [("click", "ou_sun", shown.id, "同意", {})]
    await expect(stage.phone(SUN).locator(".toast.up")).to_have_text("已同意")


async def test_a_feishu_form_sends_what_was_filled_in(stage: Stage) -> None:
    shown = stage.feishu.card(SUN, "feishu_form")
    await stage.open()
    card = stage.phone(SUN).locator(".card")
    await card.get_by_label("意见").fill("同意，注意交接\n第二行")
    await card.get_by_label("假别").select_option("病假")
    await card.get_by_label("标签").click()
    await card.get_by_text("加急").check()
    await card.get_by_text("带薪").check()
    await card.get_by_label("开始日期").fill("2026-01-05")
    await card.get_by_label("结束时间").fill("2026-01-07T18:00")
    await stage.does("click", stage.button(SUN, "同意").click)

    fields = {
        "comment": "同意，注意交接\n第二行",
        "kind": "sick",
        "tags": ["urgent", "paid"],
        "start": "2026-01-05",
        "until": "2026-01-07 18:00",
    }
    assert stage.acts("click") == [("click", "ou_sun", shown.id, "同意", fields)]


async def test_a_feishu_form_leaves_out_what_was_not_touched(stage: Stage) -> None:
    field: dict[str, Any] = {"tag": "input", "label": {"content": "标题"}, "default_value": "旧标题"}
    body = [
        field | {"name": "kept"},
        field | {"name": "cleared", "label": {"content": "摘要"}},
        {"tag": "button", "text": {"content": "提交"}, "form_action_type": "submit"},
    ]
    shown = stage.feishu.card(SUN, {"body": {"elements": [{"tag": "form", "name": "f", "elements": body}]}})
    await stage.open()
    await stage.phone(SUN).get_by_label("摘要").fill("")
    await stage.does("click", stage.button(SUN, "提交").click)

    assert stage.acts("click") == [("click", "ou_sun", shown.id, "提交", {"cleared": ""})]


async def test_a_feishu_form_that_lacks_something_required_is_not_sent(stage: Stage) -> None:
    stage.feishu.card(SUN, "feishu_form")
    await stage.open()
    await stage.button(SUN, "同意").click()

    await expect(stage.phone(SUN).locator(".toast.up")).to_have_text("请填写必填项")
    await expect(stage.phone(SUN).get_by_label("假别")).to_be_focused()
    await expect(stage.phone(SUN).locator(".missing")).to_have_count(3)
    assert stage.acts("click") == []


async def test_a_feishu_form_can_be_cleared(stage: Stage) -> None:
    stage.feishu.card(SUN, "feishu_form")
    await stage.open()
    await stage.phone(SUN).get_by_label("意见").fill("写错了")
    await stage.button(SUN, "清空").click()

    await expect(stage.phone(SUN).get_by_label("意见")).to_have_value("")
    assert stage.acts("click") == []


async def test_a_feishu_panel_folds(stage: Stage) -> None:
    stage.feishu.card(WANG, "feishu_approval")
    await stage.open()
    inside = stage.phone(WANG).get_by_text("待处理")
    await expect(inside).to_be_hidden()

    await stage.phone(WANG).get_by_text("审批记录").click()
    await expect(inside).to_be_visible()
    await stage.phone(WANG).get_by_text("审批记录").click()
    await expect(inside).to_be_hidden()


async def test_a_wecom_button_sends_its_text_and_the_selectors_choice(stage: Stage) -> None:
    shown = stage.wecom.card(LI, "wecom_button_interaction")
    await stage.open()
    await stage.phone(LI).get_by_label("驳回原因").select_option("超出预算")
    await stage.does("click", stage.button(LI, "驳回").click)

    assert stage.acts("click") == [("click", "liwei", shown.id, "驳回", {"reason": "over_budget"})]


async def test_a_wecom_vote_is_handed_in_once_something_is_chosen(stage: Stage) -> None:
    shown = stage.wecom.card(CENTRE, "wecom_vote_interaction")
    await stage.open()
    await expect(stage.button(CENTRE, "提交")).to_be_disabled()
    await stage.phone(CENTRE).get_by_text("北方办公（虚构）").check()
    await stage.does("click", stage.button(CENTRE, "提交").click)

    assert stage.acts("click") == [("click", "centre", shown.id, "提交", {"vendor": ["v_north"]})]


async def test_a_wecom_multiple_choice_sends_every_selector(stage: Stage) -> None:
    shown = stage.wecom.card(CENTRE, "wecom_multiple_interaction")
    await stage.open()
    await stage.phone(CENTRE).get_by_label("交接人").select_option("孙羽")
    await stage.does("click", stage.button(CENTRE, "提交").click)

    fields = {"decision": "approve", "handover_to": "sunyu"}
    assert stage.acts("click") == [("click", "centre", shown.id, "提交", fields)]


async def test_a_wecom_cards_menu_sends_its_entry(stage: Stage) -> None:
    shown = stage.wecom.card(LI, "wecom_text_notice")
    await stage.open()
    await stage.phone(LI).locator("summary[aria-label=更多]").click()
    await stage.does("click", stage.button(LI, "稍后提醒").click)

    assert stage.acts("click") == [("click", "liwei", shown.id, "稍后提醒", {})]


async def test_a_decided_wecom_card_has_one_grey_button(stage: Stage) -> None:
    shown = stage.wecom.card(LI, "wecom_button_interaction")
    await stage.open()
    assert shown.native
    shown.native, shown.version = {**shown.native, "replace_text": "已同意"}, 2

    await expect(stage.phone(LI).locator(".card").get_by_role("button")).to_have_text(["已同意"])
    await expect(stage.button(LI, "已同意")).to_be_disabled()
    await expect(stage.phone(LI).get_by_label("驳回原因")).to_be_disabled()


async def test_a_repaint_leaves_what_is_being_filled_in_elsewhere(stage: Stage) -> None:
    shown = stage.feishu.card(SUN, "feishu_approval")
    stage.feishu.card(SUN, "feishu_form")
    await stage.open()
    await stage.phone(SUN).get_by_label("意见").fill("还没写完")
    done: dict[str, Any] = orjson.loads((SAMPLES / "feishu_done.json").read_bytes())
    shown.native, shown.version = done, 2

    await expect(stage.phone(SUN).locator(".card").first).to_contain_text("操作人：周明")
    await expect(stage.phone(SUN).get_by_label("意见")).to_have_value("还没写完")


async def test_a_button_that_is_gone_says_so(stage: Stage) -> None:
    stage.wecom.card(LI, {"button_list": [{"text": "过期", "key": "old"}]})
    await stage.open()
    await stage.does("click", stage.button(LI, "过期").click)

    await expect(stage.phone(LI).locator(".toast.up")).to_have_text("这里已经没有这个按钮了")
    await expect(stage.button(LI, "过期")).to_be_enabled()
    assert [error for error in stage.errors if "409" not in error] == []
    stage.errors.clear()


def words(node: Any, name: str = "") -> set[str]:
    """What a native card says to its reader; Markdown and the preview in the chat list left out."""
    if isinstance(node, list):
        return {word for child in node for word in words(child)}
    if not isinstance(node, dict) or name == "config":
        return set()
    said = {"content", "title", "desc", "text", "keyname", "sub_title_text", "quote_text"}
    said -= {"content"} if node.get("tag") == "markdown" else set()
    said |= {"value"} if "keyname" in node else set()
    own = {node[key] for key in said if isinstance(node.get(key), str)}
    return own.union(*(words(child, key) for key, child in node.items()))
