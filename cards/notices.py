"""Cards that tell, list or refuse: everything that is not about deciding one request."""

from collections.abc import Sequence
from datetime import datetime

from cards import deciders, phrases
from cards.card import Button, Card, Row, Style, Tone
from cards.times import when
from cards.view import View
from storage.records import Act, State

LONG = 200
"""Characters from which an answer is a text to read, not a sentence."""


def say(text: str, title: str = "", tone: Tone = Tone.INFO) -> Card:
    """A plain answer."""
    if len(text) > LONG:
        return Card(title=title or "全媒", tone=tone, text=text)
    return Card(title=title or "全媒", tone=tone, lead=text)


def refused(text: str, lacking: str = "") -> Card:
    """Why something was not done; `lacking` heads it where it only lacked something (还差理由)."""
    return Card(title=lacking or "没有办成", tone=Tone.WAITING if lacking else Tone.REFUSED, lead=text)


def unbound(account: str) -> Card:
    """To somebody the directory does not know: how to be bound, and nothing else."""
    return Card(
        title="还不认识您",
        tone=Tone.REFUSED,
        lead="您的账号还没有和学校人员对应上，暂时不能使用。",
        text=f"请把您的姓名、工号和下面的账号告诉本单位的系统管理员或全媒体中心，登记后即可使用。\n账号：{account}",
        note="不登记也可以查一个账号是不是官方的：/官方吗 名称或链接",
    )


def greeting(name: str, waiting: int) -> Card:
    lead = f"{name}，您好。这里办理全媒体的备案、变更和信息发布审批（哈工大党宣〔2019〕10号）。"
    return Card(
        title="全媒 · 审批助手",
        lead=lead + (f"现在有 {waiting} 件等您办理。" if waiting else ""),
        note="发 /帮助 看您能用的命令。",
        buttons=(
            Button("待办", "menu_inbox", style=Style.PRIMARY if waiting else Style.DEFAULT),
            Button("发布", "menu_publish"),
            Button("我的", "menu_mine"),
            Button("帮助", "menu_help"),
        ),
    )


def commands(lines: Sequence[tuple[str, str]], name: str) -> Card:
    """The commands a person may use."""
    return Card(
        title="可用的命令",
        lead=f"{name}，您可以发：",
        text="\n".join(f"{usage}  {what}" for usage, what in lines),
        note="“/”也可打成“／”或“、”。多项内容请换行写“字段：值”。",
    )


def hint() -> Card:
    return Card(title="没看懂", lead="请发 /帮助 看能用的命令；要发布稿件请发 /发布，看待办请发 /待办。")


def unknown_command(typed: str, nearest: str) -> Card:
    meant = f"您要的是不是 /{nearest}？" if nearest else ""
    return Card(title="没有这个命令", tone=Tone.ALARM, lead=f"没有“/{typed}”。{meant}发 /帮助 看全部命令。")


def vacancy(view: View) -> Card:
    """A step nobody can decide: told to the centre and the administrators at once."""
    step = view.request.current
    what = phrases.role(step) if step else ""
    return Card(
        title=phrases.pressing("暂缺办理人", view.request),
        tone=Tone.ALARM,
        tag="暂缺",
        lead=f"{view.unit} 的申请到了“{what}”一步，但没有能办理的人。申请会一直等待，不会自动通过。",
        rows=(
            Row(view.face.asker, view.name(view.request.applicant)),
            Row("提交", when(view.request.submitted_at, view.now)),
        ),
        note="请尽快在人员、单位表中补上（第五条（二））；补上后会立即通知办理人。",
    )


def unreached(view: View, who: str, why: str) -> Card:
    """To the centre and the administrators: whoever must decide hears nothing of it."""
    step = view.request.current
    what = phrases.role(step) if step else ""
    return Card(
        title=phrases.pressing("联系不上办理人", view.request),
        tone=Tone.ALARM,
        tag="联系不上",
        lead=f"{view.unit} 的申请在等 {who}（{what}），但消息送不到：{why}。申请会一直等待，不会自动通过。",
        rows=(
            Row(view.face.asker, view.name(view.request.applicant)),
            Row("等待自", when(view.request.step_since, view.now)),
            Row("应于", phrases.due(view)),
        ),
        note="请核对其企业微信、飞书账号，登记后会立即再通知；也可当面告知（第五条（二））。",
        buttons=(Button("查看", "view", view.request.number),),
    )


def void() -> Card:
    """Over a card on an account that is somebody else's now: nothing of it stays to be read."""
    return Card(
        title="卡片已失效",
        tone=Tone.CLOSED,
        tag="已失效",
        lead="这个账号已不再对应原来的收件人，卡片内容不再显示。",
        closed="已失效",
    )


