-- +goose Up

-- What a package counts at most for a side, in a table of points.
create table written_cap (
	dialogue text not null references written (dialogue) on delete cascade,
	side text not null,
	position integer not null check (position >= 0),
	value text not null,
	primary key (dialogue, side),
	unique (dialogue, position),
	foreign key (dialogue, side) references side (dialogue, id)
);
