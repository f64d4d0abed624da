-- What a task is about, for the machine that made it: told twice, it is made once, and it closes when that is settled.
alter table desk.task add column about text check (length(about) between 3 and 120);
create index task_about on desk.task (about) where about is not null;
