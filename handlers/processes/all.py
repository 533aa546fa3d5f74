"""The processes of the Measures; importing this enters them."""

from handlers.kinds.process import PROCESSES, enter
from handlers.processes import (
    authorisation,
    case_parts,
    change,
    deregister,
    dispatch,
    dispatch_shot,
    disposing,
    filing,
    impersonation,
    impersonation_added,
    inspection,
    inspection_media,
    inspection_parts,
    interpret,
    inventory,
    licence,
    personal,
    powers,
    publish,
    rectify,
    systems,
    topic,
    topic_filed,
    training,
)

__all__ = ["PROCESSES"]

enter(filing.PROCESS, change.PROCESS, publish.PROCESS, topic.PROCESS)
enter(deregister.PROCESS, deregister.PROOF_GIVEN)
enter(inventory.PROCESS, inventory.FILLING)
enter(personal.PROCESS, licence.PROCESS, authorisation.PROCESS, systems.PROCESS, training.PROCESS)
enter(dispatch.PROCESS, dispatch_shot.SHOT_GIVEN)
enter(rectify.PROCESS, rectify.REPLY_GIVEN)
enter(disposing.PROCESS, case_parts.PLEADED, case_parts.DISPOSED_OF, case_parts.REVIEWED_AGAIN)
enter(interpret.PROCESS, interpret.ANSWERED)
enter(
    impersonation.PROCESS,
    impersonation_added.CONFIRMED_BY_UNIT,
    impersonation_added.COMPLAINT_FILED,
    impersonation_added.CASE_CLOSED,
)
enter(
    inspection.PROCESS,
    inspection_media.MEDIA_TOLD,
    inspection_parts.SPOKEN,
    inspection_parts.MORE,
    inspection_parts.RECOUNTED,
    inspection_parts.SETTLED_NOW,
)
enter(topic_filed.FILED_OUTSIDE)
enter(powers.PROCESS, powers.CONFIRMED)
