-- +goose Up

-- Why the rules of the forum were changed, for everybody, and in which language.
alter table moderation_rules add column text text not null default '';
alter table moderation_rules add column lang text not null default '';
