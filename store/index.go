package store

import (
	"context"
	"database/sql"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"parley/forum"
	"parley/markup"
	"parley/writing"
)

// The texts that can be found, one row for each language in which something can be
// read: folded, as stems, a space between them. Neither table nor index can be
// written in words that both engines know, so they stand here and not among the
// migrations: SQLite has FTS5, whose rows a table of the index must number, and
// PostgreSQL has tsvector. Both see the same stems and so find the same.

// sqliteSearch makes the table, an index beside it, and triggers that keep it in
// step. Diacritics are folded before, and secure-delete overwrites what an erasure
// takes out of the index.
var sqliteSearch = []string{`
	create table search_text (
		number integer primary key,
		dialogue text not null,
		item bigint not null,
		lang text not null,
		words text not null,
		unique (dialogue, item, lang),
		foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade
	)`, `
	create virtual table search_index
	using fts5 (words, content = 'search_text', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 0')`, `
	insert into search_index (search_index, rank)
	values ('secure-delete', 1)`, `
	create trigger search_text_added after insert on search_text begin
		insert into search_index (rowid, words) values (new.number, new.words);
	end`, `
	create trigger search_text_removed after delete on search_text begin
		insert into search_index (search_index, rowid, words) values ('delete', old.number, old.words);
	end`,
}

var postgresSearch = []string{`
	create table search_text (
		number bigint generated always as identity primary key,
		dialogue text not null,
		item bigint not null,
		lang text not null,
		words text not null,
		stems tsvector generated always as (to_tsvector('simple', words)) stored,
		unique (dialogue, item, lang),
		foreign key (dialogue, item) references contribution (dialogue, id) on delete cascade
	)`, `
	create index search_text_stems on search_text using gin (stems)`,
}

// searchVersion is the number of the migration that makes them, among those of the
// folder migration/.
const searchVersion = 16

func searchMigration(dialect database.Dialect) *goose.Migration {
	statements := sqliteSearch
	if dialect == database.DialectPostgres {
		statements = postgresSearch
	}
	return goose.NewGoMigration(searchVersion, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
		for _, statement := range statements {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	}}, nil)
}

// indexItem puts a contribution and its translations into the index as they stand,
// in place of what was there; what nobody can read is not there.
func (r room) indexItem(n writing.ID) error {
	if err := r.unindex(n); err != nil {
		return err
	}
	type text struct{ lang, words string }
	var texts []text
	add := func(scan scan) error {
		var lang, title, rendered string
		err := scan(&lang, &title, &rendered)
		texts = append(texts, text{lang, stemmed(title, writing.Plain(rendered), lang)})
		return err
	}
	s := &series{c: r.conn}
	s.each(`
		select lang, title, html
		from contribution
		where dialogue = $1 and id = $2 and state = 'shown'`, []any{r.id, int64(n)}, add)
	s.each(`
		select t.lang, t.title, t.html
		from translation t
		join contribution c on c.dialogue = t.dialogue and c.id = t.item and c.state = 'shown'
		where t.dialogue = $1 and t.item = $2 and t.hidden = 0
		order by t.lang`, []any{r.id, int64(n)}, add)
	for _, t := range texts {
		s.exec(`
			insert into search_text (dialogue, item, lang, words)
			values ($1, $2, $3, $4)`, r.id, int64(n), t.lang, t.words)
	}
	return s.err
}

// unindex takes a contribution out of the index.
func (r room) unindex(n writing.ID) error {
	_, err := r.exec(`
		delete from search_text
		where dialogue = $1 and item = $2`, r.id, int64(n))
	return err
}

// stemmed is how a text stands in the index.
func stemmed(title, text, lang string) string {
	stems := append(markup.Stems(title, lang), forum.Boundary)
	return strings.Join(append(stems, markup.Stems(text, lang)...), " ")
}

// matchSQLite is a search in the words of FTS5. Stems hold letters and digits
// alone, so nothing that people type is read as anything but a word.
func matchSQLite(terms []forum.Term) string {
	return match(terms, " AND ", " OR ", func(stems []string) string { return `"` + strings.Join(stems, " ") + `"` })
}

// matchPostgres is the same in the words of a tsquery.
func matchPostgres(terms []forum.Term) string {
	return match(terms, " & ", " | ", func(stems []string) string { return "('" + strings.Join(stems, "' <-> '") + "')" })
}

func match(terms []forum.Term, and, or string, phrase func(stems []string) string) string {
	all := make([]string, len(terms))
	for i, t := range terms {
		some := make([]string, len(t))
		for j, stems := range t {
			some[j] = phrase(stems)
		}
		all[i] = "(" + strings.Join(some, or) + ")"
	}
	return strings.Join(all, and)
}
