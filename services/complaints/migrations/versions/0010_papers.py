"""文书 of cases, their numbers and the words of units; 告知; attachments. Papers are never altered: the database itself refuses it."""

from alembic import op

revision = "0010"
down_revision = "0009"

_PAPERS = """
CREATE TABLE complaints.case_papers (
    bureau varchar(20) NOT NULL, paper varchar(36) NOT NULL, code varchar(36) NOT NULL, kind varchar(30) NOT NULL,
    unit varchar(20) NOT NULL, year integer NOT NULL, number integer NOT NULL, word varchar(30) NOT NULL,
    text varchar(100) NOT NULL, party varchar(20), corrects varchar(36), content bytea NOT NULL,
    content_sha256 varchar(64) NOT NULL, made_at timestamptz NOT NULL, made_by text NOT NULL, person varchar(20),
    pdf_sha256 varchar(64), pdf_size bigint, docx_sha256 varchar(64), docx_size bigint,
    voided_at timestamptz, voided_by text, why text NOT NULL DEFAULT '', PRIMARY KEY (bureau, paper),
    CONSTRAINT uq_case_papers_number UNIQUE (bureau, unit, year, kind, number),
    CONSTRAINT uq_case_papers_text UNIQUE (bureau, text)
)
"""
_COUNTERS = """
CREATE TABLE complaints.paper_counters (
    bureau varchar(20) NOT NULL, unit varchar(20) NOT NULL, year integer NOT NULL, kind varchar(30) NOT NULL,
    last integer NOT NULL, PRIMARY KEY (bureau, unit, year, kind)
)
"""
_WORDS = """
CREATE TABLE complaints.paper_words (
    bureau varchar(20) NOT NULL, unit varchar(20) NOT NULL, word varchar(30) NOT NULL, PRIMARY KEY (bureau, unit),
    CONSTRAINT uq_paper_words_word UNIQUE (bureau, word)
)
"""
_KEPT = """
CREATE FUNCTION complaints.keep_case_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a paper is never taken away';
    END IF;
    IF (to_jsonb(NEW) - ARRAY['pdf_sha256', 'pdf_size', 'docx_sha256', 'docx_size', 'voided_at', 'voided_by', 'why'])
       <> (to_jsonb(OLD) - ARRAY['pdf_sha256', 'pdf_size', 'docx_sha256', 'docx_size', 'voided_at', 'voided_by', 'why'])
       OR (OLD.pdf_sha256 IS NOT NULL AND (NEW.pdf_sha256, NEW.pdf_size, NEW.docx_sha256, NEW.docx_size)
           IS DISTINCT FROM (OLD.pdf_sha256, OLD.pdf_size, OLD.docx_sha256, OLD.docx_size))
       OR (OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by, NEW.why)
           IS DISTINCT FROM (OLD.voided_at, OLD.voided_by, OLD.why)) THEN
        RAISE EXCEPTION 'a paper is never altered';
    END IF;
    RETURN NEW;
END $$
"""
_NOTIFICATIONS = """
CREATE TABLE complaints.case_notifications (
    bureau varchar(20) NOT NULL, notification varchar(36) NOT NULL, code varchar(36) NOT NULL,
    matter varchar(20) NOT NULL, party varchar(20) NOT NULL, event integer NOT NULL, standing boolean NOT NULL,
    decided_at timestamptz NOT NULL, due date, regime varchar(20) NOT NULL, article text NOT NULL,
    unit varchar(20) NOT NULL, handler varchar(20), way varchar(20), told_at timestamptz, told_on date,
    proof text NOT NULL DEFAULT '', received_on date, paper varchar(36), recorded_at timestamptz, recorded_by text,
    PRIMARY KEY (bureau, notification),
    CONSTRAINT uq_case_notifications_once UNIQUE (bureau, code, event, matter, party)
)
"""
_WISHES = """
CREATE TABLE complaints.notification_wishes (
    bureau varchar(20) NOT NULL, code varchar(36) NOT NULL, way varchar(20) NOT NULL, PRIMARY KEY (bureau, code)
)
"""
_ATTACHMENTS = """
CREATE TABLE complaints.case_attachments (
    bureau varchar(20) NOT NULL, cycle varchar(20) NOT NULL, evidence varchar(36) NOT NULL, revision integer NOT NULL,
    status varchar(20) NOT NULL, name text NOT NULL, kind varchar(20) NOT NULL, media_type text NOT NULL,
    size bigint NOT NULL, sha256 varchar(64) NOT NULL, stored_as varchar(36) NOT NULL, owner text NOT NULL,
    reserved_at timestamptz NOT NULL, code varchar(36) NOT NULL, note text NOT NULL DEFAULT '', PRIMARY KEY (evidence)
)
"""


def upgrade() -> None:
    for statement in (_PAPERS, _COUNTERS, _WORDS, _KEPT, _NOTIFICATIONS, _WISHES, _ATTACHMENTS):
        op.execute(statement)
    op.execute("CREATE INDEX ix_case_attachments_case ON complaints.case_attachments (bureau, code)")
    op.execute("CREATE INDEX ix_case_attachments_content ON complaints.case_attachments (bureau, sha256)")
    op.execute("CREATE INDEX ix_case_attachments_owner ON complaints.case_attachments (bureau, cycle, owner, status)")
    op.execute("CREATE INDEX ix_case_attachments_stored ON complaints.case_attachments (stored_as)")
    op.execute("CREATE INDEX ix_case_papers_case ON complaints.case_papers (bureau, code)")
    op.execute(
        "CREATE INDEX ix_case_papers_corrects ON complaints.case_papers (bureau, corrects) WHERE corrects IS NOT NULL"
    )
    op.execute(
        "CREATE TRIGGER keep_case_paper BEFORE UPDATE OR DELETE ON complaints.case_papers"
        " FOR EACH ROW EXECUTE FUNCTION complaints.keep_case_paper()"
    )
    op.execute(
        "CREATE INDEX ix_case_notifications_owed ON complaints.case_notifications (bureau, due)"
        " WHERE told_at IS NULL AND standing"
    )
    op.execute("CREATE INDEX ix_case_notifications_due ON complaints.case_notifications (bureau, due) WHERE standing")
    op.execute(
        "CREATE INDEX ix_case_notifications_paper ON complaints.case_notifications (bureau, paper)"
        " WHERE paper IS NOT NULL"
    )
