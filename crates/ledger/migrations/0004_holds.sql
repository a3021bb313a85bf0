-- PERSONAL. What was typed when a hold was lifted. Erased with what the hold covers.
CREATE TABLE lift_reasons (
    hold_id TEXT NOT NULL PRIMARY KEY REFERENCES holds (id),
    reason  TEXT NOT NULL
);

-- What the customer is told of a request that a hold keeps waiting: once for each request. `at` is when to try next while the
-- state is `waiting`, and when it happened in the other states.
CREATE TABLE replies (
    request_id TEXT   NOT NULL PRIMARY KEY REFERENCES requests (id),
    case_id    TEXT   NOT NULL REFERENCES cases (id),
    channel    TEXT   NOT NULL,
    owed_at    BIGINT NOT NULL,
    token      TEXT   NOT NULL UNIQUE,
    message_id TEXT   NOT NULL UNIQUE,
    attempts   BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    last_fault TEXT,
    entry      BIGINT NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX replies_of_case ON replies (case_id, entry);
CREATE INDEX replies_waiting ON replies (at) WHERE state = 'waiting';
CREATE INDEX replies_bounced ON replies (entry) WHERE state = 'bounced';
