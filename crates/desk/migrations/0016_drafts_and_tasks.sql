-- A draft counts its versions, so that a window that shows an older one overwrites nothing.
alter table draft add column version bigint not null default 1;
-- What is still open in closed cases is looked up each time somebody opens the inbox.
create index task_open on task (done_at, for_whom, case_id);
