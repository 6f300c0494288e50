-- +goose Up

-- What a problem or an action has besides its words.
create table matter (
	dialogue text not null,
	item bigint not null,
	sector text not null check (sector in ('', 'official', 'academic', 'business', 'civil', 'media')),
	horizon text not null check (horizon in ('', 'immediate', 'long')),
	status text not null check (status in ('raised', 'common-ground', 'on-the-table', 'agreed', 'done', 'dropped')),
	primary key (dialogue, item),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade
);

create index matter_status on matter (dialogue, status, item);

-- Who would have to do what in an action. Side '' is all of them together.
create table part (
	dialogue text not null,
	item bigint not null,
	position integer not null check (position >= 0),
	side text not null,
	does text not null check (does <> ''),
	primary key (dialogue, item, position),
	unique (dialogue, item, side),
	foreign key (dialogue, item) references matter (dialogue, item) on delete cascade
);

-- Which action answers which problem.
create table answering (
	dialogue text not null,
	action bigint not null,
	problem bigint not null,
	primary key (dialogue, action, problem),
	foreign key (dialogue, action) references matter (dialogue, item) on delete cascade,
	foreign key (dialogue, problem) references matter (dialogue, item) on delete cascade
);

create index answering_problem on answering (dialogue, problem, action);

-- To what of the registers and the table a problem or an action belongs. What a
-- new file no longer has leads nowhere and is left out when read.
create table tie (
	dialogue text not null,
	item bigint not null,
	kind text not null check (kind in ('topic', 'interest', 'option')),
	target text not null check (target <> ''),
	primary key (dialogue, item, kind, target),
	foreign key (dialogue, item) references matter (dialogue, item) on delete cascade
);

create index tie_target on tie (dialogue, kind, target, item);

-- What became of a problem or an action, one row for each change.
create table step (
	dialogue text not null,
	item bigint not null,
	number integer not null check (number > 0),
	status text not null check (status <> ''),
	why text not null,
	lang text not null,
	member text, -- null: found by counting, or whoever said so has left
	at bigint not null,
	primary key (dialogue, item, number),
	foreign key (dialogue, item) references matter (dialogue, item) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id)
);

-- Who agreed, and in which capacity.
create table step_party (
	dialogue text not null,
	item bigint not null,
	number integer not null,
	position integer not null check (position >= 0),
	side text not null, -- '' is somebody who is no side
	who text not null check (who <> ''),
	capacity text not null,
	primary key (dialogue, item, number, position),
	foreign key (dialogue, item, number) references step (dialogue, item, number) on delete cascade
);

-- Where a comment stands in its thread. Path is the numbers of those above it and
-- its own, each of nine digits: in the order of paths an answer stands below what
-- it answers. Digits stand in one order whatever an engine thinks of words.
create table comment (
	dialogue text not null,
	item bigint not null,
	under bigint not null, -- the problem, action or statement; 0: the dialogue
	answers bigint not null, -- the comment that it answers; 0: the thing itself
	depth integer not null check (depth between 0 and 4),
	path text not null check (path <> ''),
	quote_of bigint not null, -- 0: it quotes nobody
	quote_revision integer not null,
	quote_lang text not null, -- of the translation that is quoted; '' for the original
	quote_words text not null, -- '' too where what was quoted is gone for good
	quote_changed integer not null check (quote_changed in (0, 1)),
	primary key (dialogue, item),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade
);

create unique index comment_path on comment (dialogue, under, path, item);
create index comment_answers on comment (dialogue, answers);
create index comment_quote on comment (dialogue, quote_of);

-- How many comments stand under something, so that nobody counts them.
create table thread (
	dialogue text not null references dialogue (id) on delete cascade,
	under bigint not null,
	total integer not null check (total >= 0), -- a line each, whatever may be read of it
	shown integer not null check (shown >= 0),
	last_at bigint not null, -- of the newest that was shown; 0: none
	primary key (dialogue, under)
);
