"""The words of the Measures that forms offer: what a post may touch, what a medium may be on, what a case may
end in."""

TOPICS = (
    "校领导",
    "上级领导",
    "重大事项决策",
    "突发事件",
    "民族宗教",
    "涉外港澳台",
    "军工科研",
    "招生考试",
    "师生个人信息",
)
"""涉及 of form F3; 无 is choosing none of them."""


PLATFORM_TYPES = (
    "今日哈工大",
    "单位网站",
    "微博",
    "微信公众号",
    "哔哩哔哩",
    "今日头条",
    "QQ公众号",
    "企鹅号",
    "网络视频",
    "网络直播",
    "抖音",
    "移动客户端",
    "视频号",
    "小红书",
    "快手",
    "知乎",
    "百家号",
    "网易号",
    "小程序",
    "报纸",
    "期刊",
    "图书",
    "音像制品",
    "电子出版物",
    "内部刊物",
    "宣传册",
    "广播电台",
    "电视台",
    "采编制作部门",
    "其他",
)
"""平台类型: the usual names of Article 2(1); others may be written out."""

UNFOUNDED = "不属实"
FINDINGS = ("属实", "部分属实", UNFOUNDED)
SEVERITIES = ("轻微", "一般", "较重", "严重")

RECTIFY, STOP, CLOSE, HAND_OVER = "限期整改", "责令停止运行", "责令注销", "移交纪检·人事·学工"
MEASURES = ("提醒", "约谈", RECTIFY, STOP, CLOSE, HAND_OVER)
"""What a case may end in: the orders of Article 15 and what form F10 lists, and nothing else."""

UPHELD, CHANGED, REVOKED = "维持", "变更", "撤销"
REVIEWED = (UPHELD, CHANGED, REVOKED)
"""What a review of a decision may come to."""

SYSTEMS = ("制度文件", "队伍名册", "审核机制", "保密制度", "版权制度")
"""What a unit puts on record of Articles 7 to 9 (form F13)."""

POLICY, WARNING = "政策宣讲", "警示教育"
TRAININGS = (POLICY, WARNING, "保密培训", "版权培训")
"""What a unit holds each year, and may hold (form F13)."""
