"""What signing on screen leaves: sealed documents, their keys, cachets, codes on paper, facts."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE sealed_document (
    id VARCHAR(36) NOT NULL,
    kind VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    subject_id VARCHAR(36) NOT NULL,
    title VARCHAR NOT NULL,
    signer VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    sealed_at DATETIME NOT NULL,
    fingerprint VARCHAR NOT NULL,
    certificate_sha256 VARCHAR(64) NOT NULL,
    pdf BLOB NOT NULL,
    pdf_sha256 VARCHAR(64) NOT NULL,
    page_count INTEGER NOT NULL,
    stamped_at DATETIME,
    corrects_id VARCHAR(36),
    correction_reason VARCHAR NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (number),
    FOREIGN KEY(corrects_id) REFERENCES sealed_document (id)
)""",
    """CREATE INDEX ix_sealed_document_subject_id ON sealed_document (subject_id)""",
    """CREATE TABLE seal_certificate (
    id VARCHAR(64) NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    certificate BLOB NOT NULL,
    chain JSON NOT NULL,
    private_key BLOB,
    device VARCHAR NOT NULL,
    added_at DATETIME NOT NULL,
    retired_at DATETIME,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE signing_session (
    id VARCHAR(36) NOT NULL,
    provider_id VARCHAR(36) NOT NULL,
    state VARCHAR NOT NULL,
    kept_at DATETIME NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (provider_id)
)""",
    """CREATE TABLE stamp (
    id VARCHAR(36) NOT NULL,
    provider_id VARCHAR(36) NOT NULL,
    png BLOB NOT NULL,
    width_mm DOUBLE NOT NULL,
    height_mm DOUBLE NOT NULL,
    added_at DATETIME NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY(provider_id) REFERENCES provider (id)
)""",
    """CREATE INDEX ix_stamp_provider_id ON stamp (provider_id)""",
    """CREATE TABLE paper_charter (
    code VARCHAR(16) NOT NULL,
    provider_id VARCHAR(36) NOT NULL,
    version_id VARCHAR(64) NOT NULL,
    printed_at DATETIME NOT NULL,
    adviser VARCHAR NOT NULL,
    page_count INTEGER NOT NULL,
    PRIMARY KEY (code),
    FOREIGN KEY(provider_id) REFERENCES provider (id),
    FOREIGN KEY(version_id) REFERENCES charter_version (id)
)""",
    """CREATE INDEX ix_paper_charter_provider_id ON paper_charter (provider_id)""",
    """CREATE TABLE incident (
    id VARCHAR(36) NOT NULL,
    provider_id VARCHAR(36) NOT NULL,
    happened_on DATE NOT NULL,
    clauses JSON NOT NULL,
    statement VARCHAR NOT NULL,
    told_by VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    noted_at DATETIME NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY(provider_id) REFERENCES provider (id)
)""",
    """CREATE INDEX ix_incident_provider_id ON incident (provider_id)""",
    """CREATE TABLE signing_stroke (
    session_id VARCHAR(36) NOT NULL,
    signer INTEGER NOT NULL,
    stroke INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    aspect FLOAT NOT NULL,
    tool VARCHAR NOT NULL,
    began INTEGER NOT NULL,
    points VARCHAR NOT NULL,
    PRIMARY KEY (session_id, signer, stroke, chunk),
    FOREIGN KEY(session_id) REFERENCES signing_session (id) ON DELETE CASCADE
)""",
    """CREATE TABLE signing (
    signature_id VARCHAR(36) NOT NULL,
    provider_id VARCHAR(36) NOT NULL,
    signed_at DATETIME,
    place VARCHAR NOT NULL,
    adviser VARCHAR NOT NULL,
    document_id VARCHAR(36),
    scan_id VARCHAR(36),
    PRIMARY KEY (signature_id),
    FOREIGN KEY(signature_id) REFERENCES signature (id),
    FOREIGN KEY(provider_id) REFERENCES provider (id),
    FOREIGN KEY(document_id) REFERENCES sealed_document (id),
    FOREIGN KEY(scan_id) REFERENCES attachment (id)
)""",
    """CREATE INDEX ix_signing_provider_id ON signing (provider_id)""",
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
