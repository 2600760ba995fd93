-- Letters and everything else stand in two queues. Each is read from its own beginning, however long the other is.

drop index job_due;
create index job_due on job (gave_up_at, (kind = 'send'), run_at);
