-- +goose Up

-- A matter before the moderators. Its number is a line of the public log. Nothing
-- in it leads to who wrote or who reported.
create table moderation_case (
	dialogue text not null,
	number bigint not null check (number > 0),
	item bigint not null,
	lang text not null, -- a translation of it; '': the original
	why text not null check (why in ('reported', 'newcomer', 'personal')),
	side text not null, -- of the author, when it was opened: a side, 'several' or 'none'
	state text not null check (state in ('open', 'decided', 'appealed')),
	opened_at bigint not null,
	since bigint not null check (since >= opened_at), -- since when it waits, or waited: opened, or appealed
	decided_at bigint not null, -- the first decision that ended it; 0: none yet
	primary key (dialogue, number),
	foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade,
	check (state = 'open' or decided_at > 0)
);

create unique index moderation_case_open on moderation_case (dialogue, item, lang) where state = 'open';
create index moderation_case_waits on moderation_case (dialogue, since, number) where state <> 'decided';
create index moderation_case_item on moderation_case (dialogue, item, lang, number);

-- One of each person for each thing.
create table moderation_report (
	dialogue text not null,
	number bigint not null,
	item bigint not null,
	lang text not null,
	member text, -- null: has left
	reason text not null check (reason <> ''),
	text text not null,
	at bigint not null,
	foreign key (dialogue, number) references moderation_case (dialogue, number) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id)
);

create unique index moderation_report_once on moderation_report (dialogue, item, lang, member) where member is not null;
create index moderation_report_case on moderation_report (dialogue, number);
create index moderation_report_member on moderation_report (dialogue, member);

-- What was decided, step by step. Never changed.
create table moderation_decision (
	dialogue text not null,
	number bigint not null,
	step integer not null check (step > 0),
	verdict text not null check (verdict in ('keep', 'hide', 'remove')),
	final integer not null check (final in (0, 1)), -- 0: a removal that a second moderator has still to agree to
	alone integer not null check (alone in (0, 1)), -- a removal by one, because there was no other
	appeal integer not null check (appeal in (0, 1)), -- it answers an appeal
	reason text not null,
	text text not null,
	lang text not null,
	member text, -- null: has left
	role text not null check (role in ('moderator', 'convener')),
	at bigint not null,
	primary key (dialogue, number, step),
	foreign key (dialogue, number) references moderation_case (dialogue, number) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id),
	check (verdict = 'keep' or reason <> '' and text <> '')
);

create index moderation_decision_member on moderation_decision (dialogue, member);

-- One for each decision.
create table moderation_appeal (
	dialogue text not null,
	number bigint not null,
	step integer not null, -- the decision
	member text, -- null: has left
	text text not null,
	at bigint not null,
	primary key (dialogue, number, step),
	foreign key (dialogue, number, step) references moderation_decision (dialogue, number, step) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id)
);

create index moderation_appeal_member on moderation_appeal (dialogue, member);

create table moderation_sanction (
	dialogue text not null,
	number bigint not null,
	member text not null,
	until bigint not null,
	made_at bigint not null,
	primary key (dialogue, number),
	foreign key (dialogue, number) references moderation_case (dialogue, number) on delete cascade,
	foreign key (dialogue, member) references member (dialogue, id) on delete cascade
);

create index moderation_sanction_member on moderation_sanction (dialogue, member, until);

-- How strictly the forum is kept: the newest row holds. Numbers are those of the
-- public log.
create table moderation_rules (
	dialogue text not null references dialogue (id) on delete cascade,
	number bigint not null check (number > 0),
	premoderate integer not null check (premoderate between 0 and 20),
	slow bigint not null check (slow >= 0), -- microseconds
	slow_until bigint not null,
	member text, -- null: has left
	role text not null check (role in ('moderator', 'convener')),
	at bigint not null,
	primary key (dialogue, number),
	foreign key (dialogue, member) references member (dialogue, id)
);

create index moderation_rules_member on moderation_rules (dialogue, member);
