"""全媒体改〔2026〕1号: the number under which a notice of rectification goes out (form F10)."""

KIND = "ZG"
_PROVISIONAL = "（先行，暂定）"


def notice_number(number: str) -> str:
    """全媒体改〔2026〕1号 of ZG-2026-0001: one notice a request, so its series is gapless as well."""
    kind, _, rest = number.partition("-")
    year, _, serial = rest.partition("-")
    return f"全媒体改〔{year}〕{int(serial)}号" if kind == KIND and serial.isdigit() else ""


def order(number: str) -> str:
    """Who stopped a medium, in front of 责令停止运行: the notice, or a case for the time being."""
    if notice := notice_number(number):
        return f"{notice}（{number}）"
    return f" {number}{_PROVISIONAL}"


def runs_again(ordered: str) -> str:
    """How a medium runs again that was stopped by the orders in `ordered`: a notice is answered, a case is
    decided."""
    notices = [one for one in ordered.split("、") if not one.endswith(_PROVISIONAL)]
    return "第一责任人回复整改、全媒体中心通过后恢复" if notices else "案件处理或先行停止解除后恢复"
