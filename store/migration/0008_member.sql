-- +goose Up

-- Somebody who takes part in one dialogue, or asked to. Who left or was taken
-- out is a number without a person: nothing here leads back to them.
create table member (
	id text not null primary key check (id <> ''),
	dialogue text not null references dialogue (id) on delete cascade,
	person text references person (id) on delete cascade,
	state text not null check (state in ('asked', 'admitted', 'refused', 'left', 'removed')),
	observer integer not null check (observer in (0, 1)),
	vetted integer not null check (vetted in (0, 1)), -- the convener, or registrars of two sides, said yes to this very person
	pseudonym text, -- chosen, or a number that every reader sees with a word of their own language
	skeleton text, -- equal for pseudonyms that look alike
	mandate text not null, -- '' is in a personal capacity
	asked_at bigint not null,
	joined_at bigint not null, -- 0: not yet
	unique (dialogue, id),
	unique (dialogue, person),
	unique (dialogue, skeleton),
	check ((state in ('left', 'removed')) = (person is null)),
	check ((state in ('left', 'removed', 'refused')) = (pseudonym is null)),
	check ((pseudonym is null) = (skeleton is null)),
	check (state in ('asked', 'admitted') or mandate = '' and vetted = 0),
	check (state <> 'admitted' or joined_at > 0)
);

create index member_person on member (person);

-- The sides that a member declares: one, several, or none. A side that is
-- declared cannot go.
create table member_side (
	dialogue text not null,
	member text not null,
	side text not null,
	primary key (dialogue, member, side),
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade,
	foreign key (dialogue, side) references side (dialogue, id)
);

-- A role of a side is held only by who declares that side.
create table role_grant (
	dialogue text not null,
	member text not null,
	role text not null check (role in ('convener', 'moderator', 'mediator', 'interpreter', 'staff', 'registrar', 'delegate')),
	side text,
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade,
	foreign key (dialogue, member, side) references member_side (dialogue, member, side),
	check ((role in ('registrar', 'delegate')) = (side is not null))
);

create unique index role_grant_of_all on role_grant (dialogue, member, role) where side is null;
create unique index role_grant_of_side on role_grant (dialogue, member, role, side) where side is not null;

-- A name and office that a registrar checked. The proof is kept nowhere.
create table verified (
	dialogue text not null,
	member text not null,
	side text not null, -- whose registrar
	name text not null check (name <> ''),
	office text not null,
	sector text not null check (sector in ('official', 'academic', 'business', 'civil', 'media')),
	checked_at bigint not null,
	primary key (dialogue, member),
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade,
	foreign key (dialogue, member, side) references member_side (dialogue, member, side)
);

-- Which version of the declaration a member agreed to, read in which language.
-- Versions never change, so the words are the declaration's own.
create table agreement (
	dialogue text not null,
	member text not null,
	version integer not null check (version > 0),
	lang text not null check (lang <> ''),
	agreed_at bigint not null,
	primary key (dialogue, member, version),
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

create table consent (
	dialogue text not null,
	member text not null,
	tick text not null check (tick in ('rules', 'opinions', 'publication', 'contact')),
	given_at bigint not null,
	withdrawn_at bigint not null check (withdrawn_at = 0 or withdrawn_at >= given_at), -- 0: it holds
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

create unique index consent_holds on consent (dialogue, member, tick) where withdrawn_at = 0;

-- A registrar's yes to somebody who asked, one row for each side whose
-- registrar they are.
create table approval (
	dialogue text not null,
	member text not null,
	by_member text not null,
	side text not null,
	primary key (dialogue, member, by_member, side),
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade,
	foreign key (dialogue, by_member) references member (dialogue, id) on delete cascade,
	foreign key (dialogue, side) references side (dialogue, id)
);

-- Who recommends whom; nobody but the one who recommends may see it.
create table recommendation (
	dialogue text not null,
	by_member text not null,
	of_member text not null,
	primary key (dialogue, by_member, of_member),
	foreign key (dialogue, by_member) references member (dialogue, id) on delete cascade,
	foreign key (dialogue, of_member) references member (dialogue, id) on delete cascade,
	check (by_member <> of_member)
);

create index recommendation_of on recommendation (dialogue, of_member);

create table invitation (
	id text not null primary key check (id <> ''),
	dialogue text not null references dialogue (id) on delete cascade,
	digest text not null unique check (digest <> ''), -- of the secret
	role text not null check (role in ('participant', 'observer', 'convener', 'moderator', 'mediator', 'interpreter', 'staff', 'registrar', 'delegate')),
	side text,
	note text not null,
	made_for integer not null check (made_for > 0), -- how many at first
	uses integer not null check (uses >= 0 and uses <= made_for), -- how many may still come
	accounts integer not null check (accounts >= 0 and accounts <= made_for), -- how many were made with it
	by_member text, -- null: the owner of the server
	by_side text, -- null: the convener's
	made_at bigint not null,
	expires_at bigint not null check (expires_at > made_at),
	foreign key (dialogue, side) references side (dialogue, id),
	foreign key (dialogue, by_member) references member (dialogue, id) on delete cascade,
	foreign key (dialogue, by_side) references side (dialogue, id),
	check (role not in ('registrar', 'delegate') or side is not null),
	check (by_side is null or role in ('participant', 'observer'))
);

create index invitation_dialogue on invitation (dialogue, made_at);
