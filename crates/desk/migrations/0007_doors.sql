-- What the doors know of a report: whether its writer sent it to us, whether a machine did, and what a key was first used for.

alter table report add column written boolean not null default false;
alter table report add column automatic boolean not null default false;
alter table report add column content_hash text;

-- What the inbox says of a case beside its times: somebody wrote back, somebody did a task, or machines wrote all of it.
alter table cases add column wrote_back boolean not null default false;
alter table cases add column task_done boolean not null default false;
alter table cases add column automatic boolean not null default false;

-- Also says how many people told us of a case, without opening the rows with their evidence.
drop index report_case;
create index report_case on report (case_id, received_at, reporter_id, id);
