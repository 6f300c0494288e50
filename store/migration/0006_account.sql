-- +goose Up

create table person (
	id text not null primary key check (id <> '')
);
