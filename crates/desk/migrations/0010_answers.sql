-- A mail to the reply address of one report may come from somebody else: then it is a report of their own, which keeps whose letter
-- it answers and joins that case.
alter table report add column answers text;

-- When a person last answered, apart from every other letter: moving a promise or sending a new link answers nobody.
alter table report add column last_human_word_at bigint;
update report set last_human_word_at = last_word_at where first_human_word_at is not null;
