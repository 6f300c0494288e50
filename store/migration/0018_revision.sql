-- +goose Up

-- Settings that a program edits say from which state the edit began.
alter table notice_settings add column revision bigint not null default 1; -- counts the changes
