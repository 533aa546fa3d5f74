"""What people of the small university may write, by what it is for; `{}` is the number of a matter."""

from collections.abc import Sequence

from tests.dialogues import (
    cases,
    rectifying,
    test_authorisation,
    test_deregister,
    test_dispatch,
    test_impersonation,
    test_licence,
    test_personal,
    test_systems,
    test_training,
)
from tests.dialogues.filings import change, filing
from tests.dialogues.posts import post
from tests.dialogues.test_topic import TOPIC

PEOPLE = (
    "李老师", "何老师", "孙老师", "王书记", "吴副书记", "赵老师", "钱主任", "周老师", "唐老师", "林书记",
    "陈同学", "沈老师", "高书记",
)  # fmt: skip
AUTHORS, CENTRE, HEADS = ("李老师", "何老师", "周老师"), ("赵老师", "钱主任"), ("王书记", "林书记")
PROPAGANDA = "唐老师"
"""Who examines for the propaganda department."""

Begun = tuple[Sequence[str], str]
"""Who may begin it, and how it is written; it is confirmed once its preview has come."""

POSTS: Sequence[Begun] = (
    (AUTHORS, post(标题="第{n}号稿", 正文="经学校批准，特此公告。{mark}")),
    (AUTHORS, post(标题="第{n}号稿", 正文="特此公告。{mark}", 涉及="重大事项决策")),
    (AUTHORS, post(标题="第{n}号稿", 正文="特此公告。{mark}", 紧急="紧急", 紧急理由="突发情况")),
    (("唐老师", "林书记"), post(媒体="计算人", 标题="第{n}号稿", 正文="特此公告。{mark}")),
)
OTHERS: Sequence[Begun] = (
    (AUTHORS, TOPIC.replace("机器人学导论", "第{n}号书稿").replace("十二章", "{mark}")),
    (AUTHORS, filing(媒体名称="机电青春{n}号", 同平台理由="面向不同的学生")),
    (AUTHORS, change(账号="gh_{n}", 管理员="")),
    (("李老师", "何老师"), test_deregister.ASKED),
    (CENTRE, rectifying.notice(问题="首页仍在使用旧校名。{mark}")),
    (CENTRE, rectifying.notice(措施="责令停止运行")),
    (("唐老师", "李老师", "陈同学"), cases.lines("/违规", cases.ABOUT | {"事实": "报名日期不一致。{mark}"})),
    (("李老师", "何老师", "陈同学"), "\n".join(test_personal.FIELDS)),
    (AUTHORS, "\n".join(test_authorisation.WISH)),
    (AUTHORS, "\n".join(test_licence.LICENCE)),
    (AUTHORS, test_systems.typed()),
    (AUTHORS, test_training.typed("材料：{mark}").replace("2026-11-23", "{day}")),
    (("陈同学", "李老师"), "/解释 8 第{n}问：转载校外稿件也要保密审查吗？"),
    (("李老师", "陈同学", "何老师"), cases.lines("/冒用", test_impersonation.USUAL | {"说明": "{mark}"})),
    (CENTRE, test_dispatch.written(媒体="机电学院党委", 截止="{later} 18:00", 素材="{mark}")),
    (CENTRE, test_dispatch.written(截止="{later} 18:00")),
    (CENTRE, "/调动 静默 {day} {later}"),
    (CENTRE, "/摸底 开始 今天 12-31"),
    (CENTRE, "/督查 2026"),
    ((*CENTRE, PROPAGANDA), "/四权 发起"),
)
PICTURED = ("/冒用", "/附截图")
"""What is confirmed with a picture only."""

THEN = {"/摸底": "rounds", "/督查": "rounds", "/四权": "rounds", "/调动": "campaigns"}
"""The tick by which what was begun asks those whom it is for."""

POWERS = "/确认四权 {}\n" + "".join(f"{one}：已落实\n" for one in ("决策权", "导向把关权", "人事任免权"))
POWERS += "资产配置权：未落实\n未落实的说明：正在理顺。{mark}"

