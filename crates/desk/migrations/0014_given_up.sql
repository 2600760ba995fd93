-- A letter that was given up stands as undelivered, like one that came back.
update letter set state = 'undelivered' where state = 'queued'
    and id in (select subject from job where kind = 'send' and gave_up_at is not null);
