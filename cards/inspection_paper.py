"""A unit's yearly account as an official paper (Article 12)."""

from cards.paper import Heading, Paper, Part, Table, Text
from cards.processes.inspection import END, FIGURES, PART, PROPOSES, deductions, said, settled
from cards.times import SHANGHAI
from cards.view import View

ISSUER, CENTRE, PARTY = "哈尔滨工业大学全媒体中心", "全媒体中心", "学校党委"


def paper(view: View) -> Paper:
    """What was counted, what the unit says, and how it was settled; marked as long as it is not."""
    form, end = view.request.form, view.request.form.get(END)
    last = view.decisions[-1].at.astimezone(SHANGHAI).date() if end and view.decisions else None
    return Paper(
        issuer=ISSUER,
        number=view.request.number,
        title=f"{view.unit}{form['year']}年度全媒体检查情况",
        mark="" if end else "未定稿",
        to=view.unit,
        parts=tuple(_parts(view)),
        signed=CENTRE if end else "",
        on=last,
        cc=(PARTY,) if end else (),
        printed=CENTRE if end else "",
    )


def _parts(view: View) -> list[Part]:
    form = view.request.form
    found: list[Part] = [
        Text(
            f"依据《哈尔滨工业大学全媒体管理办法》第十二条，对{view.unit}{form['year']}年度全媒体建设与管理"
            f"情况进行检查，统计区间为{form['span']}。{PROPOSES}。现将情况列明如下。"
        ),
        Heading("一、检查结果"),
        Text("\n".join(settled(form)) or f"尚未定稿，建议得分{form['score']}分。"),
        Heading("二、各项数据"),
        Table(
            tuple((one["label"], one["value"], str(len(one["records"]))) for one in form[FIGURES]),
            ("项目", "数据", "记录数"),
            (3, 5, 2),
        ),
        Heading("三、扣分说明"),
        Text("\n".join(deductions(form)) or "没有扣分。"),
        Heading("四、单位意见"),
        Text("\n".join(said(view)) or "尚未提出。"),
    ]
    if rows := form.get(PART):
        told = tuple((row["name"], row["self_score"], row["summary"]) for row in rows)
        found += [Heading("五、各媒体自评"), Table(told, ("媒体", "自评", "总结"), (3, 2, 6))]
    return found
