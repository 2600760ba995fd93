-- Estimates and their versions. A version is written once and never changed; `brief` is the page it gave on that day.

create table estimate (
    id text primary key,
    title text not null,
    latest bigint not null,
    made_at bigint not null,
    changed_at bigint not null
);
create index estimate_changed on estimate (changed_at);

create table estimate_version (
    id text primary key,
    estimate_id text not null references estimate (id),
    number bigint not null,
    title text not null,
    scenario text not null,
    fingerprint text not null,
    seed bigint not null,
    years bigint not null,
    note text not null,
    sentence text not null,
    brief text not null,
    made_by text references person (id),
    made_at bigint not null,
    unique (estimate_id, number)
);
create index estimate_version_made on estimate_version (made_at);
