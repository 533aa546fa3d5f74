"""What a card shows of a post: its own words, else its link, else the names of its files."""

from dataclasses import replace
from typing import Any

import pytest

from cards.processes import publish
from cards.view import View
from tests.rules.requests import AT, request

FILES = [{"name": "报价单.pdf", "size": 12_000}, {"name": "图.png", "size": 300}]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"summary": "摘要", "body": "全文", "link": "https://hit.edu.cn/a"}, "摘要：摘要"),
        ({"body": "全文", "files": FILES}, "附件 2 个。正文：全文"),
        ({"link": "https://hit.edu.cn/a"}, "链接：https://hit.edu.cn/a"),
        ({"files": FILES}, "附件：报价单.pdf（12 KB）、图.png（300 字节）"),
    ],
)
def test_where_there_is_no_text_the_link_or_the_files_are_named(form: dict[str, Any], shown: str) -> None:
    view = View(replace(request(()), form=form), publish.FACE, "2101", AT)

    assert publish.excerpt(view) == shown
