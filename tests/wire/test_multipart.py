"""Forms with files: what we write is read again, and what a file is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.file_kinds import found, named
from bot.platforms.multipart import Attached, encode
from bot.sandbox.forms import parts

NAMES = st.text(
    st.characters(exclude_characters='"%', exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
)


@given(
    name=NAMES,
    content=st.binary(max_size=500),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
async def test_a_form_is_read_as_it_was_written(name: str, content: bytes, text: str) -> None:
    file = Attached("media", name, content, "application/pdf")
    form = await encode({"file_name": text}, file)

    assert parts({"content-type": form.content_type}, form.body) == {"file_name": text, "media": file}


@given(content=st.binary(max_size=200))
async def test_lines_that_look_like_a_boundary_stay_content(content: bytes) -> None:
    file = Attached("file", "a", b"\r\n--" + content + b"\r\n--\r\n")
    form = await encode({}, file)

    assert parts({"content-type": form.content_type}, form.body) == {"file": file}


async def test_a_name_cannot_end_its_header() -> None:
    form = await encode({}, Attached("file", 'a"\r\nX-Evil: 1\0', b"x"))

    assert b'filename="a%22%0D%0AX-Evil: 1%00"\r\n' in form.body


async def test_a_form_looks_as_a_browsers_does_to_the_byte() -> None:
    """A Chinese name as it is, a backslash once, fields without a type: what has been sent all along."""
    file = Attached("file", r"议\程 100%.pdf", b"%PDF", "application/pdf")
    form = await encode({"file_type": "pdf", "file_name": "议程.pdf"}, file)
    mark = form.content_type.removeprefix("multipart/form-data; boundary=")

    assert form.body.decode() == (
        f'--{mark}\r\nContent-Disposition: form-data; name="file_type"\r\n\r\npdf\r\n'
        f'--{mark}\r\nContent-Disposition: form-data; name="file_name"\r\n\r\n议程.pdf\r\n'
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="议\\程 100%.pdf"\r\n'
        f"Content-Type: application/pdf\r\n\r\n%PDF\r\n--{mark}--\r\n"
    )


async def test_a_large_file_is_taken_without_a_warning() -> None:
    form = await encode({}, Attached("media", "长片.mp4", bytes(5 << 20)))

    assert len(form.body) > 5 << 20


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0 jpeg", "jpg"),
        (b"\x89PNG\r\n\x1a\n png", "png"),
        (b"GIF89a", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8", "webp"),
        (b"\0\0\0\x20ftypisom", "mp4"),
        (b"\0\0\0\x20ftypmp42", "mp4"),
        (b"\0\0\0\x20ftypheic", ""),
        (b"\0\0\0\x20ftypqt  ", ""),
        (b"%PDF-1.7", ""),
        (b"", ""),
    ],
)
def test_what_a_file_is_stands_in_its_first_bytes(content: bytes, kind: str) -> None:
    assert found(content) == kind


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("图片", b"\xff\xd8\xff", "图片.jpg"),
        ("海报.png", b"\xff\xd8\xff", "海报.png"),
        ("议程", b"agenda", "议程"),
    ],
)
def test_a_name_without_an_ending_gets_the_one_that_opens_it(name: str, content: bytes, shown: str) -> None:
    assert named(name, content) == shown
