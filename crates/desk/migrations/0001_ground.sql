-- One text for SQLite and PostgreSQL. Ids are UUIDv7 as text, moments are UTC microseconds.

create table secret (name text primary key, value text not null);

create table person (
    id text primary key,
    address text unique,
    name text not null,
    locale text not null,
    role text,
    password text,
    created_at bigint not null,
    disabled_at bigint,
    erased_at bigint
);

create table setup_link (
    token_hash text primary key,
    person_id text references person (id),
    role text not null,
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create table session (
    token_hash text primary key,
    person_id text not null references person (id),
    form_token text not null,
    made_at bigint not null,
    expires_at bigint not null
);
create index session_person on session (person_id);

create table cases (
    id text primary key,
    number bigint not null unique,
    title text not null,
    state text not null,
    owner_id text references person (id),
    opened_at bigint not null,
    closed_at bigint,
    outcome text,
    outcome_words text,
    reports bigint not null,
    exposed boolean not null,
    -- 9223372036854775807: nothing is due, nobody waits; both engines sort it last.
    next_promise_at bigint not null,
    waiting_since bigint not null,
    changed_at bigint not null
);
create index cases_order on cases (state, exposed desc, next_promise_at, waiting_since);
create index cases_changed on cases (changed_at);

create table report (
    id text primary key,
    case_id text references cases (id),
    reporter_id text references person (id),
    anonymous boolean not null,
    door text not null,
    kind text not null,
    told text not null,
    words text not null,
    locale text not null,
    vouched text not null,
    answerable boolean not null,
    raw_key text,
    raw_name text,
    dedupe_key text unique,
    received_at bigint not null,
    understood_at bigint,
    exposed boolean not null,
    verdict text,
    subject text not null,
    sender text not null,
    evidence text,
    first_word_at bigint,
    first_human_word_at bigint,
    last_word_at bigint,
    last_reporter_word_at bigint,
    answered_at bigint,
    longest_silence bigint not null,
    link_serial bigint not null,
    erased_at bigint
);
create index report_case on report (case_id, received_at);
create index report_reporter on report (reporter_id, received_at);
-- Holds all that the numbers ask of a report, so that they need not open the rows with their evidence.
create index report_received on report (received_at, first_word_at, first_human_word_at, longest_silence, exposed);
create index report_open on report (answered_at, received_at);

create table case_trait (
    trait text not null,
    case_id text not null references cases (id),
    seen_at bigint not null,
    primary key (trait, case_id)
);
-- Finds the newest case of a lure without reading all that share a common trait.
create index case_trait_newest on case_trait (trait, seen_at, case_id);

create table entry (
    id text primary key,
    case_id text not null references cases (id),
    report_id text references report (id),
    at bigint not null,
    source text not null,
    author_id text references person (id),
    visibility text not null,
    kind text not null,
    body text not null
);
create index entry_case on entry (case_id, at);
create index entry_report on entry (report_id, at);

create table promise (
    id text primary key,
    case_id text not null references cases (id),
    report_id text not null references report (id),
    what text not null,
    by_at bigint not null,
    made_at bigint not null,
    kept_at bigint,
    moved_at bigint,
    moved_to text,
    moved_reason text,
    warned_at bigint
);
create index promise_open on promise (kept_at, moved_at, by_at);
create index promise_made on promise (made_at, kept_at, moved_at, by_at);
create index promise_case on promise (case_id);
create index promise_report on promise (report_id);

create table task (
    id text primary key,
    case_id text not null references cases (id),
    report_id text references report (id),
    for_whom text not null,
    ask text not null,
    why text not null,
    minutes bigint,
    made_at bigint not null,
    made_by text references person (id),
    done_at bigint,
    help_asked_at bigint
);
create index task_case on task (case_id);
create index task_report on task (report_id);

create table file (
    id text primary key,
    report_id text not null references report (id),
    raw_key text not null,
    name text not null,
    media_type text not null,
    size bigint not null,
    added_at bigint not null
);
create index file_report on file (report_id);

create table letter (
    id text primary key,
    report_id text references report (id),
    case_id text references cases (id),
    to_person text references person (id),
    to_address text not null,
    kind text not null,
    locale text not null,
    subject text not null,
    body text not null,
    robot boolean not null,
    author_id text references person (id),
    override_reason text,
    findings text not null,
    message_id text not null unique,
    in_reply_to text,
    reply_to text,
    made_at bigint not null,
    state text not null,
    sent_at bigint
);
create index letter_report on letter (report_id, made_at);
create index letter_state on letter (state, made_at);

create table draft (
    case_id text not null references cases (id),
    report_id text not null references report (id),
    author_id text not null references person (id),
    body text not null,
    saved_at bigint not null,
    primary key (report_id, author_id)
);

create table capability (
    token_hash text primary key,
    report_id text not null references report (id),
    scope text not null,
    made_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint
);
create index capability_report on capability (report_id);

create table invitation (
    token_hash text primary key,
    made_at bigint not null,
    usable_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    nonce_hash text
);
create index invitation_made on invitation (made_at);

create table answer (
    id text primary key,
    month text not null,
    respected bigint not null,
    know_what_to_do bigint not null,
    would_report_again bigint not null,
    words text not null
);
create index answer_month on answer (month);

-- Mails taken in as replies, so that one handed over twice counts once.
create table taken (key text primary key, at bigint not null);

create table api_token (
    token_hash text primary key,
    name text not null,
    made_at bigint not null,
    made_by text references person (id),
    revoked_at bigint,
    last_used_at bigint
);

create table job (
    id text primary key,
    kind text not null,
    subject text not null,
    uniq text unique,
    run_at bigint not null,
    made_at bigint not null,
    attempts bigint not null,
    locked_until bigint,
    last_problem text,
    gave_up_at bigint
);
create index job_due on job (gave_up_at, run_at);

create table audit (
    id text primary key,
    at bigint not null,
    who_id text references person (id),
    what text not null,
    about text not null
);
create index audit_at on audit (at);

create table sequence (name text primary key, value bigint not null);
insert into sequence (name, value) values ('case', 0);
