-- +goose Up

-- What a statement has beside its words (contribution).
create table statement (
	dialogue text not null,
	item bigint not null,
	under bigint not null, -- a problem or an action; 0: none
	table_option text not null, -- "topic/option" of the table; '': none
	closed integer not null check (closed in (0, 1)),
	told_at bigint not null, -- the day on which totals were last told; 0: never yet
	ground integer not null check (ground between 0 and 1000000), -- common ground by what is told, in millionths
	primary key (dialogue, item),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade,
	check (under = 0 or table_option = '')
);

create index statement_under on statement (dialogue, under);

-- A member as somebody who answers, from their first answer on.
create table voter (
	dialogue text not null,
	member text not null,
	grp text not null, -- for whom their answers are counted: a side, several, none, newcomer; '': for nobody
	opinions integer not null check (opinions in (0, 1)), -- they let their opinions be kept
	known integer not null check (known in (0, 1)), -- vetted, or recommended by somebody who was; once known, always
	history integer not null check (history in (0, 1)), -- they keep a list of their own answers
	primary key (dialogue, member),
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

-- One person's answer, and what the last figures of the group hold of it. The row
-- with a choice is the answer; one without is what is left in figures after the
-- answer was withdrawn or went to another group, until they are told anew.
create table vote (
	dialogue text not null,
	item bigint not null,
	member text not null,
	grp text not null, -- in which it is counted; '': in none
	choice text not null check (choice in ('', 'agree', 'disagree', 'pass')),
	matters integer not null check (matters in (0, 1)),
	counts integer not null check (counts in (0, 1)), -- it came by the card
	nonce text not null, -- of the card, spent
	reason bigint not null, -- the contribution that says why; 0: none
	cast_at bigint not null,
	told_choice text not null check (told_choice in ('', 'agree', 'disagree', 'pass')),
	told_matters integer not null check (told_matters in (0, 1)),
	fresh integer not null check (fresh in (0, 1, 2)), -- 0: the figures of the group hold it; 1: it is an answer that no figures held yet; 2: any other difference
	primary key (dialogue, item, member, grp),
	foreign key (dialogue, item) references statement (dialogue, item) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id),
	check (choice <> '' or fresh = 2 and matters = 0 and counts = 0 and nonce = '' and reason = 0 and cast_at = 0),
	check (grp = '' or counts = 1 or choice = ''),
	check (grp <> '' or fresh = 0 and told_choice = ''),
	check (told_choice <> '' or told_matters = 0),
	check (grp = '' or (fresh = 0) = (choice = told_choice and matters = told_matters)),
	check (fresh <> 1 or choice <> told_choice)
);

create unique index vote_own on vote (dialogue, member, item) where choice <> '';
create index vote_fresh on vote (dialogue, item, grp) where fresh > 0;

-- The answers of a group as they stand, so that nobody need count them. Never
-- shown: what is shown is told.
create table tally (
	dialogue text not null,
	item bigint not null,
	grp text not null check (grp <> ''),
	agree integer not null check (agree >= 0),
	disagree integer not null check (disagree >= 0),
	passed integer not null check (passed >= 0),
	matters integer not null check (matters >= 0),
	fresh integer not null check (fresh >= 0), -- of how many people the answer is one that no figures held yet
	primary key (dialogue, item, grp),
	foreign key (dialogue, item) references statement (dialogue, item) on delete cascade
);

-- What is told of a group's answers, one and the same on every way out.
create table told (
	dialogue text not null,
	item bigint not null,
	grp text not null check (grp <> ''),
	agree integer not null,
	disagree integer not null,
	passed integer not null,
	matters integer not null,
	low integer not null check (low between 0 and 1000000), -- of the interval of the share that agrees, in millionths
	high integer not null check (high between low and 1000000),
	times integer not null check (times > 0), -- how often it was told
	told_at bigint not null check (told_at % 86400000000 = 0), -- the day
	primary key (dialogue, item, grp),
	foreign key (dialogue, item) references statement (dialogue, item) on delete cascade,
	check (agree + disagree + passed >= 10)
);

-- What one person expects of another side, and what the last gap holds of it: see
-- vote.
create table expectation (
	dialogue text not null,
	item bigint not null,
	member text not null,
	about text not null,
	grp text not null,
	of10 integer not null check (of10 between -2 and 10), -- -1: would rather not say; -2: withdrawn, or gone to another group
	told10 integer not null check (told10 between -1 and 10), -- -1: not in it
	old integer not null check (old in (0, 1)), -- a gap has held it once
	fresh integer not null check (fresh in (0, 1, 2)),
	said_at bigint not null,
	primary key (dialogue, item, member, about, grp),
	foreign key (dialogue, item) references statement (dialogue, item) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id),
	check (of10 > -2 or fresh = 2 and said_at = 0),
	check (grp <> '' or fresh = 0 and told10 = -1)
);

create unique index expectation_own on expectation (dialogue, member, item, about) where of10 > -2;
create index expectation_group on expectation (dialogue, item, about, grp);
create index expectation_fresh on expectation (dialogue, item, about, grp) where fresh > 0;

-- What is told of a side's expectations of another.
create table told_gap (
	dialogue text not null,
	item bigint not null,
	of_side text not null,
	about text not null,
	n integer not null check (n >= 10),
	total integer not null,
	squares integer not null,
	middle2 integer not null, -- twice the median
	low double precision not null, -- of the interval of the gap
	high double precision not null,
	times integer not null check (times > 0),
	told_at bigint not null check (told_at % 86400000000 = 0),
	primary key (dialogue, item, of_side, about),
	foreign key (dialogue, item) references statement (dialogue, item) on delete cascade
);

-- For which answer a reason was given.
create table reason (
	dialogue text not null,
	item bigint not null,
	statement bigint not null,
	choice text not null check (choice in ('agree', 'disagree', 'pass')),
	primary key (dialogue, item),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade,
	foreign key (dialogue, statement) references statement (dialogue, item) on delete cascade
);

create index reason_statement on reason (dialogue, statement);
