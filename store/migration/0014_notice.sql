-- +goose Up

-- How closely a member follows something.
create table follow (
	dialogue text not null,
	member text not null,
	item bigint not null check (item >= 0), -- 0: the whole dialogue
	level text not null check (level in ('all', 'answers', 'digest', 'none')),
	primary key (dialogue, member, item),
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

create index follow_item on follow (dialogue, item);

-- Up to which event people were told, in each dialogue.
create table spread (
	dialogue text not null primary key references dialogue (id) on delete cascade,
	event bigint not null
);

-- The number of the newest notice of all. Who tells people holds this row, so
-- that two processes never tell the same.
create table spreading (
	id integer not null primary key check (id = 1),
	last bigint not null
);

insert into spreading (id, last)
values (1, 0);

create index event_hushed on event (dialogue, id) where kind = 'hushed';
create index event_at on event (at);

-- An event as one person hears of it. It holds no words of people and repeats the
-- event, which is forgotten before.
create table notice (
	id bigint not null primary key,
	person text not null references person (id) on delete cascade,
	dialogue text not null,
	member text not null,
	event bigint not null,
	kind text not null check (kind <> ''),
	item bigint not null,
	root bigint not null,
	args text not null,
	at bigint not null,
	why text not null check (why <> ''),
	loud integer not null check (loud in (0, 1)), -- 1: on the bell at once
	unread integer not null check (unread in (0, 1)),
	letter text not null check (letter in ('none', 'waits', 'queued')), -- waits: for the digest
	made_at bigint not null,
	unique (dialogue, member, event),
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

create index notice_person on notice (person, id);
create index notice_bell on notice (person) where unread = 1 and loud = 1;
create index notice_waits on notice (person, made_at) where letter = 'waits';
create index notice_item on notice (dialogue, item);

-- A person's own, for all their dialogues; without a row the usual ones.
create table notice_settings (
	person text not null primary key references person (id) on delete cascade,
	every text not null check (every in ('daily', 'weekly', 'never')),
	hour integer not null check (hour between 0 and 23),
	weekday integer not null check (weekday between 0 and 6), -- 0 is Sunday
	quiet integer not null check (quiet in (0, 1)),
	quiet_from integer not null check (quiet_from between 0 and 23),
	quiet_to integer not null check (quiet_to between 0 and 23),
	letters integer not null check (letters in (0, 1))
);

-- By which a letter can be answered with "no more", without signing in.
create table unsubscribe (
	digest text not null primary key check (digest <> ''),
	person text not null references person (id) on delete cascade,
	until_at bigint not null
);

create index unsubscribe_until on unsubscribe (until_at);

-- By which a program reads feeds in the person's name. The person can look at it
-- again, so it is sealed beside its digest.
create table feed_key (
	person text not null primary key references person (id) on delete cascade,
	digest text not null unique check (digest <> ''),
	sealed text not null check (sealed <> ''),
	made_at bigint not null
);