def overdue(view: View, *, head: bool = False) -> Card:
    """A step that has waited for long, to the centre, or to the `head` of the unit whose step it is: they
    are told, they need not decide."""
    step, thing = view.request.current, view.face.form.title if view.face.opening else "申请"
    further = view.face.unanswered.format(number=view.request.number)
    late = view.request.due_at is not None and view.request.due_at <= view.now
    what = f"过期没有答复。{further}" if further and late else "抄送中心知悉。"
    return Card(
        title=phrases.pressing("久未办理", view.request),
        tone=Tone.ALARM,
        tag="抄送",
        lead=f"{view.unit} 的{thing}仍在等 {phrases.holders(view) or '（暂缺办理人）'}"
        f"（{phrases.role(step) if step else ''}），已再次提醒。{'请您督促。' if head else what}",
        rows=(
            Row(view.face.asker, view.name(view.request.applicant)),
            Row("等待自", when(view.request.step_since, view.now)),
            Row("应于", phrases.due(view)),
        ),
        note="依据第五条（二）：本单位第一责任人负责。"
        if head
        else "依据第五条（一）：中心负责指导、协调、督查。",
        buttons=(Button("查看", "view", view.request.number),),
    )


def unrevised(view: View) -> Card:
    """To the first-responsible person: a request that was returned and has long not been revised."""
    request, last = view.request, view.refusal
    back = (
        (Row("退回", f"{deciders.author(view, last)}：{phrases.excerpt(last.reason, 60)}"),
         Row("退回于", when(last.at, view.now)))
        if last
        else (Row("退回", f"管理员，原因见 /查询 {request.number}"),)
    )  # fmt: skip
    return Card(
        title=phrases.heading("久未修改", request),
        tone=Tone.ALARM,
        tag="抄送",
        lead=f"{view.name(request.applicant)} 的申请被退回后一直没有修改重报，已再次提醒。请您督促。",
        rows=(
            Row("申请人", f"{view.name(request.applicant)}（{view.unit}）"),
            *back,
        ),
        note="依据第五条（二）：本单位第一责任人负责。",
        buttons=(Button("查看", "view", request.number),),
    )


def receipt_due(view: View) -> Card:
    """Passed, planned time over, and no receipt yet."""
    number = view.request.number
    place = (number, view.request.step, view.request.version)
    register = "" if view.obstacle else f"已发布请按“登记回执”，或发：/回执 {number} 链接\n"
    return Card(
        title=phrases.heading("待登记", view.request),
        tone=Tone.WAITING,
        tag="待登记",
        lead=view.obstacle or "这份稿件已通过审批，还没有登记发布情况。",
        text=f"{register}不再发布请发：/撤回 {number}",
        note="依据第六条（三）1。登记发布链接，便于日后核对。",
        buttons=() if view.obstacle else (Button("登记回执", Act.RECEIPT, *place, Style.PRIMARY),),
    )


def lapsing(view: View, ends: datetime) -> Card:
    """An approval that ends by itself unless it is said that the post is out."""
    number = view.request.number
    place = (number, view.request.step, view.request.version)
    return Card(
        title=phrases.heading("批准将失效", view.request),
        tone=Tone.ALARM,
        tag="将失效",
        lead=f"这份稿件还没有登记发布，批准到 {when(ends, view.now)} 失效，之后不得再发布。",
        text=f"已发布请按“登记回执”，或发：/回执 {number} 链接\n失效后仍要发布，请发：/再发 {number}",
        note="依据第六条（三）1：通过后方可正式发布。",
        buttons=() if view.obstacle else (Button("登记回执", Act.RECEIPT, *place, Style.PRIMARY),),
    )


def paused(view: View, who: str, since: datetime, reason: str) -> Card:
    """To whoever may resume it: a request that a steward has paused; afterwards where it stands."""
    number, stands = view.request.number, view.request.state is State.PAUSED
    if not stands:
        return Card(
            title=phrases.heading("已不需处理", view.request), tone=Tone.CLOSED, tag=phrases.state(view),
            lead=f"{number} 已不再暂停。", closed=phrases.state(view),
        )  # fmt: skip
    return Card(
        title=phrases.heading("仍在暂停", view.request),
        tone=Tone.ALARM,
        tag="已暂停",
        lead=f"{view.unit} 的这件申请由 {who} 暂停，恢复前不能审批，时限也不计。请看是否可以恢复。",
        rows=(
            Row(view.face.asker, view.name(view.request.applicant)),
            Row("暂停自", when(since, view.now)),
            Row("原因", phrases.excerpt(reason, 60)),
        ),
        note=f"恢复请由系统管理员或中心负责人发：/干预 {number} 恢复 理由（第五条（一））。恢复前每周提醒。",
        buttons=(Button("查看", "view", number),),
    )


def dead_letter(who: str, why: str, waiting: int) -> Card:
    return Card(
        title="有消息没能送达",
        tone=Tone.ALARM,
        lead=f"发给 {who} 的消息没能送达：{why}。",
        note=f"目前未送达 {waiting} 条。处理后可用 quanmei letters resend 重发。",
    )
