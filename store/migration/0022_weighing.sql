-- +goose Up

-- What a register says about the weights of its interests beyond their tiers: one
-- beside another, or a trade-off. Values are fractions; that of 'than' is how many
-- times as much, 0 where it is not stated.
create table weighing (
	dialogue text not null,
	register integer not null,
	number integer not null check (number >= 0), -- gaps are allowed, the order counts
	part text not null check (part in ('more', 'than', 'gain', 'outweighs')),
	position integer not null check (position >= 0),
	interest text not null,
	value text not null,
	primary key (dialogue, register, number, part, position),
	unique (dialogue, register, number, interest),
	foreign key (dialogue, register) references register (dialogue, number) on delete cascade,
	foreign key (dialogue, interest) references interest (dialogue, id)
);
