-- +goose Up

-- Keys for programs. The secret itself is kept nowhere.
create table token (
	id text not null primary key check (id <> ''),
	person text not null references person (id) on delete cascade,
	digest text not null unique check (digest <> ''),
	name text not null check (name <> ''),
	scopes text not null check (scopes <> '[]'),
	created_at bigint not null,
	expires_at bigint not null, -- 0: never
	used_at bigint not null -- the beginning of that day; 0: never
);

create index token_person on token (person, created_at);

-- What waits to be written to somebody, or was. Once it went out neither the
-- address nor what it said is kept.
create table letter (
	id text not null primary key check (id <> ''),
	dialogue text references dialogue (id) on delete cascade, -- null: of the account or the site
	person text references person (id) on delete cascade, -- whose account it goes with; null: nobody's
	sender text references person (id) on delete cascade, -- who wrote what it says, and was signed in; null: the site, or nobody knows
	address text not null, -- '' where there is none, or none any more
	lang text not null,
	kind text not null check (kind <> ''),
	args text not null, -- JSON object
	state text not null check (state in ('waiting', 'done', 'failed')),
	attempt integer not null check (attempt >= 0),
	run_at bigint not null, -- not before
	held_until bigint not null, -- by whoever sends it just now
	queued_at bigint not null,
	sent_at bigint not null, -- 0: not yet
	error text not null,
	check (state <> 'done' or address = '' and args = '{}')
);

create index letter_open on letter (run_at) where state = 'waiting';
create index letter_newest on letter (queued_at, id);
create index letter_person on letter (person);
create index letter_sender on letter (sender);
create index letter_dialogue on letter (dialogue, queued_at);

-- What the owner says about the site, Markdown.
create table legal_text (
	kind text not null primary key check (kind in ('imprint', 'privacy', 'terms')),
	words text not null,
	changed_at bigint not null
);

-- Answers to creates, for who asks again with the same key.
create table once (
	person text not null references person (id) on delete cascade,
	name text not null check (name <> ''), -- digest of the key
	request text not null, -- digest
	status integer not null check (status >= 0), -- 0: the first is still being answered
	header text not null,
	body text not null,
	begun_at bigint not null,
	primary key (person, name)
);

create index once_begun on once (begun_at);
