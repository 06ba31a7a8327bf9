"""What follows an accompaniment: conversations, contacts, exchanges, diagnostics, workshops, attestations, reminders.

Two tables of the first schema get columns. They are rebuilt: a column that is never empty has no default in a base that
is made anew, and a migrated base is the same.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW = (
    """CREATE TABLE questionnaire (
    id VARCHAR(64) NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    added_at DATETIME NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE snooze (
    id VARCHAR(36) NOT NULL,
    basket VARCHAR NOT NULL,
    record_id VARCHAR(36) NOT NULL,
    until DATE NOT NULL,
    reason VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    put_off_on DATE NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_snooze_record_id ON snooze (record_id)""",
    """CREATE TABLE workshop (
    id VARCHAR(36) NOT NULL,
    theme VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    service_ids JSON NOT NULL,
    notes VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    created_at DATETIME NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE attestation (
    id VARCHAR(36) NOT NULL,
    number VARCHAR NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    accompaniment_id VARCHAR(36) NOT NULL,
    issued_at DATETIME NOT NULL,
    issued_on DATE NOT NULL,
    adviser VARCHAR NOT NULL,
    held JSON NOT NULL,
    pdf BLOB NOT NULL,
    pdf_sha256 VARCHAR(64) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (number),
    FOREIGN KEY(company_id) REFERENCES company (id),
    FOREIGN KEY(accompaniment_id) REFERENCES accompaniment (id)
)""",
    """CREATE INDEX ix_attestation_company_id ON attestation (company_id)""",
    """CREATE TABLE company_contact (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    emails JSON NOT NULL,
    phones JSON NOT NULL,
    notes VARCHAR NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id)
)""",
    """CREATE INDEX ix_company_contact_company_id ON company_contact (company_id)""",
    """CREATE TABLE exchange (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    kind VARCHAR(7) NOT NULL,
    held_at DATETIME,
    filed_at DATETIME NOT NULL,
    with_whom VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id)
)""",
    """CREATE INDEX ix_exchange_message_id ON exchange (message_id)""",
    """CREATE INDEX ix_exchange_standing ON exchange (company_id, deleted_at, held_at, filed_at)""",
    """CREATE TABLE workshop_session (
    id VARCHAR(36) NOT NULL,
    workshop_id VARCHAR(36) NOT NULL,
    held_on DATE NOT NULL,
    starts VARCHAR(5) NOT NULL,
    ends VARCHAR(5) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(workshop_id) REFERENCES workshop (id)
)""",
    """CREATE INDEX ix_workshop_session_held_on ON workshop_session (held_on)""",
    """CREATE INDEX ix_workshop_session_workshop_id ON workshop_session (workshop_id)""",
    """CREATE TABLE workshop_participant (
    id VARCHAR(36) NOT NULL,
    workshop_id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    position INTEGER NOT NULL,
    person VARCHAR NOT NULL,
    service_ids JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(workshop_id) REFERENCES workshop (id),
    FOREIGN KEY(company_id) REFERENCES company (id)
)""",
    """CREATE INDEX ix_workshop_participant_workshop_id ON workshop_participant (workshop_id)""",
    """CREATE INDEX ix_workshop_participant_company_id ON workshop_participant (company_id)""",
    """CREATE TABLE recommendation (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    accompaniment_id VARCHAR(36) NOT NULL,
    position INTEGER NOT NULL,
    what VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    how VARCHAR NOT NULL,
    priority INTEGER NOT NULL,
    question_id VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id),
    FOREIGN KEY(accompaniment_id) REFERENCES accompaniment (id)
)""",
    """CREATE INDEX ix_recommendation_company_id ON recommendation (company_id)""",
    """CREATE INDEX ix_recommendation_accompaniment_id ON recommendation (accompaniment_id)""",
    """CREATE TABLE follow_up (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    accompaniment_id VARCHAR(36) NOT NULL,
    asked_on DATE NOT NULL,
    adviser VARCHAR NOT NULL,
    helpfulness INTEGER,
    would_advise BOOLEAN,
    remark VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id),
    FOREIGN KEY(accompaniment_id) REFERENCES accompaniment (id)
)""",
    """CREATE INDEX ix_follow_up_company_id ON follow_up (company_id)""",
    """CREATE INDEX ix_follow_up_accompaniment_id ON follow_up (accompaniment_id)""",
    """CREATE TABLE diagnostic (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    accompaniment_id VARCHAR(36) NOT NULL,
    questionnaire_id VARCHAR(64) NOT NULL,
    answered_on DATE NOT NULL,
    answers JSON NOT NULL,
    scores JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id),
    FOREIGN KEY(accompaniment_id) REFERENCES accompaniment (id),
    FOREIGN KEY(questionnaire_id) REFERENCES questionnaire (id)
)""",
    """CREATE INDEX ix_diagnostic_questionnaire_id ON diagnostic (questionnaire_id)""",
    """CREATE INDEX ix_diagnostic_company_id ON diagnostic (company_id)""",
    """CREATE INDEX ix_diagnostic_accompaniment_id ON diagnostic (accompaniment_id)""",
    """CREATE INDEX ix_directory_sheet_issued_on ON directory_sheet (issued_on, company_id)""",
    """CREATE TABLE attendance (
    id VARCHAR(36) NOT NULL,
    workshop_id VARCHAR(36) NOT NULL,
    session_id VARCHAR(36) NOT NULL,
    participant_id VARCHAR(36) NOT NULL,
    medium VARCHAR(6) NOT NULL,
    signed_at DATETIME NOT NULL,
    drawing VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (session_id, participant_id),
    FOREIGN KEY(workshop_id) REFERENCES workshop (id),
    FOREIGN KEY(session_id) REFERENCES workshop_session (id),
    FOREIGN KEY(participant_id) REFERENCES workshop_participant (id)
)""",
    """CREATE INDEX ix_attendance_workshop_id ON attendance (workshop_id)""",
    """CREATE INDEX ix_attendance_participant_id ON attendance (participant_id)""",
    """CREATE INDEX ix_attendance_session_id ON attendance (session_id)""",
)
"""Tables and indexes that were not there."""

REBUILT = (
    """CREATE TABLE rebuilt_accompaniment (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    held_on DATE NOT NULL,
    adviser VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,
    workshop_id VARCHAR(36),
    met JSON NOT NULL,
    next_step VARCHAR NOT NULL,
    next_on DATE,
    next_done_on DATE,
    outcome VARCHAR(13),
    outcome_remark VARCHAR NOT NULL,
    closed_on DATE,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id),
    FOREIGN KEY(workshop_id) REFERENCES workshop (id)
)""",
    """INSERT INTO rebuilt_accompaniment
        (id, company_id, kind, held_on, adviser, notes, summary, met, next_step, outcome_remark)
    SELECT id, company_id, kind, held_on, adviser, notes, '', '[]', '', '' FROM accompaniment""",
    """DROP TABLE accompaniment""",
    """ALTER TABLE rebuilt_accompaniment RENAME TO accompaniment""",
    """CREATE TABLE rebuilt_need (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    accompaniment_id VARCHAR(36) NOT NULL,
    service_id VARCHAR(36) NOT NULL,
    noted_on DATE NOT NULL,
    priority INTEGER NOT NULL,
    state VARCHAR(15) NOT NULL,
    state_on DATE,
    provider_id VARCHAR(36),
    reason VARCHAR NOT NULL,
    settled_on DATE,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id),
    FOREIGN KEY(accompaniment_id) REFERENCES accompaniment (id),
    FOREIGN KEY(provider_id) REFERENCES provider (id)
)""",
    """INSERT INTO rebuilt_need (id, company_id, accompaniment_id, service_id, noted_on, priority, state, reason)
    SELECT id, company_id, accompaniment_id, service_id, noted_on, 2, 'NEW', '' FROM need""",
    """DROP TABLE need""",
    """ALTER TABLE rebuilt_need RENAME TO need""",
    """CREATE INDEX ix_accompaniment_workshop_id ON accompaniment (workshop_id)""",
    """CREATE INDEX ix_accompaniment_standing ON accompaniment (company_id, held_on, outcome, next_on, next_done_on)""",
    """CREATE INDEX ix_accompaniment_company_id ON accompaniment (company_id)""",
    """CREATE INDEX ix_accompaniment_held_on ON accompaniment (held_on, kind, company_id)""",
    """CREATE INDEX ix_need_company_id ON need (company_id)""",
    """CREATE INDEX ix_need_standing ON need (company_id, state, settled_on, service_id, state_on, noted_on)""",
    """CREATE INDEX ix_need_noted_on ON need (noted_on, service_id, accompaniment_id)""",
    """CREATE INDEX ix_need_accompaniment_id ON need (accompaniment_id)""",
)
"""The two that get columns, with their rows and their indexes."""

HANDED = """
    UPDATE need SET state = 'SHEET_HANDED', state_on = (
        SELECT max(date(given.handed_at, '+4 hours')) FROM hand_over AS given
        JOIN directory_sheet AS sheet ON sheet.id = given.sheet_id, json_each(sheet.criteria, '$.service_ids') AS asked
        WHERE sheet.company_id = need.company_id AND asked.value = need.service_id)
    WHERE EXISTS (
        SELECT 1 FROM hand_over AS given
        JOIN directory_sheet AS sheet ON sheet.id = given.sheet_id, json_each(sheet.criteria, '$.service_ids') AS asked
        WHERE sheet.company_id = need.company_id AND asked.value = need.service_id)
"""
"""The needs for which a sheet was handed over before needs had a state."""


def upgrade() -> None:
    connection = op.get_bind()
    for statement in (*NEW, *REBUILT, HANDED):
        connection.exec_driver_sql(statement)
