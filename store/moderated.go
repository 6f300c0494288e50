package store

import (
	"parley/account"
	"parley/dialogue"
)

// moderated is what a member has to do with the moderation, for their archive.
func moderated(c conn, id dialogue.ID, m dialogue.MemberID) (out account.Moderated, err error) {
	out = account.Moderated{Reports: []account.Reported{}, Decisions: []account.JudgedOn{}, Sanctions: []account.Sanctioned{}}
	args := []any{id, m}
	s := &series{c: c}
	s.each(`
		select item, lang, reason, text, at
		from moderation_report
		where dialogue = $1 and member = $2
		order by at, item`, args,
		func(scan scan) error {
			var r account.Reported
			var at int64
			err := scan(&r.Item, &r.Lang, &r.Reason, &r.Text, &at)
			r.At = moment(at)
			out.Reports = append(out.Reports, r)
			return err
		})
	s.each(`
		select d.number, k.item, k.lang, d.verdict, d.reason, d.text, d.at, coalesce(a.text, '')
		from moderation_decision d
		join moderation_case k on k.dialogue = d.dialogue and k.number = d.number
		left join translation t on t.dialogue = k.dialogue and t.item = k.item and t.lang = k.lang
		join contribution w on w.dialogue = k.dialogue and w.id = k.item
		left join moderation_appeal a on a.dialogue = d.dialogue and a.number = d.number and a.step = d.step
		where d.dialogue = $1 and case k.lang when '' then w.member else t.member end = $2
		order by d.number, d.step`, args,
		func(scan scan) error {
			var j account.JudgedOn
			var at int64
			err := scan(&j.Case, &j.Item, &j.Lang, &j.Verdict, &j.Reason, &j.Text, &at, &j.Appeal)
			j.At = moment(at)
			out.Decisions = append(out.Decisions, j)
			return err
		})
	s.each(`
		select number, made_at, until
		from moderation_sanction
		where dialogue = $1 and member = $2
		order by number`, args,
		func(scan scan) error {
			var k account.Sanctioned
			var made, until int64
			err := scan(&k.Case, &made, &until)
			k.MadeAt, k.Until = moment(made), moment(until)
			out.Sanctions = append(out.Sanctions, k)
			return err
		})
	if s.err != nil {
		return out, s.err
	}
	_, err = c.one(`
		select (select count(1) from moderation_decision where dialogue = $1 and member = $2),
			(select count(1) from moderation_rules where dialogue = $1 and member = $2)`, args, &out.Decided, &out.RulesSet)
	return out, err
}
