"""What a card shows after its repaints: its last coat that reached the screen."""

from storage import db
from storage.letters import Letter


async def still_asks(card: Letter) -> bool:
    """Whether a card asks for a decision in the last coat that reached its screen."""
    sql = (
        "SELECT shown_step FROM letters WHERE request = ? AND kind = 'update' AND state = 'sent'"
        " AND target = ? ORDER BY sent_at DESC, id DESC LIMIT 1"
    )
    coat = await db.one(sql, card.request, card.id)
    return coat is None or coat["shown_step"] is not None
