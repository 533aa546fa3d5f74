"""A short quiz that is typed as lines: question; A …; B …; 答案 B (form F13)."""

import re
import unicodedata
from dataclasses import dataclass

LETTERS = "ABCD"
MOST = 5
QUESTION, OPTION = 50, 20
"""Characters of a question and of an option: with four of them they fit the 160 of a WeCom card."""

EXAMPLE = "发布前先做什么？；A 保密审查；B 排版；答案 A"
_PARTS = re.compile(r"\s*[;；|｜]\s*")
_LETTER = re.compile(r"[A-Da-d]\s*[.、:：)）]?\s*")
_RIGHT = re.compile(r"(?:正确)?答案\s*[:：是为]?\s*([A-Da-d])\s*[.。]?", re.ASCII)
_COUNT = re.compile(r"\d{1,2}\s*[.、．)）]\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    options: tuple[str, ...]
    right: str

    @property
    def letters(self) -> str:
        return LETTERS[: len(self.options)]

    def line(self) -> str:
        """As it is typed and kept."""
        told = (f"{letter} {option}" for letter, option in zip(self.letters, self.options, strict=True))
        return "；".join((self.text, *told, f"答案 {self.right}"))


def read(text: str) -> tuple[list[Question], list[str]]:
    """The questions of a text, a line each, and why lines cannot be."""
    lines = [line for line in text.splitlines() if line.strip()]
    found: list[Question] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        question = _question(line)
        if isinstance(question, str):
            wrong.append(f"第 {number} 题{question}")
        else:
            found.append(question)
    if len(lines) > MOST:
        wrong.append(f"最多 {MOST} 题，现在 {len(lines)} 题")
    return found, wrong


def _question(line: str) -> Question | str:
    text, *rest = _PARTS.split(line.strip(" ；;|｜"))
    text = _COUNT.sub("", text, count=1) if _COUNT.match(text) else text
    right = _RIGHT.fullmatch(unicodedata.normalize("NFKC", rest[-1])) if rest else None
    if right is None:
        return f"没有写答案，请写在最后，例：{EXAMPLE}"
    options = tuple(_option(letter, one) for letter, one in zip(LETTERS, rest[:-1], strict=False))
    if not 2 <= len(rest) - 1 <= len(LETTERS) or not all(options) or not text:
        return f"要有题目和 2 至 {len(LETTERS)} 个选项，用分号隔开，例：{EXAMPLE}"
    if len(text) > QUESTION or max(map(len, options)) > OPTION:
        return f"太长：题目最多 {QUESTION} 字，选项最多 {OPTION} 字"
    answer = right[1].upper()
    if answer not in LETTERS[: len(options)]:
        return f"没有 {answer} 这个选项"
    return Question(text, options, answer)


def _option(letter: str, typed: str) -> str:
    """An option without its own letter before it."""
    found = _LETTER.match(typed)
    own = found is not None and found[0][0].upper() == letter and len(found[0]) > 1
    return typed[found.end() :].strip() if found and own else typed.strip()


def right(questions: list[Question], answers: str) -> int:
    """How many of the answers are right."""
    return sum(one.right == given for one, given in zip(questions, answers, strict=False))
