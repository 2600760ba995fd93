-- The name that came with a report. Where nobody vouches for the sender it says nothing about the person, and stays here.

alter table report add column reporter_name text not null default '';
