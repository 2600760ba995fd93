-- The numbers count people, not reports: who told us, and of what, without opening the rows with their evidence.

drop index report_received;
create index report_received on report (received_at, first_word_at, first_human_word_at, last_word_at, answered_at, erased_at,
    longest_silence, exposed, reporter_id, told);

-- What people add to the three questions is read in batches of ten. Words of before were written under a form that did not say so:
-- they have no value here, and are never shown.
alter table answer add column words_shown boolean;
