"""Files sent to the bot while a draft is open: fetched at once, kept by SHA-256, counted in the digest."""

from collections.abc import Sequence
from dataclasses import replace

from cards.phrases import size
from handlers.drafts import asking, drafting, flow, quota
from handlers.events import Fetched, Message, Reply
from handlers.kinds.process import FILLINGS
from handlers.letters import notify
from handlers.rules import file_names
from storage import drafts, outbox, people
from storage.held import held
from storage.letters import Letter, LetterKind
from storage.records import Draft, Person

MOST = 9
LARGEST = 20 * 1024 * 1024
PROGRAM = "程序、脚本、带宏的文档不转发，请改发文档、图片、音视频或压缩包"
TOO_LARGE = f"超过 {size(LARGEST)}，请压缩或分成几份再发，大的视频可以只写链接"
EMPTY = "文件是空的（0 字节），请检查后重新发送"
NOT_BROUGHT = "没能从平台取到，请重新发送"
NOT_KEPT = "取到后没有保存成功，请重新发送"
"""Why a file is not there, each with what its sender can do about it."""

_WORDS = {"image": "图片", "video": "视频"}
"""What pictures and videos are called that come without a name."""


async def received(event: Message, person: Person) -> Reply:
    """Files in a private chat: the courier is asked to bring them before the platform forgets them."""
    waiting = await drafting.open_drafts(person.id)
    if not waiting:
        return Reply(
            "收到文件，但您没有正在填写的稿件或申请。请先发 /发布、/备案 或 /变更，再发一次文件。", ok=False
        )
    if full := await quota.more_files(event, person):
        return Reply(full, ok=False)
    draft = waiting[0]
    kept = await drafts.uploads(draft.id)
    if len(kept) + len(event.files) > MOST:
        thing = FILLINGS[draft.kind].form.thing
        return Reply(f"一份{thing}最多 {MOST} 个附件，已有 {len(kept)} 个，这次的没有收下。", ok=False)
    if programs := [file_names.cleaned(file.name) for file in event.files if file_names.barred(file.name)]:
        return Reply(f"“{'”“'.join(programs)}”没有收下：{PROGRAM}。", ok=False)
    letters = []
    names = _names([upload.kind for upload in kept], [file.kind for file in event.files])
    for file, unnamed in zip(event.files, names, strict=True):
        name = file_names.cleaned(file.name)
        name = unnamed if name in ("", *_WORDS.values()) else name
        upload = await drafts.add_upload(draft.id, name, file.kind)
        args = {
            "upload": upload.id,
            "key": file.key,
            "name": file.name,
            "kind": file.kind,
            "message": file.message,
        }
        letters.append(
            Letter(
                id=outbox.new_id(event.at),
                kind=LetterKind.FETCH,
                platform=event.platform,
                person=person.id,
                account=event.accounts[0],
                template="",
                args=args,
                created_at=event.at,
                urgent=True,
            )
        )
    await outbox.put(letters)
    draft = drafting.answered_by_file(draft)
    await drafting.keep(replace(draft, rev=draft.rev + 1, updated_at=event.at, platform=event.platform))
    return Reply()


def _names(kept: Sequence[str], new: Sequence[str]) -> list[str]:
    """图片1、图片2 for what comes without a name, counted on from what is there."""
    kinds = [*kept, *new]
    return [
        f"{_WORDS.get(kind, '文件')}{kinds[: place + 1].count(kind)}"
        for place, kind in enumerate(kinds)
        if place >= len(kept)
    ]


async def fetched(event: Fetched) -> Reply:
    """The file is here, or cannot be had: keep it, tell its sender, show the draft anew."""
    known = await drafts.upload(event.upload)
    draft = (await held(draft=known.draft)).draft if known else None
    upload = await drafts.upload(event.upload)
    person = await people.get(draft.person) if draft else None
    if upload is None or draft is None or person is None or upload.state != "fetching":
        return Reply()
    if draft.state != "open":
        await drafts.upload_failed(upload.id)
        return Reply()
    why = event.error or _unfit(upload.name, event.content)
    same = "" if why else await drafts.kept_as(draft.id, event.sha256)
    if same:
        await drafts.upload_failed(upload.id)
        text = f"“{upload.name}”与已收到的“{same}”内容相同，只收一份。"
        await notify.tell([replace(person, last_platform=draft.platform)], "say", {"text": text}, event.at)
        return await _show(draft, person, event)
    if why:
        await drafts.upload_failed(upload.id)
    else:
        await drafts.fetched(upload.id, event.sha256, event.content, event.media_type, event.at)
    receiver = replace(person, last_platform=draft.platform)
    await notify.tell([receiver], "file", {"upload": upload.id, "why": why}, event.at)
    return await _show(draft, person, event)


def _unfit(name: str, content: bytes) -> str:
    if not content:
        return EMPTY
    if file_names.barred(name, content):
        return PROGRAM
    return "" if len(content) <= LARGEST else TOO_LARGE


async def _show(draft: Draft, person: Person, event: Fetched) -> Reply:
    """Once the last file is here, the next question or the preview comes by itself."""
    uploads = await drafts.uploads(draft.id)
    if any(upload.state == "fetching" for upload in uploads):
        return Reply()
    draft = replace(draft, rev=draft.rev + 1, updated_at=event.at)
    reply = await flow.go_on(draft)
    if asking.next_question(draft, uploads) or not asking.missing(draft, uploads):
        receiver = replace(person, last_platform=draft.platform)
        await notify.tell([receiver], reply.template, reply.args, event.at)
    return Reply()
