-- Who made a set-up link: it ends with their right to invite. Empty for the command line and for older links.
alter table setup_link add column made_by text references person (id);
