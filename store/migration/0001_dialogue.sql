-- +goose Up

-- Texts in several languages are JSON objects, language to words, keys in
-- alphabetical order; '{}' is no text. Times are microseconds since 1970, UTC.
-- '' in a word of a scale is "not stated".

create table dialogue (
	id text not null primary key check (id <> ''),
	title text not null check (title <> '{}'),
	purpose text not null,
	source text not null,
	host text not null,
	languages text not null,
	as_of text not null,
	kind text not null check (kind in ('live', 'historical', 'invented')),
	rule text not null check (rule in ('public', 'members', 'non-attribution', 'off-the-record')),
	stage text not null check (stage in ('preparing', 'open', 'paused', 'closed')),
	digest text not null, -- of what an analysis reads; moves whenever that changes
	created_at bigint not null,
	changed_at bigint not null
);

create table side (
	dialogue text not null references dialogue (id) on delete cascade,
	id text not null check (id <> ''),
	position integer not null check (position >= 0),
	name text not null,
	primary key (dialogue, id),
	unique (dialogue, position)
);
