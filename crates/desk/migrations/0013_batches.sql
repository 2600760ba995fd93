-- A figure about few people moves only in batches: what was known at the end of a full week, frozen once enough people stand behind it.
-- A row without figures is the batch that is still too small to be shown, and says up to where it was looked at.

create table batch (
    kind text not null,
    since_at bigint not null,
    until_at bigint not null,
    figures text,
    primary key (kind, since_at)
);

-- When somebody's report first told of a step of their own. It may be long after the report.
alter table report add column own_step_at bigint;
update report set own_step_at = received_at where told not in ('', 'looked');
create index report_own_step on report (own_step_at, reporter_id);

-- Answers are shown once so many people answered, not so many invitations. The mark of a person stands beside the invitation alone, and only
-- until their answer, and what they added to it, is shown.
alter table invitation add column who text;
alter table invitation add column answered_by text;
alter table invitation add column words_by text;
