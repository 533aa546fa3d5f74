"""The form of a licence to use somebody else's work (Article 9)."""

from cards.card import Input
from cards.form import Field, Form

KINDS = ("文字", "图片", "字体", "视频", "音乐")

LICENCE = Form(
    "版权授权登记",
    "第九条",
    (
        Field(
            "title",
            "作品",
            required=True,
            limit=60,
            ask="是哪件作品或素材？（60 字以内）",
            example="作品：方正小标宋字体",
            aliases=("素材", "名称"),
        ),
        Field("kind", "种类", Input.ONE, KINDS, required=True, ask="是哪一种？", example="种类：字体"),
        Field(
            "holder",
            "权利人",
            required=True,
            limit=60,
            ask="谁授权的？",
            example="权利人：北大方正",
            aliases=("著作权人", "授权人"),
        ),
        Field(
            "scope",
            "授权范围",
            Input.TEXT,
            required=True,
            limit=200,
            ask="允许怎样使用？（200 字以内）",
            example="授权范围：学院网站和公众号，非商业使用",
            aliases=("范围",),
        ),
        Field(
            "valid_from",
            "生效日期",
            Input.DATE,
            required=True,
            ask="从哪一天起有效？",
            example="生效日期：2026-01-01",
            aliases=("起", "起始日期"),
        ),
        Field(
            "until",
            "截止日期",
            Input.DATE,
            required=True,
            ask="到哪一天为止？当天仍有效。",
            example="截止日期：2026-12-31",
            aliases=("有效至", "止"),
        ),
        Field(
            "proof",
            "证明",
            required=True,
            limit=200,
            ask="请发来授权书或购买凭证；没有文件的，请写明依据。",
            example="证明：授权书存学院办公室",
            needed="必填，或发文件",
            file=True,
        ),
    ),
    kind="BQ",
    command="版权",
    thing="登记",
)