SUPPLIED: dict[str, Sequence[Begun]] = {
    "ZG": ((("王书记",), "/回复整改 {}\n整改情况：已更正校名\n前后证据：旧页已下线\n完成日期：{day}"),),
    "ZX": ((AUTHORS, "/上传证明 {}\n办结日期：{day}\n证明：平台页面已显示账号不存在"),),
    "WG": (
        (("何老师", "王书记"), "/申辩 {} 当天已更正。{mark}"),
        (CENTRE, cases.lines("/处理 {}", cases.STOPPED)),
        (CENTRE, "/复核 {}\n结论：维持\n理由：重新核对了材料"),
    ),
    "JS": ((CENTRE, "/发布解释 {}\n要点：转载也要审。\n解释正文：转载稿件同样一事一审。"),),
    "MD": ((("李老师", "王书记", "林书记"), "/填报摸底 {}\n无变化：全部"),),
    "MY": (
        (HEADS, "/确认 {}\n认定：不是本单位的\n说明：{mark}"),
        (CENTRE, "/平台投诉 {}\n投诉编号：WB{n}\n投诉日期：今天"),
        (CENTRE, "/结案 {}\n结果：平台已处置\n平台答复：已封禁\n办结日期：今天"),
    ),
    "DC": (
        (HEADS, "/提意见 {}\n意见：无异议。{mark}"),
        (AUTHORS, "/填报年检 {}\n各媒体：机电之声：合格；全年发布 120 条。{mark}"),
        (HEADS, "/补充意见 {} 第 3 项已更正"),
        (CENTRE, "/重新核算 {}\n理由：变更日期已更正"),
        (CENTRE, "/定稿 {}\n结果：合格\n得分：100\n理由：属平台迁移，予以核减"),
    ),
    "XT": ((AUTHORS, "/报备 {}"),),
    "DD": ((AUTHORS, "/附截图 {}\n媒体：机电之声"),),
    "QL": ((("王书记",), POWERS),),
}  # fmt: skip
"""What is added to a matter of a kind by somebody who fills in a form."""

CALLED = ("收到 {}", "完成 {} https://mp.weixin.qq.com/s/{n}", "不能完成 {} 没有人手")
CALLING = (
    "调动 进度 {}", "调动 结果 {}", "追加媒体 {} 机电旧刊", "延期 {} {later} 20:00", "收回 {} 不办了",
    "解除静默",
)  # fmt: skip
"""What is said of a campaign: by those who are asked, by the centre."""

STOPS = (rectifying.notice(措施="责令停止运行"), "/调动 静默 {day} {later}")
"""What keeps 机电之声 from publishing."""

HOLDERS = (
    "退回 {} 请补主语", "退回 {} 到 保密审查 请再看", "退回 {} 到 第一责任人 回到我 请再看", "不同意 {} 不妥",
    "报中心 {} 请把关", "转办 {} {who} 出差", "加签 {} {who}", "加签 {} {who}、{other} 并 会签",
    "加签 {} {who}、{other} 后 票签 1/2", "加签 {} {who}、{other} 前 依次", "减签 {} {who}", "抄送 {} {who}",
    "委派 {} {who} 是否涉外", "提问 {} 何时批准", "代理 {who} 今天 明天", "代理 取消", "收到 {}",
    "值班 机电学院党委 {who} 今天 明天", "交接 {who} 给 {other}",
)  # fmt: skip
APPLICANTS = (
    "修改 {} 标题：第{n}号稿又改", "修改 {} 正文：改过的正文。{mark}", "回执 {} https://mp.weixin.qq.com/s/{n}",
    "回执 {} https://mp.weixin.qq.com/s/1", "答复 {} 昨天", "催办 {}", "再发 {}", "撤回 {}", "作废 {} 不发了",
    "申诉 {} 请再核对",
)  # fmt: skip
LIKELY = {
    "returned": APPLICANTS[:2], "awaiting_publish": APPLICANTS[2:4], "in_review": ("催办 {}", "撤回 {}"),
}  # fmt: skip
"""What an applicant does more often than anything else, by where the matter stands."""

STAND_INS = (("王书记", "吴副书记"), ("王书记", "高书记"), ("孙老师", "何老师"), ("钱主任", "赵老师"))
ANYBODY = (
    "意见 {} 可以", "评论 {} 请存档", "督办 {} 今天要发", "待办", "我的", "查询 {}", "查询 {} 全文",
    "为什么 {}", "同意 {}", "台账", "溯源 {}", "放弃", "官方吗 机电之声",
)  # fmt: skip
STEWARDS = (
    "干预 {} 恢复 查清", "干预 {} 暂停 查", "干预 {} 退回 格式", "干预 {} 改派 {who} 出差",
    "干预 {} 作废 不发了", "摸底 开始 今天 12-31", "摸底 进度", "督查 机电学院党委",
)  # fmt: skip
