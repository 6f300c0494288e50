-- +goose Up

-- What is known of the answer while it is looked for, as JSON; '' where nothing is.
alter table job add column known text not null default '';
