-- One text for SQLite (SQLCipher) and PostgreSQL. Portable subset: TEXT, BYTEA, BIGINT.
--   * times are BIGINT: microseconds since 1970-01-01 UTC
--   * ids are TEXT: 32 hexadecimal digits; digests are TEXT in hexadecimal, so that an auditor can read them
--   * BYTEA is a type of PostgreSQL; SQLite takes any word, and keeps bytes in such a column as they are
--   * flags are BIGINT: 0 or 1
--   * `entry` is the index of the event that brought the row: it orders rows and leads back to who and why
--   * `version` counts writes of a row
-- A table marked PERSONAL holds what can name a person or open a file. Its rows are erased when a case is forgotten (wraps:
-- when a file is erased). Everything else is kept for ever and holds ids, digests, times and states only.

-- The events. Rows are added, never changed.
CREATE TABLE chain (
    event_index BIGINT NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    text        TEXT   NOT NULL,
    prev        TEXT   NOT NULL,
    hash        TEXT   NOT NULL
);

-- Which cases an event is about. An index of ours to find events by: it attests nothing, the chain does.
CREATE TABLE event_cases (
    case_id     TEXT   NOT NULL,
    event_index BIGINT NOT NULL,
    PRIMARY KEY (case_id, event_index)
);

-- The end of the chain. One row: whoever writes locks it first, so writers take turns, and a cut-off tail is noticed.
CREATE TABLE chain_head (
    one         BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    event_index BIGINT NOT NULL,
    hash        TEXT   NOT NULL
);
INSERT INTO chain_head (one, event_index, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The current wrapping key. One row.
CREATE TABLE epochs (
    one           BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    epoch         BIGINT NOT NULL,
    rotation_owed BIGINT NOT NULL
);
INSERT INTO epochs (one, epoch, rotation_owed) VALUES (1, 1, 0);

CREATE TABLE customers (
    id TEXT NOT NULL PRIMARY KEY
);

-- PERSONAL. Erased with the customer's last case.
CREATE TABLE customer_details (
    customer_id TEXT   NOT NULL PRIMARY KEY REFERENCES customers (id),
    forum       TEXT   NOT NULL,
    forum_user  BIGINT NOT NULL,
    username    TEXT   NOT NULL,
    name        TEXT,
    email       TEXT
);
-- Not unique: a customer who comes back after being forgotten gets a new id, and the old case may be opened again.
CREATE INDEX customer_details_of_user ON customer_details (forum, forum_user);

CREATE TABLE cases (
    id                 TEXT   NOT NULL PRIMARY KEY,
    forum              TEXT   NOT NULL,
    topic              BIGINT NOT NULL,
    customer_id        TEXT   NOT NULL REFERENCES customers (id),
    tracker            TEXT   NOT NULL,
    ticket_key         TEXT   NOT NULL,
    closed_since       BIGINT,
    closed_how         TEXT,
    read_at            BIGINT,
    doubt_since        BIGINT,
    exposed_since      BIGINT,
    labels             TEXT   NOT NULL,
    opened_at          BIGINT NOT NULL,
    customer_active_at BIGINT NOT NULL,
    probed_at          BIGINT,
    probe_open         BIGINT,
    noticed_at         BIGINT,
    forgotten_at       BIGINT,
    entry              BIGINT NOT NULL,
    version            BIGINT NOT NULL,
    UNIQUE (forum, topic)
);
CREATE INDEX cases_by_entry ON cases (entry);
CREATE INDEX cases_of_customer ON cases (customer_id);
CREATE INDEX cases_remembered ON cases (entry) WHERE forgotten_at IS NULL;

-- PERSONAL. Erased when the case is forgotten.
CREATE TABLE case_details (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    title   TEXT NOT NULL
);

-- PERSONAL. Links to large-file services: whoever knows one can often fetch the file. Erased when the case is forgotten.
CREATE TABLE case_links (
    case_id  TEXT   NOT NULL REFERENCES cases (id),
    url      TEXT   NOT NULL,
    service  TEXT   NOT NULL,
    post     BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    entry    BIGINT NOT NULL,
    PRIMARY KEY (case_id, url)
);

-- Tickets that a thread names.
CREATE TABLE ticket_offers (
    case_id    TEXT   NOT NULL REFERENCES cases (id),
    tracker    TEXT   NOT NULL,
    ticket_key TEXT   NOT NULL,
    noted_at   BIGINT NOT NULL,
    standing   TEXT   NOT NULL,
    entry      BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (case_id, tracker, ticket_key)
);
CREATE INDEX ticket_offers_open ON ticket_offers (entry) WHERE standing = 'offered';

-- When each case's ticket was last read. An index of ours for planning: it attests nothing.
CREATE TABLE ticket_reads (
    case_id TEXT   NOT NULL PRIMARY KEY REFERENCES cases (id),
    read_at BIGINT NOT NULL
);

CREATE TABLE held_files (
    id         TEXT   NOT NULL PRIMARY KEY,
    case_id    TEXT   NOT NULL REFERENCES cases (id),
    mark       TEXT   NOT NULL UNIQUE,
    arrived_at BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    facts      TEXT   NOT NULL,
    entry      BIGINT NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX held_files_of_case ON held_files (case_id, entry);
CREATE INDEX held_files_by_state ON held_files (state, entry);

-- PERSONAL. Erased when the case is forgotten; without the salt the kept digest leads to no known file.
CREATE TABLE file_details (
    file_id TEXT   NOT NULL PRIMARY KEY REFERENCES held_files (id),
    name    TEXT   NOT NULL,
    post    BIGINT NOT NULL,
    upload  TEXT   NOT NULL,
    url     TEXT   NOT NULL,
    salt    BYTEA
);

-- PERSONAL. The sealed keys of files. Erased with the file; what remains is sealed anew when an epoch ends.
CREATE TABLE wraps (
    file_id   TEXT   NOT NULL REFERENCES held_files (id),
    recipient TEXT   NOT NULL,
    epoch     BIGINT NOT NULL,
    sealed    BYTEA  NOT NULL,
    PRIMARY KEY (file_id, recipient)
);

CREATE TABLE holds (
    id        TEXT   NOT NULL PRIMARY KEY,
    scope     TEXT   NOT NULL,
    scope_id  TEXT   NOT NULL,
    owner     TEXT   NOT NULL,
    placed_at BIGINT NOT NULL,
    review_at BIGINT NOT NULL,
    lifted_at BIGINT,
    lifted_by TEXT,
    entry     BIGINT NOT NULL,
    version   BIGINT NOT NULL
);
CREATE INDEX holds_by_entry ON holds (entry);
CREATE INDEX holds_placed ON holds (entry) WHERE lifted_at IS NULL;
CREATE INDEX holds_of_scope ON holds (scope, scope_id);

-- PERSONAL. Erased with what the hold covers.
CREATE TABLE hold_reasons (
    hold_id TEXT NOT NULL PRIMARY KEY REFERENCES holds (id),
    reason  TEXT NOT NULL
);

-- PERSONAL. Names of staff.
CREATE TABLE people (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE requests (
    id          TEXT   NOT NULL PRIMARY KEY,
    case_id     TEXT   NOT NULL REFERENCES cases (id),
    file_id     TEXT   REFERENCES held_files (id),
    asker       TEXT   NOT NULL,
    asker_id    TEXT   NOT NULL,
    channel     TEXT   NOT NULL,
    source      TEXT   NOT NULL,
    received_at BIGINT NOT NULL,
    standing    TEXT   NOT NULL,
    entry       BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (case_id, channel, source)
);
CREATE INDEX requests_by_time ON requests (received_at);
CREATE INDEX requests_unclear ON requests (entry) WHERE standing = 'unclear';

-- PERSONAL. What a member of staff typed when asking at the desk. Erased when the case is forgotten.
CREATE TABLE request_reasons (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES requests (id),
    reason     TEXT NOT NULL
);

CREATE TABLE viewing_copies (
    id          TEXT   NOT NULL PRIMARY KEY,
    file_id     TEXT   NOT NULL REFERENCES held_files (id),
    person_id   TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    ended_at    BIGINT,
    ended_why   TEXT,
    entry       BIGINT NOT NULL,
    version     BIGINT NOT NULL
);
CREATE INDEX viewing_copies_of_file ON viewing_copies (file_id, entry);
CREATE INDEX viewing_copies_open ON viewing_copies (entry) WHERE ended_at IS NULL;

CREATE TABLE receipts (
    id             TEXT   NOT NULL PRIMARY KEY,
    case_id        TEXT   NOT NULL REFERENCES cases (id),
    follows        TEXT   REFERENCES receipts (id),
    files          TEXT   NOT NULL,
    issued_at      BIGINT NOT NULL,
    complete       BIGINT NOT NULL,
    payload_digest TEXT   NOT NULL,
    token          TEXT   NOT NULL UNIQUE,
    message_id     TEXT   NOT NULL UNIQUE,
    closed_at      BIGINT,
    entry          BIGINT NOT NULL,
    version        BIGINT NOT NULL
);
CREATE INDEX receipts_by_entry ON receipts (entry);
CREATE INDEX receipts_of_case ON receipts (case_id, entry);

-- PERSONAL. The signed text names files. Erased when the case is forgotten; its digest stays in `receipts`.
CREATE TABLE receipt_envelopes (
    receipt_id TEXT NOT NULL PRIMARY KEY REFERENCES receipts (id),
    envelope   TEXT NOT NULL
);

-- `at` is when to try next while the state is `waiting`, and when it happened in the other states.
CREATE TABLE outbox (
    receipt_id TEXT   NOT NULL PRIMARY KEY REFERENCES receipts (id),
    channel    TEXT   NOT NULL,
    attempts   BIGINT NOT NULL,
    state      TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    last_fault TEXT
);
CREATE INDEX outbox_waiting ON outbox (at) WHERE state = 'waiting';

CREATE TABLE confirmations (
    receipt_id TEXT   NOT NULL REFERENCES receipts (id),
    answer     TEXT   NOT NULL,
    grade      TEXT   NOT NULL,
    channel    TEXT   NOT NULL,
    source     TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    entry      BIGINT NOT NULL,
    PRIMARY KEY (receipt_id, channel, source)
);

-- Where earlier steps stopped. Written outside the chain: it says nothing about files.
CREATE TABLE marks (
    name TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
);

-- The last run of every job. Written outside the chain, for the same reason.
CREATE TABLE heartbeats (
    job     TEXT   NOT NULL PRIMARY KEY,
    ran_at  BIGINT NOT NULL,
    good_at BIGINT,
    fault   TEXT,
    next_at BIGINT
);
