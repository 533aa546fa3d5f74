"""A duty is named by what is owed, and one of a name is open at most; what returned requests owe begins."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

NAMED = [
    "UPDATE duties SET name = kind || ':' || request WHERE kind IN ('decide', 'receipt')",
    "UPDATE duties SET name = 'draft:' || draft WHERE kind = 'draft'",
    "UPDATE duties SET name = 'vacancy:' || request WHERE kind = 'vacancy' AND request IS NOT NULL",
    # vacancy:2100:2026-11-23 said since when: the day goes
    """UPDATE duties SET name = 'vacancy:unit:' || substr(name, 9, length(name) - 19)
    WHERE kind = 'vacancy' AND request IS NULL AND name LIKE 'vacancy:%:____-__-__'""",
]
ONCE = [
    """UPDATE duties SET "open" = FALSE, next_at = NULL WHERE kind = 'draft' AND "open" AND NOT EXISTS
    (SELECT 1 FROM drafts f WHERE f.id = duties.draft AND f.state = 'open')""",
    """UPDATE duties SET "open" = FALSE, next_at = NULL WHERE "open" AND id NOT IN
    (SELECT max(id) FROM duties WHERE "open" GROUP BY name)""",
    'CREATE UNIQUE INDEX duties_open_name ON duties (name) WHERE "open"',
]
INDEXES = [  # SQLite makes the table anew without them
    f'CREATE INDEX IF NOT EXISTS "{name}" ON "duties" ({columns})'
    for name, columns in (
        ("idx_duties_request_130b16", '"request"'),
        ("idx_duties_draft_7ce1f2", '"draft"'),
        ("idx_duties_next_at_a767c7", '"next_at"'),
        ("idx_duties_medium_8a90af", '"medium", "kind"'),
    )
]
OWED = [
    # a change whose filing is not recorded yet is owed: the next tick sees where it stands
    """UPDATE duties SET "open" = TRUE, next_at = 0 WHERE kind = 'change' AND NOT "open" AND request IN
    (SELECT id FROM requests WHERE state IN ('in_review', 'returned')) AND NOT EXISTS
    (SELECT 1 FROM duties d WHERE d."open" AND d.name = duties.name)""",
    """INSERT INTO duties
    (name, kind, person, article, request, step, version, since_at, next_at, rung, "open")
    SELECT 'revise:' || r.id, 'revise', r.applicant,
        CASE r.kind WHEN 'BA' THEN '第六条（一）' WHEN 'BG' THEN '第六条（二）' ELSE '第六条（三）1' END,
        r.id, r.step, r.version, r.returned_at, r.returned_at, 0, TRUE
    FROM (SELECT q.*, COALESCE((SELECT max(d.at) FROM decisions d WHERE d.request = q.id), q.step_since_at)
        AS returned_at FROM requests q WHERE q.state = 'returned') r""",
]


class Migration(migrations.Migration):
    dependencies = [("quanmei", "0006_letters")]

    initial = False

    operations = [
        ops.AlterField(model_name="Duty", name="once", field=fields.CharField(max_length=120)),
        ops.RenameField(model_name="Duty", old_name="once", new_name="name"),
        ops.RunSQL([*INDEXES, *NAMED, *ONCE, *OWED]),
    ]
