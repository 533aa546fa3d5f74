"""Whose a decision is: who took it, and in whose place."""

from cards.view import View
from storage.records import Decision


def author(view: View, decision: Decision) -> str:
    """Whose decision it is, for the record and in the middle of a line: 吴副书记 代 王书记."""
    who = view.name(decision.actor)
    return f"{who} 代 {view.name(decision.principal)}" if decision.principal else who


def whoever(view: View, decision: Decision) -> str:
    """The same to who reads it, as a sentence begins: 您, 您代 王书记 , 吴副书记 代您."""
    who = "您" if decision.actor == view.reader else view.name(decision.actor)
    if not decision.principal:
        return who
    if decision.principal == view.reader:
        return f"{who} 代您"
    return f"{who}{'' if who == '您' else ' '}代 {view.name(decision.principal)} "
