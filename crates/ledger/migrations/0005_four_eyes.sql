-- Members of staff with a key of their own: the public half. The secret half is on a desk, sealed with their passphrase.
CREATE TABLE approvers (
    public_key TEXT   NOT NULL PRIMARY KEY,
    person     TEXT   NOT NULL,
    desk       TEXT   NOT NULL,
    added_at   BIGINT NOT NULL,
    added_by   TEXT   NOT NULL,
    removed_at BIGINT,
    removed_by TEXT,
    entry      BIGINT NOT NULL,
    version    BIGINT NOT NULL
);
-- One key for each person at a time: two keys would be two people.
CREATE UNIQUE INDEX approvers_in_use ON approvers (person) WHERE removed_at IS NULL;

-- Acts that one person proposes and another approves. `scope` says whose data they are about, if anybody's.
CREATE TABLE proposals (
    id         TEXT   NOT NULL PRIMARY KEY,
    act        TEXT   NOT NULL,
    scope      TEXT,
    scope_id   TEXT,
    person     TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    settled    BIGINT NOT NULL,
    standing   TEXT   NOT NULL,
    entry      BIGINT NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX proposals_unsettled ON proposals (entry) WHERE settled = 0;

-- PERSONAL. What was typed when proposing or declining. Erased with what it is about, and without such once it is settled.
CREATE TABLE proposal_reasons (
    proposal_id TEXT   NOT NULL REFERENCES proposals (id),
    declined    BIGINT NOT NULL,
    reason      TEXT   NOT NULL,
    PRIMARY KEY (proposal_id, declined)
);
