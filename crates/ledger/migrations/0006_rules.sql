-- PERSONAL. The rules in force: one row. They may name customers, as a manager typed them; kept as names of staff are.
CREATE TABLE adopted_rules (
    one         BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    fingerprint TEXT   NOT NULL,
    book        TEXT   NOT NULL,
    entry       BIGINT NOT NULL
);

-- Own dates: `scope` is 'file' or 'case', and each has one at the most.
CREATE TABLE own_dates (
    scope        TEXT   NOT NULL,
    scope_id     TEXT   NOT NULL,
    end_at       BIGINT NOT NULL,
    given_by     TEXT   NOT NULL,
    given_at     BIGINT NOT NULL,
    withdrawn_at BIGINT,
    withdrawn_by TEXT,
    entry        BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (scope, scope_id)
);

-- PERSONAL. Erased when the case is forgotten.
CREATE TABLE own_date_reasons (
    scope    TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    reason   TEXT NOT NULL,
    PRIMARY KEY (scope, scope_id)
);
