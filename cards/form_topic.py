"""The form of a publication's topic or content, and of what was filed outside (form F5, Article 10)."""

from cards.card import Input
from cards.form import Field, Form, Page
from cards.topic_stages import PUBLISHERS, STAGES, TYPES, calls_for

NO, YES, UNSURE = MAJOR = ("否", "是", "拿不准")
CYCLES = ("日", "周", "旬", "半月", "月", "双月", "季", "半年", "年", "不定期")
SOURCES = ("原创", "已授权", "职务作品", "委托创作", "公有领域")


def _review(number: int, word: str) -> Field:
    return Field(
        f"review_{number}", f"{word}意见", limit=120,
        ask=f"先写姓名，空一格写{word}意见（三审须三个人，100 字以内）。",
        example=f"{word}意见：何老师 内容准确，可以出版", aliases=(word,),
    )  # fmt: skip


TOPIC = Form(
    "出版物选题审查",
    "第十条",
    (
        Field("stage", "阶段", Input.ONE, STAGES, required=True, ask="到了哪一步？", example="阶段：选题",
              aliases=("stage",)),
        Field("pub_type", "类型", Input.ONE, TYPES, required=True, ask="是哪一类出版物？",
              example="类型：图书", aliases=("pub_type",)),
        Field("publisher", "出版单位", Input.ONE, required=True, limit=60, ask="由谁出版？",
              example=f"出版单位：{PUBLISHERS[0]}", aliases=("出版", "publisher")),
        Field("publisher_name", "校外出版单位", limit=60, ask="校外出版单位的全称是什么？",
              example="校外出版单位：科学出版社"),
        Field("title", "名称", required=True, limit=100, ask="名称或选题是什么？（100 字以内）",
              example="名称：机器人学导论", aliases=("选题", "标题", "名称/选题", "title")),
        Field("authors", "作者", required=True, limit=100, ask="作者或主编是谁？", example="作者：李老师",
              aliases=("主编", "作者/主编", "authors_editors")),
        Field("synopsis", "内容简介", Input.TEXT, required=True, limit=500,
              ask="主要内容是什么？（500 字以内；停办的写原因）", example="内容简介：（500 字以内）",
              aliases=("简介", "synopsis")),
        Field("major_topic", "重大选题", Input.ONE, MAJOR, required=True,
              ask="是否属于须报备的重大选题？拿不准请选“拿不准”。", example="重大选题：否",
              aliases=("是否重大选题", "major_topic")),
        Field("ip_source", "著作权来源", Input.ONE, SOURCES, ask="著作权从哪里来？（第九条）",
              example="著作权来源：原创", aliases=("著作权", "ip_source")),
        Field("direction", "导向审查意见", Input.TEXT, limit=200,
              ask="本单位对导向的审查意见是什么？（200 字以内）",
              example="导向审查意见：导向正确，无不当内容", aliases=("导向审查", "导向", "political_check")),
        Field("number", "刊号", limit=40,
              ask="CN、ISSN、ISBN 或校内刊号是什么？还没有的写“待定”。",
              example="刊号：CN 23-1234/TH",
              aliases=("CN", "ISSN", "ISBN", "校内刊号", "CN·ISSN·ISBN·校内刊号", "issn_cn_inner")),
        Field("cycle", "周期", Input.ONE, CYCLES, ask="多久出一期？", example="周期：双月",
              aliases=("出版周期", "cycle")),
        Field("copies", "份数", limit=12, ask="每期（册）印多少份？只写数字。", example="份数：500",
              aliases=("每期份数", "印数", "copies")),
        Field("pages", "字数页数", limit=40, ask="多少字、多少页？", example="字数页数：30 万字，320 页",
              aliases=("字数", "页数", "pages")),
        Field("planned_on", "拟出版日期", Input.DATE, ask="拟哪一天出版？（停办的写停办日期）",
              example="拟出版日期：2027-03-15", aliases=("出版日期", "停办日期", "planned_on")),
        *(_review(n, word) for n, word in enumerate(("初审", "复审", "终审"), 1)),
        Field("three_reviews", "三审意见", Input.TEXT, limit=400,
              example="三审意见：初审 何老师 准确；复审 周老师 同意；终审 王书记 可以出版",
              aliases=("three_reviews",)),
        Field("manuscript", "样稿", limit=200,
              ask="请发来书稿或样稿（最多 9 个文件）；只有纸质的，请写明送到哪里。",
              example="样稿：纸质样稿已送党委宣传部", aliases=("书稿", "manuscript"), needed="必填，或发文件",
              file=True),
        Field("host_unit", "主办单位", limit=60, example="主办单位：机电工程学院", aliases=("host_unit",)),
    ),
    kind="XT",
    command="选题",
    thing="选题",
    pages={"kind": Page("出版物", ("stage", "pub_type", "publisher"))},
    calls_for=calls_for,
)  # fmt: skip

FILED_OUTSIDE = "已报备"
NOT_MAJOR = "经核不是重大选题"

FILED = Form(
    "重大选题报备情况",
    "第十条",
    (
        Field("filed", "报备情况", Input.ONE, (FILED_OUTSIDE, "正在报备", "尚未报备", NOT_MAJOR),
              required=True, ask="是否已在校外办理重大选题备案？如实记录，不代替校外备案。",
              example=f"报备情况：{FILED_OUTSIDE}"),
        Field("filing_no", "备案文号", limit=60, ask="校外备案的文号是什么？",
              example="备案文号：国新出〔2026〕12 号",
              aliases=("文号",), needed="已报备的填写"),
        Field("note", "说明", Input.TEXT, limit=200, example="说明：已送省新闻出版局"),
    ),
    kind="XTBB",
    command="报备",
    thing="报备情况",
    named_by="filed",
)  # fmt: skip
