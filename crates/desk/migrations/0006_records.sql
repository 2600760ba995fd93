-- Whose data a line of the record is about. Columns that nothing ever read are gone.

alter table audit add column person_id text references person (id);
create index audit_person on audit (person_id, at);

alter table invitation drop column nonce_hash;
alter table invitation drop column usable_at;
alter table api_token drop column last_used_at;
alter table draft drop column saved_at;
alter table capability drop column scope;
