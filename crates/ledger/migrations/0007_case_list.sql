-- The list of cases: made from the other tables, and made again when they change. It attests nothing.
CREATE TABLE case_list (
    case_id   TEXT   NOT NULL PRIMARY KEY REFERENCES cases (id),
    standing  TEXT   NOT NULL,
    files     BIGINT NOT NULL,
    bytes     BIGINT NOT NULL,
    erases_at BIGINT,
    active_at BIGINT NOT NULL,
    entry     BIGINT NOT NULL
);
CREATE INDEX case_list_by_entry ON case_list (entry);
CREATE INDEX case_list_by_activity ON case_list (active_at, entry);
CREATE INDEX case_list_by_erasure ON case_list (erases_at, entry);
CREATE INDEX case_list_by_bytes ON case_list (bytes, entry);
CREATE INDEX case_list_by_standing ON case_list (standing, entry);

-- PERSONAL. What a search looks through. Erased when the case is forgotten.
CREATE TABLE case_words (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    words   TEXT NOT NULL
);

-- Up to which event the list was made. One row.
CREATE TABLE case_list_head (
    one         BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    event_index BIGINT NOT NULL
);
INSERT INTO case_list_head (one, event_index) VALUES (1, 0);

-- What happened since is asked for by its place in the chain.
CREATE INDEX event_cases_by_index ON event_cases (event_index);
