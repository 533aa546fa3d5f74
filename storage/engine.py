"""What is asked of a database: statements, transactions, snapshots, savepoints; an engine for each kind.

A statement runs where its task stands: in the transaction that is open there, else by itself. So
whoever reads within a transaction, by fixed SQL or through a model, sees what it wrote.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, ClassVar, Literal

from storage import memo

Row = Mapping[str, Any]


class Session(ABC):
    """Where statements run; raises what `failures` names, nothing of a driver's."""

    over = False
    """Its transaction has ended: a task that was started within and outlives it stands outside."""

    rewritten = False
    """Something of the books was written here, and nobody else knows it yet."""

    @abstractmethod
    async def rows(self, sql: str, args: Sequence[Any] = (), *, large: bool = False) -> list[dict[str, Any]]:
        """All rows of a query, or of a write with RETURNING; `large` where one may take long to hand over."""

    @abstractmethod
    async def run(self, sql: str, args: Sequence[Any] = ()) -> int:
        """Carry out a write; how many rows it touched."""

    @abstractmethod
    async def many(self, sql: str, lines: Sequence[Sequence[Any]]) -> None:
        """The same write for each line, in one trip; all of them or none."""

    def _notice(self, sql: str) -> None:
        """Before each statement: what was known of the books ends where it writes them."""
        if memo.writes_books(sql):
            self.rewritten = True
            memo.forget()

    async def seal(self) -> None:
        """The last statement of a transaction that wrote the books: a new token (`memo`)."""
        if self.rewritten:
            await self.run(memo.seal())

    @abstractmethod
    async def script(self, sql: str) -> None:
        """Several statements in one text."""


_HERE: ContextVar[Session | None] = ContextVar("session", default=None)


class Engine(Session):
    """The one owner of the connections to a database; as a session it runs each statement by itself."""

    dialect: ClassVar[Literal["sqlite", "postgres"]]
    books = memo.Books()

    @abstractmethod
    async def open(self) -> None:
        """Connect; raises Unreachable where that cannot be."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of every connection."""

    @abstractmethod
    def begun(self, *, reading: bool = False) -> AbstractAsyncContextManager[Session]:
        """A transaction: committed at its end, or undone by what is raised within."""

    @abstractmethod
    def native(self, sql: str) -> str:
        """SQL written with `?`, as this database wants it."""

    async def known(self) -> dict[Any, Any]:
        """What this process has read of the books and nobody has written since; one's own where this
        transaction wrote them."""
        session = self.here()
        if session.rewritten:
            return {}
        found = await session.rows(memo.TOKEN)
        if not found:
            return {}
        token = found[0]["value"]
        if token != self.books.token or len(self.books.read) > memo.LARGEST:
            self.books = memo.Books(token)
        return self.books.read

    def here(self) -> Session:
        """Where the statements of this task run."""
        session = _HERE.get()
        return self if session is None or session.over else session

    def transaction(self) -> AbstractAsyncContextManager[None]:
        """Everything within commits together, or not at all; within another one it is a savepoint."""
        return self._entered(reading=False) if self.here() is self else self.savepoint()

    def reading(self) -> AbstractAsyncContextManager[None]:
        """What is read within is of one moment; within a transaction, what that one sees."""
        return self._entered(reading=True) if self.here() is self else nullcontext()

    @asynccontextmanager
    async def _entered(self, *, reading: bool) -> AsyncIterator[None]:
        async with self.begun(reading=reading) as session:
            token = _HERE.set(session)
            try:
                yield
            finally:
                session.over = True
                _HERE.reset(token)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A share of the open transaction that is undone alone when it fails."""
        session = self.here()
        assert session is not self, "a savepoint belongs to a transaction"
        await session.run("SAVEPOINT share")
        try:
            yield
        except BaseException:
            await session.run("ROLLBACK TO SAVEPOINT share")
            await session.run("RELEASE SAVEPOINT share")
            raise
        await session.run("RELEASE SAVEPOINT share")
