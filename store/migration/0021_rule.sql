-- +goose Up

-- What options give together in a table of points.
create table written_rule_point (
	dialogue text not null,
	rule integer not null,
	position integer not null check (position >= 0),
	side text not null,
	value text not null,
	primary key (dialogue, rule, side),
	unique (dialogue, rule, position),
	foreign key (dialogue, rule) references written_rule (dialogue, number) on delete cascade,
	foreign key (dialogue, side) references side (dialogue, id)
);

-- Conditions of a rule after its first one, which stands in the rule itself.
create table written_rule_when (
	dialogue text not null,
	rule integer not null,
	position integer not null check (position >= 1),
	issue text not null check (issue <> ''),
	option text not null check (option <> ''),
	primary key (dialogue, rule, position),
	foreign key (dialogue, rule) references written_rule (dialogue, number) on delete cascade
);
