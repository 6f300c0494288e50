-- +goose Up

alter table dialogue add column unlisted integer not null default 0 check (unlisted in (0, 1));
alter table dialogue add column revision bigint not null default 1 check (revision > 0); -- moves with every change of head and settings
alter table side add column revision bigint not null default 0 check (revision >= 0); -- moves with every change of the side's own register

-- What a convener decides, and what everybody is told before joining.
create table settings (
	dialogue text not null primary key references dialogue (id) on delete cascade,
	admission text not null check (admission in ('invitation', 'request', 'open')),
	roster text not null check (roster in ('closed', 'members')),
	budget integer not null check (budget between 0 and 50),
	operator text not null,
	payer text not null,
	country text not null,
	readers text not null,
	keeping text not null,
	limits text not null,
	leaving text not null,
	contact text not null
);

insert into settings (dialogue, admission, roster, budget, operator, payer, country, readers, keeping, limits, leaving, contact)
select id, 'invitation', 'closed', 5, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'
from dialogue;

-- What everybody who takes part agrees to. Never changed.
create table declaration (
	dialogue text not null references dialogue (id) on delete cascade,
	version integer not null check (version > 0),
	text text not null check (text <> '{}'),
	made_at bigint not null,
	primary key (dialogue, version)
);

-- The acts of those who run a dialogue. Never changed; nothing in it leads to
-- anybody who has left, or to a registrar: they approve by side, never by name.
create table journal (
	dialogue text not null references dialogue (id) on delete cascade,
	number bigint not null check (number > 0),
	at bigint not null,
	member text, -- null is the owner, the server itself, or a registrar
	role text not null check (role <> ''),
	sides text not null, -- whose registrar: ids, a space between them
	verb text not null check (verb <> ''),
	what text not null check (what <> ''),
	args text not null, -- JSON object
	primary key (dialogue, number),
	check (case when role = 'registrar' then member is null and sides <> '' else sides = '' end)
);

-- Who had a hand in the words of an interest, where that was done on the site.
create table interest_author (
	dialogue text not null,
	interest text not null,
	person text not null references person (id) on delete cascade,
	primary key (dialogue, interest, person),
	foreign key (dialogue, interest) references interest (dialogue, id) on delete cascade
);

create index interest_author_person on interest_author (person, dialogue);

-- The same for the words that a question about deals has frozen: beside what was
-- asked, never in it.
create table deal_question_author (
	question text not null references deal_question (id) on delete cascade,
	interest text not null,
	person text not null references person (id) on delete cascade,
	primary key (question, interest, person)
);

create index deal_question_author_person on deal_question_author (person);

-- '' while it holds. Where words were removed from it: the question that was
-- asked in its place, or '-' where nothing is left to ask.
alter table deal_question add column superseded_by text not null default '';
