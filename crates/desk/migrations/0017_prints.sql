-- What the messages of a case look like, so that a later one can be compared with them: sharing a trait is only a hint.
create table case_print (
    case_id text not null references cases (id),
    -- A hash of `print`, which may be long.
    mark text not null,
    print text not null,
    -- A report of the case is about it; else it only came with one.
    reported boolean not null,
    primary key (case_id, mark)
);
