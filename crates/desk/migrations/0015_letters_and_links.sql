-- A mail can ask for no automatic answer: then the desk by itself writes nothing, and people may.
alter table report add column quiet boolean not null default false;

-- A language that somebody chose stays, whatever a guess says of their words.
alter table report add column locale_chosen boolean not null default false;

-- The link that the form gave, beside the one that a letter brings to the address that was typed there; and when somebody first answered by the latter.
alter table capability add column at_door boolean not null default false;
alter table capability add column answered_at bigint;
