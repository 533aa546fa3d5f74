"""python -m tests.simulation: many stories on every core, one story told, or the bugs that must be found."""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.simulation.bugs import BUGS
from tests.simulation.play import Outcome, Stage, drawn, stage
from tests.simulation.shrinking import shrunk
from tests.simulation.token import Token

AT_ONCE = 50
"""Stories that a process plays before it reports."""

ENOUGH = 5
"""Tokens that fail after which nobody needs more."""

WITHIN = 1000
"""Stories within which each bug has to be found."""


def main() -> int:
    """The exit code: 0 where all is well."""
    parser = argparse.ArgumentParser(prog="make sim")
    parser.add_argument("--schedules", type=int, default=1000, help="how many stories")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--token", default="", help="one story, told act by act")
    parser.add_argument("--bugs", action="store_true", help="how many stories each planted bug takes")
    asked = parser.parse_args()
    if asked.token:
        return _told(asked.token)
    return _bugs() if asked.bugs else _many(asked.first, asked.schedules)


def _told(text: str) -> int:
    with stage() as there:
        outcome = there.play(Token.of(text) if ":" in text else drawn(int(text)))
    print("\n".join(outcome.said))
    print("\n".join(outcome.faults) or f"all is well ({outcome.mark})")
    return bool(outcome.faults)


def _many(first: int, count: int) -> int:
    """Progress goes to the error stream, tokens that fail to the output."""
    started, done, failed = time.monotonic(), 0, 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = [range(at, min(at + AT_ONCE, first + count)) for at in range(first, first + count, AT_ONCE)]
        for part in as_completed([pool.submit(_failing, seeds) for seeds in parts]):
            seeds, found = part.result()
            done, failed = done + seeds, failed + len(found)
            rate = done / (time.monotonic() - started)
            print(
                f"\r{done}/{count} stories, {rate:.1f}/s, {failed} fail", end="", file=sys.stderr, flush=True
            )
            for token, fault in found:
                print(f"\nmake sim TOKEN={token}\n  {fault}", flush=True)
            if failed >= ENOUGH:
                pool.shutdown(cancel_futures=True)
                break
    print(file=sys.stderr)
    return bool(failed)


def _failing(seeds: range) -> tuple[int, list[tuple[str, str]]]:
    """How many were played, and the shrunk tokens of those that fail, each with its first fault."""
    with stage() as there:
        played = [there.play(drawn(seed)) for seed in seeds]
        return len(played), [_short(there, one) for one in played if one.faults]


def _short(there: Stage, outcome: Outcome) -> tuple[str, str]:
    token = shrunk(outcome.token, lambda one: there.play(one).faults)
    return token.text, (there.play(token).faults or outcome.faults)[0]


def _bugs() -> int:
    missed = 0
    with stage() as there:
        for name, bug in BUGS.items():
            with bug():
                seeds = (seed for seed in range(WITHIN) if there.play(drawn(seed)).faults)
                found = next(seeds, None)
                missed += found is None
                token = "" if found is None else shrunk(drawn(found), lambda one: there.play(one).faults).text
            told = f"NOT within {WITHIN} stories" if found is None else f"story {found + 1}, TOKEN={token}"
            print(f"{name}: {told}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main())
