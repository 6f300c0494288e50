-- +goose Up

-- When somebody last took an answer back: cards served before that are spent.
alter table voter add column withdrew_at bigint not null default 0;
