-- +goose Up

-- What somebody wrote down about the table of a dialogue. Values are fractions.

create table written (
	dialogue text not null primary key references dialogue (id) on delete cascade,
	roles_set boolean not null,
	role_none text not null,
	role_minor text not null,
	role_medium text not null,
	role_important text not null,
	role_key text not null,
	role_unknown_low text not null,
	role_unknown_high text not null
);

create table written_issue (
	dialogue text not null references written (dialogue) on delete cascade,
	id text not null check (id <> ''), -- a topic's, or its own
	position integer not null check (position >= 0),
	title text not null,
	primary key (dialogue, id),
	unique (dialogue, position)
);

create table written_option (
	dialogue text not null,
	issue text not null,
	id text not null check (id <> ''),
	position integer not null check (position >= 0),
	title text not null,
	primary key (dialogue, issue, id),
	unique (dialogue, issue, position),
	foreign key (dialogue, issue) references written_issue (dialogue, id) on delete cascade
);

create table written_effect (
	dialogue text not null,
	issue text not null,
	option text not null,
	position integer not null check (position >= 0),
	interest text not null,
	value text not null,
	primary key (dialogue, issue, option, interest),
	unique (dialogue, issue, option, position),
	foreign key (dialogue, issue, option) references written_option (dialogue, issue, id) on delete cascade,
	foreign key (dialogue, interest) references interest (dialogue, id)
);

create table written_point (
	dialogue text not null,
	issue text not null,
	option text not null,
	position integer not null check (position >= 0),
	side text not null,
	value text not null,
	primary key (dialogue, issue, option, side),
	unique (dialogue, issue, option, position),
	foreign key (dialogue, issue, option) references written_option (dialogue, issue, id) on delete cascade,
	foreign key (dialogue, side) references side (dialogue, id)
);

create table written_disagreement (
	dialogue text not null references written (dialogue) on delete cascade,
	side text not null,
	position integer not null check (position >= 0),
	value text not null,
	primary key (dialogue, side),
	unique (dialogue, position),
	foreign key (dialogue, side) references side (dialogue, id)
);

-- Options in rules may be derived ones, which stand in no table: '' is none.
create table written_rule (
	dialogue text not null references written (dialogue) on delete cascade,
	number integer not null check (number >= 0),
	option_issue text not null,
	option_id text not null,
	at_least integer not null check (at_least >= 0), -- 0 is all
	side text,
	refuses_issue text not null,
	refuses_id text not null,
	not_below text,
	when_issue text not null,
	when_id text not null,
	note text not null,
	primary key (dialogue, number),
	foreign key (dialogue, side) references side (dialogue, id),
	foreign key (dialogue, not_below) references interest (dialogue, id),
	check ((option_issue = '') = (option_id = '')),
	check ((refuses_issue = '') = (refuses_id = '')),
	check ((when_issue = '') = (when_id = ''))
);

create table written_rule_option (
	dialogue text not null,
	rule integer not null,
	part text not null check (part in ('requires', 'excludes', 'together')),
	position integer not null check (position >= 0),
	issue text not null check (issue <> ''),
	option text not null check (option <> ''),
	primary key (dialogue, rule, part, position),
	foreign key (dialogue, rule) references written_rule (dialogue, number) on delete cascade
);

create table written_rule_effect (
	dialogue text not null,
	rule integer not null,
	position integer not null check (position >= 0),
	interest text not null,
	value text not null,
	primary key (dialogue, rule, interest),
	unique (dialogue, rule, position),
	foreign key (dialogue, rule) references written_rule (dialogue, number) on delete cascade,
	foreign key (dialogue, interest) references interest (dialogue, id)
);

-- An act belongs to a topic, to a named matter or to a written option.
create table act (
	dialogue text not null references dialogue (id) on delete cascade,
	number integer not null check (number >= 0),
	topic text,
	named text,
	issue text,
	option text,
	title text not null,
	by_side text,
	by_name text not null,
	primary key (dialogue, number),
	unique (dialogue, topic),
	unique (dialogue, named),
	unique (dialogue, issue, option),
	foreign key (dialogue, topic) references topic (dialogue, id) on delete cascade,
	foreign key (dialogue, named) references named (dialogue, id) on delete cascade,
	foreign key (dialogue, issue, option) references written_option (dialogue, issue, id) on delete cascade,
	foreign key (dialogue, by_side) references side (dialogue, id),
	check ((issue is null) = (option is null)),
	check (
		topic is not null and named is null and issue is null
		or topic is null and named is not null and issue is null
		or topic is null and named is null and issue is not null
	)
);

create table act_actor (
	dialogue text not null,
	act integer not null,
	side text not null,
	position integer not null check (position >= 0),
	primary key (dialogue, act, side),
	unique (dialogue, act, position),
	foreign key (dialogue, act) references act (dialogue, number) on delete cascade,
	foreign key (dialogue, side) references side (dialogue, id)
);
