-- How well the premise of a case's message fits the people who got it, as somebody here said it. Points 0, 2, 4, 6 or 8.

create table premise (
    case_id text primary key references cases (id),
    process bigint not null,
    work bigint not null,
    events bigint not null,
    concern bigint not null,
    warned bigint not null,
    said_by text references person (id),
    said_at bigint not null
);
