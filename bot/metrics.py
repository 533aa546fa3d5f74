"""What /metrics tells: events in, decisions, letters out."""

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

EVENTS = Counter("quanmei_events", "Events by platform and result", ["platform", "result"], registry=REGISTRY)
REFUSED = Counter(
    "quanmei_refused", "Inbound requests not believed, by reason", ["platform", "reason"], registry=REGISTRY
)
BATCH = Histogram(
    "quanmei_dispatch_batch_events",
    "Events that shared one commit",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128),
    registry=REGISTRY,
)
DECISION = Histogram(
    "quanmei_decision_seconds",
    "From the event's arrival to its commit",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
    registry=REGISTRY,
)
LETTERS = Counter("quanmei_letters", "Letters by outcome", ["platform", "kind", "result"], registry=REGISTRY)
DIRECTORY = Counter(
    "quanmei_directory",
    "Readings of a platform's directory by outcome",
    ["platform", "result"],
    registry=REGISTRY,
)
QUEUED = Gauge("quanmei_outbox_queued", "Letters that wait to be sent", registry=REGISTRY)
DEAD = Gauge("quanmei_outbox_dead", "Letters given up", registry=REGISTRY)
OLDEST = Gauge(
    "quanmei_outbox_oldest_seconds",
    "How long the oldest letter has waited for a platform; 0 where none does",
    ["platform"],
    registry=REGISTRY,
)
ALARM = Gauge(
    "quanmei_platform_alarm",
    "1 while an alarm holds: down (nothing goes out) or slow (letters wait too long), and why",
    ["platform", "alarm", "why"],
    registry=REGISTRY,
)
TROUBLE = Gauge(
    "quanmei_platform_trouble",
    "1 while a platform refuses the app a token, or its directory could not be read to the end, and why",
    ["platform", "part", "why"],
    registry=REGISTRY,
)
UNPUBLISHED = Gauge(
    "quanmei_trail_unpublished_seconds",
    "Since when the trail has entries that no posted checkpoint covers; 0 where it has none",
    registry=REGISTRY,
)
TICK = Histogram("quanmei_tick_seconds", "How long a tick's work took", ["what"], registry=REGISTRY)


def render() -> tuple[bytes, str]:
    """The page and its content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
