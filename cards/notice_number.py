"""全媒体改〔2026〕1号: the number under which a notice of rectification goes out (form F10)."""

KIND = "ZG"


def notice_number(number: str) -> str:
    """全媒体改〔2026〕1号 of ZG-2026-0001: one notice a request, so its series is gapless as well."""
    kind, _, rest = number.partition("-")
    year, _, serial = rest.partition("-")
    return f"全媒体改〔{year}〕{int(serial)}号" if kind == KIND and serial.isdigit() else ""


def order(number: str) -> str:
    """Who stopped a medium, in front of 责令停止运行: the notice, or a case for the time being."""
    if notice := notice_number(number):
        return f"{notice}（{number}）"
    return f" {number}（先行，暂定）"
