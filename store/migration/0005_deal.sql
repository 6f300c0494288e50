-- +goose Up

-- Work done later. It is claimed by a conditional update and held by a lease.
create table job (
	kind text not null check (kind <> ''),
	subject text not null check (subject <> ''), -- what the work is about; each kind has its own
	version text not null, -- of the engine that must do it
	state text not null check (state in ('waiting', 'running', 'done', 'failed')),
	attempt integer not null check (attempt >= 0),
	run_at bigint not null, -- not before
	holder text not null, -- '' unless running
	lease_until bigint not null,
	done bigint not null check (done >= 0),
	total bigint not null check (total >= 0),
	error text not null,
	primary key (kind, subject),
	check ((state = 'running') = (holder <> ''))
);

create index job_open on job (kind, version, run_at) where state in ('waiting', 'running');

-- What was asked: the registers as they stood, word for word. Never changed,
-- but for asked_at, which moves when the same is asked again.
create table deal_question (
	id text not null primary key,
	dialogue text not null references dialogue (id) on delete cascade,
	digest text not null, -- of the snapshot; equal to the dialogue's while nothing has changed
	sha256 text not null, -- of the canonical question
	engine text not null,
	settings text not null, -- JSON
	snapshot text not null, -- a dossier
	asked_at bigint not null,
	unique (dialogue, digest, sha256)
);

create index deal_question_newest on deal_question (dialogue, digest, asked_at);

-- Never changed.
create table deal_answer (
	question text not null primary key references deal_question (id) on delete cascade,
	answer text not null, -- JSON
	answered_at bigint not null
);
