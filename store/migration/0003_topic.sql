-- +goose Up

create table topic (
	dialogue text not null references dialogue (id) on delete cascade,
	id text not null check (id <> ''),
	position integer not null check (position >= 0),
	title text not null,
	relation text not null check (relation in ('shared', 'opposed', 'complementary', 'one-sided')),
	author_side text,
	author_name text not null,
	date text not null,
	divisible boolean not null,
	minimum integer not null check (minimum >= 0), -- 0 is all holders
	primary key (dialogue, id),
	unique (dialogue, position),
	foreign key (dialogue, author_side) references side (dialogue, id)
);

create table topic_interest (
	dialogue text not null,
	topic text not null,
	interest text not null,
	position integer not null check (position >= 0),
	primary key (dialogue, topic, interest),
	unique (dialogue, topic, position),
	foreign key (dialogue, topic) references topic (dialogue, id) on delete cascade,
	foreign key (dialogue, interest) references interest (dialogue, id)
);

create table topic_affects (
	dialogue text not null,
	topic text not null,
	position integer not null check (position >= 0),
	name text not null check (name <> '{}'),
	primary key (dialogue, topic, position),
	foreign key (dialogue, topic) references topic (dialogue, id) on delete cascade
);

create table topic_camp (
	dialogue text not null,
	topic text not null,
	camp integer not null check (camp >= 0),
	position integer not null check (position >= 0),
	interest text not null,
	primary key (dialogue, topic, interest),
	unique (dialogue, topic, camp, position),
	foreign key (dialogue, topic, interest) references topic_interest (dialogue, topic, interest) on delete cascade
);

create table topic_share (
	dialogue text not null,
	topic text not null,
	interest text not null,
	position integer not null check (position >= 0),
	part text not null, -- a fraction
	primary key (dialogue, topic, interest),
	unique (dialogue, topic, position),
	foreign key (dialogue, topic, interest) references topic_interest (dialogue, topic, interest) on delete cascade
);

create table named (
	dialogue text not null references dialogue (id) on delete cascade,
	id text not null check (id <> ''),
	position integer not null check (position >= 0),
	title text not null,
	named_as text not null check (named_as in ('quick-win', 'prerequisite', 'sphere', 'ask')),
	by_side text,
	by_name text not null,
	of_side text,
	detail text not null,
	primary key (dialogue, id),
	unique (dialogue, position),
	foreign key (dialogue, by_side) references side (dialogue, id),
	foreign key (dialogue, of_side) references side (dialogue, id)
);
