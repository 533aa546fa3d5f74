"""People's text: one cleaner for every way in, and two names compared as the eye compares them.

Text is kept as typed: joiners hold emoji and the letters of Uyghur and Persian together. Only what no
script needs goes: control characters, and the marks that turn the reading direction of what follows.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters but tab and line ends
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides and isolates; the deprecated marks beside them
    "\ufff9-\ufffb"  # interlinear annotation, which hides what it annotates
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # no characters: neither XML nor a database takes them
)
_NAMELESS = "\xad\u061c\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
_BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_OUTER = f"{_BLANKS}{_NAMELESS}\u200c\u200d"
_DROPPED = dict.fromkeys(map(ord, _NAMELESS))
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_ALIKE = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-"
) | dict.fromkeys(map(ord, "\u2236\ua789"), ":")


def clean(text: str) -> str:
    """The text as typed, without control characters and direction overrides; line ends are `\\n`.

    Blanks and invisible characters around it go too. Idempotent.
    """
    return without_controls(text).strip(_OUTER)


def without_controls(text: str) -> str:
    """The text without the characters that no message may hold; line ends are `\\n`."""
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))


def label(text: str) -> str:
    """A name or title: `clean`, and without what nobody sees in it, but for the joiners of scripts."""
    return clean(text).translate(_DROPPED).strip(_OUTER)


def plain(text: str) -> str:
    """Character for character: full-width forms as plain ones, any dash as `-`; the length stays."""
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char.isascii():
        return char
    alike = unicodedata.normalize("NFKC", char.translate(_ALIKE))
    return alike if len(alike) == 1 else char


def skeleton(name: str) -> str:
    """What two names share that look the same: compared, never shown.

    After UTS 39, as far as the standard library goes: NFKC, one case, no blanks, nothing invisible.
    """
    alike = unicodedata.normalize("NFKC", plain(label(name))).casefold()
    seen = (c for c in alike if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return unicodedata.normalize("NFC", _IGNORABLE.sub("", "".join(seen)))
