"""What a draft shows next: mistakes, the next question, the form, or the preview."""

from dataclasses import replace

from handlers.drafts import asking, drafting
from handlers.events import Reply
from storage import drafts
from storage.records import Draft

CHANGED = "内容已有改动，请核对最新的预览。"


async def go_on(draft: Draft) -> Reply:
    """Show the next thing."""
    uploads = await drafts.uploads(draft.id)
    draft = await drafting.noted(draft, draft.updated_at)
    draft = await drafting.keep(replace(draft, asking=asking.next_question(draft, uploads)))
    return Reply(template="draft", args={"draft": draft.id})
