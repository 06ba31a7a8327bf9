"""The first tables of the base."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE charter_version (
    id VARCHAR(64) NOT NULL,
    label VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    added_at DATETIME NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE company (
    id VARCHAR(36) NOT NULL,
    legal_category VARCHAR(4) NOT NULL,
    created_at DATETIME,
    deleted_at DATETIME,
    legal_name VARCHAR NOT NULL,
    siren VARCHAR(9) NOT NULL,
    siret VARCHAR(14) NOT NULL,
    legal_representative VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    postal_code VARCHAR(5) NOT NULL,
    city VARCHAR NOT NULL,
    commune_code VARCHAR(5) NOT NULL,
    emails JSON NOT NULL,
    phones JSON NOT NULL,
    ape_code VARCHAR(6) NOT NULL,
    ape_nomenclature VARCHAR(8) NOT NULL,
    headcount INTEGER,
    headcount_band VARCHAR(2) NOT NULL,
    website VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    unread JSON NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_company_siren ON company (siren)""",
    """CREATE TABLE local_service (
    id VARCHAR(36) NOT NULL,
    label VARCHAR NOT NULL,
    family VARCHAR NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE attachment (
    id VARCHAR(36) NOT NULL,
    owner_id VARCHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NOT NULL,
    added_at DATETIME NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_attachment_owner_id ON attachment (owner_id)""",
    """CREATE TABLE imported_line (
    id VARCHAR(36) NOT NULL,
    record_id VARCHAR(36) NOT NULL,
    source VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" INTEGER NOT NULL,
    cells JSON NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_imported_line_record_id ON imported_line (record_id)""",
    """CREATE TABLE provider (
    id VARCHAR(36) NOT NULL,
    "references" VARCHAR NOT NULL,
    territory JSON NOT NULL,
    sizes_served JSON NOT NULL,
    listed BOOLEAN NOT NULL,
    hidden_fields JSON NOT NULL,
    withdrawn_on DATE,
    withdrawal_reason VARCHAR NOT NULL,
    created_at DATETIME,
    deleted_at DATETIME,
    legal_name VARCHAR NOT NULL,
    siren VARCHAR(9) NOT NULL,
    siret VARCHAR(14) NOT NULL,
    legal_representative VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    postal_code VARCHAR(5) NOT NULL,
    city VARCHAR NOT NULL,
    commune_code VARCHAR(5) NOT NULL,
    emails JSON NOT NULL,
    phones JSON NOT NULL,
    ape_code VARCHAR(6) NOT NULL,
    ape_nomenclature VARCHAR(8) NOT NULL,
    headcount INTEGER,
    headcount_band VARCHAR(2) NOT NULL,
    website VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    unread JSON NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_provider_siren ON provider (siren)""",
    """CREATE TABLE setting (
    name VARCHAR(64) NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (name)
)""",
    """CREATE TABLE distinct_pair (
    id VARCHAR(36) NOT NULL,
    first_id VARCHAR(36) NOT NULL,
    second_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE INDEX ix_distinct_pair_first_id ON distinct_pair (first_id)""",
    """CREATE INDEX ix_distinct_pair_second_id ON distinct_pair (second_id)""",
    """CREATE TABLE draft (
    kind VARCHAR NOT NULL,
    record_id VARCHAR(36) NOT NULL,
    typed VARCHAR NOT NULL,
    kept_at DATETIME NOT NULL,
    PRIMARY KEY (kind, record_id)
)""",
    """CREATE TABLE search_document (
    id INTEGER NOT NULL,
    record_id VARCHAR(36) NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (record_id)
)""",
    """CREATE INDEX ix_search_document_kind_name ON search_document (kind, name)""",
    """CREATE TABLE journal_action (
    id VARCHAR(36) NOT NULL,
    label VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    clock INTEGER NOT NULL,
    undoes VARCHAR(36),
    undoable BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(undoes) REFERENCES journal_action (id)
)""",
    """CREATE INDEX ix_journal_action_clock ON journal_action (clock)""",
    """CREATE TABLE journal_blob (
    sha256 VARCHAR(64) NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (sha256)
)""",
    """CREATE TABLE accompaniment (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    held_on DATE NOT NULL,
    adviser VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id)
)""",
    """CREATE INDEX ix_accompaniment_company_id ON accompaniment (company_id)""",
    """CREATE TABLE signature (
    id VARCHAR(36) NOT NULL,
    provider_id VARCHAR(36) NOT NULL,
    version_id VARCHAR(64),
    signed_on DATE NOT NULL,
    medium VARCHAR NOT NULL,
    signer VARCHAR NOT NULL,
    capacity VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    cancelled_on DATE,
    cancellation_reason VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(provider_id) REFERENCES provider (id),
    FOREIGN KEY(version_id) REFERENCES charter_version (id)
)""",
    """CREATE INDEX ix_signature_provider_id ON signature (provider_id)""",
    """CREATE TABLE provider_service (
    provider_id VARCHAR(36) NOT NULL,
    service_id VARCHAR(36) NOT NULL,
    "references" VARCHAR NOT NULL,
    criteria VARCHAR NOT NULL,
    PRIMARY KEY (provider_id, service_id),
    FOREIGN KEY(provider_id) REFERENCES provider (id) ON DELETE CASCADE
)""",
    """CREATE INDEX ix_provider_service_service_id ON provider_service (service_id)""",
    """CREATE TABLE removal (
    id VARCHAR(36) NOT NULL,
    provider_id VARCHAR(36) NOT NULL,
    removed_on DATE NOT NULL,
    clauses JSON NOT NULL,
    reason VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    lifted_on DATE,
    lifting_reason VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(provider_id) REFERENCES provider (id)
)""",
    """CREATE INDEX ix_removal_provider_id ON removal (provider_id)""",
    """CREATE TABLE journal_line (
    action_id VARCHAR(36) NOT NULL,
    position INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    subject_id VARCHAR NOT NULL,
    operation VARCHAR NOT NULL,
    changes VARCHAR NOT NULL,
    PRIMARY KEY (action_id, position),
    FOREIGN KEY(action_id) REFERENCES journal_action (id)
)
 WITHOUT ROWID
""",
    """CREATE INDEX ix_journal_line_subject_id ON journal_line (subject_id)""",
    """CREATE TABLE need (
    id VARCHAR(36) NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    accompaniment_id VARCHAR(36) NOT NULL,
    service_id VARCHAR(36) NOT NULL,
    noted_on DATE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(company_id) REFERENCES company (id),
    FOREIGN KEY(accompaniment_id) REFERENCES accompaniment (id)
)""",
    """CREATE INDEX ix_need_company_id ON need (company_id)""",
    """CREATE INDEX ix_need_accompaniment_id ON need (accompaniment_id)""",
    """CREATE TABLE directory_sheet (
    id VARCHAR(36) NOT NULL,
    number VARCHAR NOT NULL,
    company_id VARCHAR(36) NOT NULL,
    accompaniment_id VARCHAR(36) NOT NULL,
    issued_at DATETIME NOT NULL,
    issued_on DATE NOT NULL,
    valid_until DATE NOT NULL,
    adviser VARCHAR NOT NULL,
    criteria JSON NOT NULL,
    layout VARCHAR NOT NULL,
    left_out JSON NOT NULL,
    pdf BLOB NOT NULL,
    pdf_sha256 VARCHAR(64) NOT NULL,
    page_count INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (number),
    FOREIGN KEY(company_id) REFERENCES company (id),
    FOREIGN KEY(accompaniment_id) REFERENCES accompaniment (id)
)""",
    """CREATE INDEX ix_directory_sheet_accompaniment_id ON directory_sheet (accompaniment_id)""",
    """CREATE INDEX ix_directory_sheet_company_id ON directory_sheet (company_id)""",
    """CREATE TABLE sheet_line (
    sheet_id VARCHAR(36) NOT NULL,
    position INTEGER NOT NULL,
    provider_id VARCHAR(36) NOT NULL,
    reason VARCHAR NOT NULL,
    by_hand VARCHAR NOT NULL,
    PRIMARY KEY (sheet_id, position),
    FOREIGN KEY(sheet_id) REFERENCES directory_sheet (id),
    FOREIGN KEY(provider_id) REFERENCES provider (id)
)""",
    """CREATE INDEX ix_sheet_line_provider_id ON sheet_line (provider_id)""",
    """CREATE TABLE hand_over (
    id VARCHAR(36) NOT NULL,
    sheet_id VARCHAR(36) NOT NULL,
    handed_at DATETIME NOT NULL,
    to_whom VARCHAR NOT NULL,
    medium VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(sheet_id) REFERENCES directory_sheet (id)
)""",
    """CREATE INDEX ix_hand_over_sheet_id ON hand_over (sheet_id)""",
    """CREATE VIRTUAL TABLE provider_search
    USING fts5(name, rest, content='', contentless_delete=1, prefix='1 2', tokenize='ascii')""",
    """INSERT INTO provider_search (provider_search, rank) VALUES ('rank', 'bm25(10.0, 1.0)')""",
    """CREATE VIRTUAL TABLE company_search
    USING fts5(name, rest, content='', contentless_delete=1, prefix='1 2', tokenize='ascii')""",
    """INSERT INTO company_search (company_search, rank) VALUES ('rank', 'bm25(10.0, 1.0)')""",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
