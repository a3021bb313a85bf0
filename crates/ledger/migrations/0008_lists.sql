-- The lists of erasures and of events: made from the other tables, and made again when they change. They attest nothing.

-- `at` is when a file is erased or becomes due while the stage is `next`, when it began while it is `running`, and when it was
-- proven once it is `done`.
CREATE TABLE erasure_list (
    file_id    TEXT   NOT NULL PRIMARY KEY REFERENCES held_files (id),
    case_id    TEXT   NOT NULL REFERENCES cases (id),
    stage      TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    receipt_id TEXT   REFERENCES receipts (id),
    entry      BIGINT NOT NULL
);
CREATE INDEX erasure_list_by_stage ON erasure_list (stage, at, entry);
CREATE INDEX erasure_list_of_case ON erasure_list (case_id);

CREATE TABLE event_list (
    event_index BIGINT NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    topic       TEXT   NOT NULL,
    actor       TEXT   NOT NULL
);
CREATE INDEX event_list_by_topic ON event_list (topic, event_index);
CREATE INDEX event_list_by_actor ON event_list (actor, event_index);
CREATE INDEX event_list_by_time ON event_list (at);

-- Which receipts were followed is asked for each that left something open.
CREATE INDEX receipts_by_follows ON receipts (follows);

-- The erasures are made with the list of cases: all of it is made once more.
UPDATE case_list_head SET event_index = 0 WHERE one = 1;
