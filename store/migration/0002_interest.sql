-- +goose Up

create table register (
	dialogue text not null references dialogue (id) on delete cascade,
	number integer not null check (number >= 0), -- gaps are allowed, the order counts
	subject text not null,
	author_side text, -- null where the author is no side
	author_name text not null,
	date text not null,
	source text not null,
	primary key (dialogue, number),
	foreign key (dialogue, subject) references side (dialogue, id),
	foreign key (dialogue, author_side) references side (dialogue, id),
	check (author_side is not null or author_name <> '{}')
);

create table interest (
	dialogue text not null,
	id text not null check (id <> ''),
	register integer not null,
	position integer not null check (position >= 0),
	title text not null,
	note text not null,
	tier text not null check (tier in ('', 'secondary', 'important', 'vital')),
	horizon text not null check (horizon in ('', 'long', 'immediate')),
	primary key (dialogue, id),
	unique (dialogue, register, position),
	foreign key (dialogue, register) references register (dialogue, number) on delete cascade
);

create table counterpart (
	dialogue text not null,
	interest text not null,
	side text not null,
	role_low text not null check (role_low in ('', 'none', 'minor', 'medium', 'important', 'key')),
	role_high text not null check (role_high in ('', 'none', 'minor', 'medium', 'important', 'key')),
	effect text not null check (effect in ('', 'helps', 'hinders', 'potential')),
	priority_low text not null check (priority_low in ('', 'low', 'medium', 'high', 'top')),
	priority_high text not null check (priority_high in ('', 'low', 'medium', 'high', 'top')),
	tone text not null check (tone in ('', 'neutral', 'negative', 'positive')),
	alignment text not null check (alignment in ('', 'parallel', 'opposed', 'mixed')),
	note text not null,
	primary key (dialogue, interest, side),
	foreign key (dialogue, interest) references interest (dialogue, id) on delete cascade,
	foreign key (dialogue, side) references side (dialogue, id),
	check ((role_low = '') = (role_high = '')),
	check ((priority_low = '') = (priority_high = ''))
);
