"""Who has gone from a platform: not being in the app's visible scope is not leaving."""

from collections.abc import Collection

from handlers.rules.roll import Memory, Roll, Seen, key

MISSES = 2
"""Whole readings in a row without a member who was listed before: then they are taken to be gone."""

FEW, SHARE = 5, 0.05
"""More than both who vanish together are no leavers: the app's visible scope has become smaller."""


def remember(roll: Roll, memory: Memory, accounts: Collection[str]) -> tuple[Memory, tuple[str, ...], bool]:
    """What to keep of a whole reading, who is taken to be gone, and whether the scope has shrunk.

    Not being in the visible scope is not leaving. Gone is a bound account (`accounts`) that was
    listed before, that two whole readings in a row do not list and the platform says it does not
    know, while the department it was in is still shown.
    """
    platform = roll.platform
    here = {key(platform, account): account for account in accounts}
    now: dict[str, Seen] = {}
    for member in roll.members:
        for account in (member.account, *member.others):
            if key(platform, account) in here:
                now[key(platform, account)] = Seen(member.department)
    unknown = {key(platform, account) for account in roll.unknown}
    missed = {
        account: Seen(seen.department, seen.misses + 1)
        for account, seen in memory.items()
        if account in here
        and account not in now
        and account in unknown
        and seen.department in roll.departments
    }
    kept = {a: seen for a, seen in memory.items() if a in here and a not in now and a not in missed}
    if len(missed) > max(FEW, SHARE * len(memory)):
        return {**memory, **now}, (), True
    gone = tuple(sorted(account for account, seen in missed.items() if seen.misses >= MISSES))
    return {**kept, **missed, **now}, gone, False
