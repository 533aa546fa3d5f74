"""The operations on a chain, in the order in which /帮助 lists them: each is one line of the table."""

from handlers.cases.acting import Operation
from handlers.cases.handing_on import TRANSFER
from handlers.cases.inviting import INVITING
from handlers.cases.saying import SAYING
from handlers.cases.stewarding import STEWARDING
from handlers.cases.undoing import UNDOING

OPERATIONS: tuple[Operation, ...] = (TRANSFER, *INVITING, *UNDOING, *SAYING, *STEWARDING)
