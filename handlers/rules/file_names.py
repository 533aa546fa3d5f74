"""What files are called, and which kinds are not passed on: a program that somebody opens may do anything."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 100
"""Characters of a name, its ending included: more than a card or a phone shows."""

PROGRAMS = frozenset(
    {
        *("exe", "com", "scr", "pif", "msi", "msp", "msix", "appx", "bat", "cmd", "cpl", "dll", "sys", "drv"),
        *("ps1", "psm1", "vbs", "vbe", "vb", "js", "jse", "wsf", "wsh", "hta", "lnk", "url", "reg", "inf"),
        *("scf", "gadget", "settingcontent-ms", "jar", "class", "apk", "xapk", "ipa", "app", "dmg", "pkg"),
        *("deb", "rpm", "run", "bin", "elf", "so", "sh", "bash", "command", "py", "pyc", "rb", "pl", "php"),
        *("iso", "img", "vhd", "chm", "xll", "one", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm"),
        *("ppam", "ppsm"),
    }
)
"""Endings of programs, scripts, links to them, images of disks, and documents with macros."""

_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf")
"""How programs begin: Windows, Linux, scripts, Java, macOS."""

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")
"""Categories of characters that turn or hide a name: controls, directions, ends of lines."""


def cleaned(name: str) -> str:
    """A name as it is shown and saved: nothing unseen in it, no folders, not too long."""
    seen = "".join(one for one in name if unicodedata.category(one) not in _UNSEEN)
    plain = " ".join(_NOT_IN_NAMES.sub("_", seen.replace("\\", "/").rpartition("/")[2]).split()).strip(". ")
    if len(plain) <= LONGEST:
        return plain
    ending = PurePosixPath(plain).suffix[:20]
    return plain[: LONGEST - len(ending) - 1] + "…" + ending


def barred(name: str, content: bytes = b"") -> bool:
    """Whether a file is a program, by any of its endings (报告.pdf.exe) or by how it begins."""
    endings = {part.strip().lower() for part in cleaned(name).split(".")[1:]}
    last = PurePosixPath(cleaned(name)).suffix.removeprefix(".").strip().lower()
    return last in PROGRAMS or bool(endings & {"exe", "scr", "bat", "cmd"}) or content.startswith(_STARTS)
