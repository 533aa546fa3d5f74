"""Whether a draft can be sent as it stands, looked at once more when it is."""

from dataclasses import replace

from handlers.drafts import asking, drafting, offering
from handlers.drafts.flow import CHANGED, go_on
from handlers.events import Click, Reply
from handlers.kinds.process import FILLINGS
from storage import drafts
from storage.records import Draft, Person


async def ready(event: Click, person: Person, draft: Draft) -> Draft | Reply:
    """The draft with what is known of it now, or what stands in its way."""
    filling = FILLINGS[draft.kind]
    uploads = await drafts.uploads(draft.id)
    unfit = asking.missing(draft, uploads) or offering.standing(draft)
    draft = await drafting.noted(draft, event.at)
    if asking.missing(draft, uploads) and not unfit:
        return replace(await go_on(replace(draft, updated_at=event.at)), toast=CHANGED, ok=False)
    if event.version != draft.rev or unfit:
        return Reply(CHANGED, ok=False, template="draft", args={"draft": draft.id})
    if any(upload.state == "fetching" for upload in uploads):
        return Reply("附件还在接收，请稍候几秒再提交。", ok=False)
    why = await filling.check(person, draft, event.at)
    return Reply(why, ok=False) if why else draft
