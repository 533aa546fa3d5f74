"""The page of /metrics."""

from bot import metrics


def test_the_page_names_every_measure_and_counts() -> None:
    before = metrics.REGISTRY.get_sample_value("quanmei_dispatch_batch_events_count") or 0.0
    metrics.EVENTS.labels("feishu", "done").inc()
    metrics.REFUSED.labels("wecom", "signature").inc()
    metrics.LETTERS.labels("wecom", "send", "sent").inc()
    metrics.TICK.labels("remind").observe(0.01)
    metrics.BATCH.observe(3)
    metrics.DECISION.observe(0.02)
    metrics.QUEUED.set(4)
    metrics.DEAD.set(1)

    page, content_type = metrics.render()

    named = {line.split()[2] for line in page.decode().splitlines() if line.startswith("# TYPE quanmei_")}
    assert content_type.startswith("text/plain")
    assert {name for name in named if not name.endswith("_created")} == {
        "quanmei_events_total",
        "quanmei_refused_total",
        "quanmei_dispatch_batch_events",
        "quanmei_decision_seconds",
        "quanmei_directory_total",
        "quanmei_letters_total",
        "quanmei_outbox_queued",
        "quanmei_outbox_dead",
        "quanmei_outbox_oldest_seconds",
        "quanmei_platform_alarm",
        "quanmei_platform_trouble",
        "quanmei_tick_seconds",
        "quanmei_trail_unpublished_seconds",
    }
    assert metrics.REGISTRY.get_sample_value("quanmei_dispatch_batch_events_count") == before + 1
    assert metrics.REGISTRY.get_sample_value("quanmei_outbox_queued") == 4
