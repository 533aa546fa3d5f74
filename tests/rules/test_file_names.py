"""Names of files as they are shown, and the kinds that are not passed on."""

import pytest

from handlers.rules.file_names import LONGEST, barred, cleaned


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("议程.pdf", "议程.pdf"),
        ("..\\..\\windows\\议程.pdf", "议程.pdf"),
        ("/etc/passwd", "passwd"),
        ("议程\u202efdp.exe", "议程fdp.exe"),
        ("议程\x00\n\u2028.pdf ", "议程.pdf"),
        ('海报<1>:"终稿"?.jpg', "海报_1_终稿_.jpg"),
        ("长" * 200 + ".docx", "长" * (LONGEST - 6) + "….docx"),
        ("..", ""),
    ],
)
def test_what_a_file_is_called(name: str, shown: str) -> None:
    assert cleaned(name) == shown


@pytest.mark.parametrize(
    ("name", "content", "no"),
    [
        ("议程.pdf", b"%PDF-1.7", False),
        ("照片.jpg", b"\xff\xd8\xff", False),
        ("素材.zip", b"PK\x03\x04", False),
        ("安装.EXE", b"", True),
        ("报告.pdf.exe", b"", True),
        ("报告.exe.pdf", b"", True),
        ("报告\u202efdp.scr", b"", True),
        ("表.xlsm", b"PK\x03\x04", True),
        ("照片.jpg", b"MZ\x90\x00", True),
        ("正文.txt", b"#!/bin/sh\n", True),
        ("第1.2版.docx", b"PK\x03\x04", False),
    ],
)
def test_programs_are_not_passed_on(name: str, content: bytes, no: bool) -> None:
    assert barred(name, content) is no
