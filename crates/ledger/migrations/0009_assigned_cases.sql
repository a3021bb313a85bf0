-- The cases whose threads are assigned to this desk's account on the forum, as the forum said last. They attest nothing.
CREATE TABLE assigned_cases (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id)
);
