"""How the database can fail, in words of ours."""

from tortoise.exceptions import BaseORMException, DBConnectionError, IntegrityError, OperationalError

DatabaseError = BaseORMException

Unreachable = DBConnectionError
"""It cannot be had at all, or would not commit: whatever is asked next will fail the same way."""

Taken = IntegrityError
"""A key that may stand once stands already: somebody came first, and what they did can be read now."""


class Conflict(OperationalError):
    """Another transaction was in the way: the same again, alone, will do."""
