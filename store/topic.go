package store

import (
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

func saveTopics(s *series, d *dossier.Dossier) {
	id := d.Dialogue.ID
	for p, t := range d.Topics {
		s.place(`
			insert into topic (dialogue, id, position, title, relation, author_side, author_name, date, divisible, minimum)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			on conflict (dialogue, id) do update
			set position = excluded.position, title = excluded.title, relation = excluded.relation, author_side = excluded.author_side,
				author_name = excluded.author_name, date = excluded.date, divisible = excluded.divisible, minimum = excluded.minimum
			where topic.position >= $11`,
			id, t.ID, p, text(t.Title), t.Relation.String(), optional(t.Author.Side), text(t.Author.Name), t.Date, t.Divisible, t.Minimum, aside)
		for p, i := range t.Interests {
			s.exec(`
				insert into topic_interest (dialogue, topic, interest, position)
				values ($1, $2, $3, $4)`,
				id, t.ID, i, p)
		}
		for p, name := range t.Affects {
			s.exec(`
				insert into topic_affects (dialogue, topic, position, name)
				values ($1, $2, $3, $4)`,
				id, t.ID, p, text(name))
		}
		for n, camp := range t.Camps {
			for p, i := range camp {
				s.exec(`
					insert into topic_camp (dialogue, topic, camp, position, interest)
					values ($1, $2, $3, $4, $5)`,
					id, t.ID, n, p, i)
			}
		}
		for p, share := range t.Share {
			s.exec(`
				insert into topic_share (dialogue, topic, interest, position, part)
				values ($1, $2, $3, $4, $5)`,
				id, t.ID, share.Interest, p, share.Part.String())
		}
	}
}

func loadTopics(s *series, id dialogue.ID) []interest.Topic {
	var topics []interest.Topic
	index := map[interest.TopicID]int{}
	s.each(`
		select id, title, relation, coalesce(author_side, ''), author_name, date, divisible, minimum
		from topic
		where dialogue = $1
		order by position`, []any{id},
		func(scan scan) error {
			var t interest.Topic
			err := scan(&t.ID, (*text)(&t.Title), scale(&t.Relation, interest.RelationWords),
				&t.Author.Side, (*text)(&t.Author.Name), &t.Date, &t.Divisible, &t.Minimum)
			index[t.ID] = len(topics)
			topics = append(topics, t)
			return err
		})
	at := func(id interest.TopicID) *interest.Topic { return &topics[index[id]] }
	loadTopicInterests(s, id, at)
	loadAffects(s, id, at)
	loadCamps(s, id, at)
	loadShares(s, id, at)
	return topics
}

func loadTopicInterests(s *series, id dialogue.ID, at func(interest.TopicID) *interest.Topic) {
	s.each(`
		select topic, interest
		from topic_interest
		where dialogue = $1
		order by topic, position`, []any{id},
		func(scan scan) error {
			var topic interest.TopicID
			var i interest.ID
			if err := scan(&topic, &i); err != nil {
				return err
			}
			at(topic).Interests = append(at(topic).Interests, i)
			return nil
		})
}

func loadAffects(s *series, id dialogue.ID, at func(interest.TopicID) *interest.Topic) {
	s.each(`
		select topic, name
		from topic_affects
		where dialogue = $1
		order by topic, position`, []any{id},
		func(scan scan) error {
			var topic interest.TopicID
			var name i18n.Text
			if err := scan(&topic, (*text)(&name)); err != nil {
				return err
			}
			at(topic).Affects = append(at(topic).Affects, name)
			return nil
		})
}

func loadCamps(s *series, id dialogue.ID, at func(interest.TopicID) *interest.Topic) {
	type place struct {
		topic interest.TopicID
		camp  int
	}
	var before place
	s.each(`
		select topic, camp, interest
		from topic_camp
		where dialogue = $1
		order by topic, camp, position`, []any{id},
		func(scan scan) error {
			var now place
			var i interest.ID
			if err := scan(&now.topic, &now.camp, &i); err != nil {
				return err
			}
			t := at(now.topic)
			if now != before {
				before, t.Camps = now, append(t.Camps, nil)
			}
			last := len(t.Camps) - 1
			t.Camps[last] = append(t.Camps[last], i)
			return nil
		})
}

func loadShares(s *series, id dialogue.ID, at func(interest.TopicID) *interest.Topic) {
	s.each(`
		select topic, interest, part
		from topic_share
		where dialogue = $1
		order by topic, position`, []any{id},
		func(scan scan) error {
			var topic interest.TopicID
			var share interest.Share
			if err := scan(&topic, &share.Interest, fraction{&share.Part}); err != nil {
				return err
			}
			at(topic).Share = append(at(topic).Share, share)
			return nil
		})
}

func saveNamed(s *series, d *dossier.Dossier) {
	for p, n := range d.Named {
		s.place(`
			insert into named (dialogue, id, position, title, named_as, by_side, by_name, of_side, detail)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			on conflict (dialogue, id) do update
			set position = excluded.position, title = excluded.title, named_as = excluded.named_as, by_side = excluded.by_side,
				by_name = excluded.by_name, of_side = excluded.of_side, detail = excluded.detail
			where named.position >= $10`,
			d.Dialogue.ID, n.ID, p, text(n.Title), n.As.String(), optional(n.By.Side), text(n.By.Name), optional(n.Of), text(n.Detail), aside)
	}
}

func loadNamed(s *series, id dialogue.ID) []interest.Named {
	var named []interest.Named
	s.each(`
		select id, title, named_as, coalesce(by_side, ''), by_name, coalesce(of_side, ''), detail
		from named
		where dialogue = $1
		order by position`, []any{id},
		func(scan scan) error {
			var n interest.Named
			err := scan(&n.ID, (*text)(&n.Title), scale(&n.As, interest.NamedWords), &n.By.Side, (*text)(&n.By.Name), &n.Of, (*text)(&n.Detail))
			named = append(named, n)
			return err
		})
	return named
}
