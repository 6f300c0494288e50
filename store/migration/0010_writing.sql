-- +goose Up

-- What people write in a dialogue, whatever it is: one series of numbers. What
-- only one kind has stands in the table of that kind.
create table contribution (
	dialogue text not null references dialogue (id) on delete cascade,
	id bigint not null check (id > 0),
	kind text not null check (kind in ('problem', 'action', 'comment', 'statement', 'reason')),
	state text not null check (state in ('held', 'shown', 'hidden', 'withdrawn', 'removed')),
	member text, -- null: who wrote it has left, or is not to be named
	lang text not null check (lang <> ''),
	title text not null,
	body text not null, -- Markdown
	html text not null, -- body as it was rendered when it was written
	revision integer not null check (revision > 0),
	root bigint not null, -- the problem, action or statement that it belongs to, itself for those; 0: the dialogue
	made_at bigint not null,
	edited_at bigint not null, -- 0: never
	shown_at bigint not null, -- when others could first read it; 0: not yet
	before text not null, -- the state from which its author withdrew it; '' where nobody did
	-- What is counted of it when something changes, so that reading counts nothing.
	helpful integer not null default 0,
	unclear integer not null default 0,
	unsourced integer not null default 0,
	bridge bigint not null default 0, -- forum.Bridging, in millionths of a millionth
	need bigint not null default 0, -- forum.Need
	primary key (dialogue, id),
	foreign key (dialogue, member) references member (dialogue, id),
	check ((state = 'withdrawn') = (before <> '')),
	check (state <> 'removed' or title = '' and body = '' and html = '')
);

create index contribution_kind on contribution (dialogue, kind, id);
create index contribution_kind_bridge on contribution (dialogue, kind, bridge desc, id);
create index contribution_kind_need on contribution (dialogue, kind, need desc, id);
create index contribution_root on contribution (dialogue, root, kind, id);
create index contribution_root_bridge on contribution (dialogue, root, kind, bridge desc, id);
create index contribution_root_need on contribution (dialogue, root, kind, need desc, id);
create index contribution_member on contribution (dialogue, member, made_at);

-- Earlier words. The newest stand in contribution.
create table revision (
	dialogue text not null,
	item bigint not null,
	number integer not null check (number > 0),
	lang text not null,
	title text not null,
	body text not null,
	made_at bigint not null,
	primary key (dialogue, item, number),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade
);

create table tag (
	dialogue text not null,
	item bigint not null,
	word text not null check (word <> ''), -- as it was written, folded
	primary key (dialogue, item, word),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade
);

create index tag_word on tag (dialogue, word, item);

create table reaction (
	dialogue text not null,
	item bigint not null,
	member text not null,
	mark text not null check (mark in ('helpful', 'unclear', 'needs-source')),
	primary key (dialogue, item, member, mark),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

-- A contribution in another language: one for each language, the newest counts.
create table translation (
	dialogue text not null,
	item bigint not null,
	lang text not null check (lang <> ''),
	member text, -- null: who translated has left
	of integer not null check (of > 0), -- the revision of the original
	title text not null,
	body text not null,
	html text not null,
	hidden integer not null check (hidden in (0, 1)),
	made_at bigint not null,
	good integer not null default 0, -- how many found it true to the original, counted when they say so
	bad integer not null default 0,
	primary key (dialogue, item, lang),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id)
);

create table translation_rating (
	dialogue text not null,
	item bigint not null,
	lang text not null,
	member text not null,
	good integer not null check (good in (0, 1)),
	primary key (dialogue, item, lang, member),
	foreign key (dialogue, item, lang) references translation (dialogue, item, lang) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

create table draft (
	dialogue text not null,
	member text not null,
	place text not null check (place <> ''),
	fields text not null,
	saved_at bigint not null,
	primary key (dialogue, member, place),
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

-- What happened, for bells, letters, feeds and open pages. It holds no words of
-- people; it is forgotten after 90 days.
create table event (
	dialogue text not null references dialogue (id) on delete cascade,
	id bigint not null check (id > 0),
	kind text not null check (kind <> ''),
	item bigint not null, -- 0: the dialogue itself
	root bigint not null,
	by_member text,
	to_member text,
	args text not null,
	at bigint not null,
	primary key (dialogue, id),
	foreign key (dialogue, by_member) references member (dialogue, id),
	foreign key (dialogue, to_member) references member (dialogue, id)
);

create index event_root on event (dialogue, root, id);
