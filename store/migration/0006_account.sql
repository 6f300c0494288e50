-- +goose Up

-- Somebody with an account. Whatever belongs to a person goes with this row.
create table person (
	id text not null primary key check (id <> ''),
	name text not null unique check (name <> ''), -- to sign in with; folded; nobody else sees it
	lang text not null check (lang <> ''),
	zone text not null check (zone <> ''),
	email text not null, -- as they wrote it; '' where there is none
	email_folded text unique check (email_folded <> ''), -- null until confirmed
	owner integer not null check (owner in (0, 1)),
	user_handle text not null unique check (user_handle <> ''), -- base64url; by this their passkeys know them
	created_at bigint not null,
	check (email <> '' or email_folded is null)
);

create unique index person_owner on person (owner) where owner = 1;

-- One device on which somebody is signed in. The secret is kept nowhere.
create table session (
	digest text not null primary key check (digest <> ''),
	id text not null unique check (id <> ''),
	person text not null references person (id) on delete cascade,
	device text not null,
	halfway integer not null check (halfway in (0, 1)), -- the second factor is still due
	created_at bigint not null,
	proved_at bigint not null,
	expires_at bigint not null
);

create index session_person on session (person, created_at);
create index session_expires on session (expires_at);

create table password (
	person text not null primary key references person (id) on delete cascade,
	hash text not null check (hash <> ''), -- argon2id, in the PHC string format
	changed_at bigint not null
);

create table passkey (
	id text not null primary key check (id <> ''), -- base64url
	person text not null references person (id) on delete cascade,
	name text not null check (name <> ''),
	public_key text not null check (public_key <> ''), -- COSE, base64url
	counter bigint not null check (counter >= 0),
	transports text not null, -- JSON array
	backed_up integer not null check (backed_up in (0, 1)),
	eligible integer not null check (eligible in (0, 1)),
	aaguid text not null, -- base64url
	created_at bigint not null,
	used_at bigint not null -- the beginning of that day; 0: never
);

create index passkey_person on passkey (person, created_at);

-- An app that shows codes: the one that counts, and perhaps one more that has
-- yet to show its first code. The secret is sealed with a key of the server.
create table totp (
	person text not null references person (id) on delete cascade,
	confirmed integer not null check (confirmed in (0, 1)),
	sealed text not null check (sealed <> ''),
	last_step bigint not null, -- of the newest code that was used: none counts twice
	created_at bigint not null,
	primary key (person, confirmed)
);

create table recovery_code (
	person text not null references person (id) on delete cascade,
	digest text not null check (digest <> ''),
	primary key (person, digest)
);

-- A person as an OpenID provider knows them.
create table identity (
	issuer text not null check (issuer <> ''),
	subject text not null check (subject <> ''),
	person text not null references person (id) on delete cascade,
	label text not null,
	created_at bigint not null,
	primary key (issuer, subject)
);

create index identity_person on identity (person, created_at);

-- Something that can be followed once: the owner's first entrance, the proof
-- of an e-mail address, the way back for who forgot a password.
create table link (
	digest text not null primary key check (digest <> ''),
	kind text not null check (kind in ('owner', 'confirm', 'reset')),
	person text references person (id) on delete cascade,
	address text not null, -- to be confirmed
	expires_at bigint not null,
	check ((kind = 'owner') = (person is null)),
	check ((kind = 'confirm') = (address <> ''))
);

create index link_person on link (person);

-- Challenges that were answered: none counts twice.
create table spent (
	digest text not null primary key check (digest <> ''),
	until_at bigint not null
);

create index spent_until on spent (until_at);

-- How many guesses were made at what, hour by hour. Whose it is only the server
-- can tell: the name is a keyed digest.
create table guess (
	name text not null check (name <> ''),
	hour bigint not null, -- since 1970
	count integer not null check (count >= 0),
	primary key (name, hour)
);

create index guess_hour on guess (hour);

-- What every key of this server is derived from. One row.
create table server_secret (
	id integer not null primary key check (id = 1),
	secret text not null check (secret <> '')
);
