-- `beside` is the most files seen beside the copy at a time. While it could not be ended, `stays_why` says why it was to end and
-- `stays_fault` what kept it.
ALTER TABLE viewing_copies ADD COLUMN beside BIGINT NOT NULL DEFAULT 0;
ALTER TABLE viewing_copies ADD COLUMN stays_why TEXT;
ALTER TABLE viewing_copies ADD COLUMN stays_fault TEXT;

-- PERSONAL. Why a member of staff opened a file. Erased when the case is forgotten.
CREATE TABLE viewing_reasons (
    copy_id TEXT NOT NULL PRIMARY KEY REFERENCES viewing_copies (id),
    reason  TEXT NOT NULL
);
