-- +goose Up

-- What one reader's copy of a page differs by from everybody else's.
create index reaction_member on reaction (dialogue, member, item, mark);
create index translation_rating_member on translation_rating (dialogue, member, item, lang, good);
create index contribution_apart on contribution (dialogue, member) where state <> 'shown';
create index translation_apart on translation (dialogue, member) where hidden = 1;
