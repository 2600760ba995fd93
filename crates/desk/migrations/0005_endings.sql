-- Which outcome each reporter was told, so that nobody hears the same twice, and a word after the end can be the last.

create table ending (
    report_id text primary key references report (id),
    outcome text not null,
    told_at bigint not null
);
insert into ending (report_id, outcome, told_at)
    select e.report_id, c.outcome, max(e.at) from entry e join cases c on c.id = e.case_id
    where e.kind = 'outcome' and e.report_id is not null and c.outcome is not null
    group by e.report_id, c.outcome;

-- The first word is the desk's own letter: a person's word is counted apart.
update report set first_word_at = null where first_word_at = first_human_word_at;

-- Holds all that the numbers ask of a report, with those who still wait, so that they need not open the rows with their evidence.
drop index report_received;
create index report_received on report (received_at, first_word_at, first_human_word_at, last_word_at, answered_at, erased_at,
    longest_silence, exposed);

-- The whole order of the inbox, so that its pages fit together.
drop index cases_order;
create index cases_order on cases (state, exposed desc, next_promise_at, waiting_since, id);
