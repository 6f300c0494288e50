package web

import (
	"html/template"

	"parley/dialogue"
	"parley/interest"
)

// entry is one interest as a register states it, in words.
type entry struct {
	ID      string
	Title   Phrase
	Address string
	Side    Side
	Tier    string // empty: not placed
	Horizon string // empty: not stated
	Regards []regard
	Silent  []Side          // sides that the entry does not mention
	Silence string          // the words for that
	Remarks []template.HTML // what the author adds
	Remark  string          // the words above those
	Meets   []meeting
}

// regard is what an entry says about another side.
type regard struct {
	Side   Side
	Pieces []piece
}

// piece is one thing said; where it was not, its name and the words for that.
type piece struct {
	Words, Label, Silence string
	More                  bool // another piece follows
}

// meeting is a topic in which an interest stands.
type meeting struct {
	topicLink
	Relation string
	Others   []sideTier
}

// sideTier is how high a side ranks a topic.
type sideTier struct {
	Side Side
	Tier string
}

func (m *room) entry(i *interest.Interest, side Side) entry {
	e := entry{
		ID: string(i.ID), Title: m.phrase(i.Title), Address: m.toInterest(i.ID), Side: side, Tier: m.tier(i.Tier),
		Horizon: m.horizon(i.Horizon), Silence: m.words.T("web.unstated"), Remark: m.words.T("web.remark"),
	}
	if len(i.Note) > 0 {
		e.Remarks = append(e.Remarks, m.phrase(i.Note).HTML())
	}
	for _, other := range m.sides {
		if other.ID == side.ID {
			continue
		}
		c, stated := i.Counterpart(other.ID)
		if !stated {
			e.Silent = append(e.Silent, other)
			continue
		}
		e.Regards = append(e.Regards, regard{other, m.pieces(c)})
		if len(c.Note) > 0 {
			e.Remarks = append(e.Remarks, other.Name.HTML()+": "+m.phrase(c.Note).HTML())
		}
	}
	for _, t := range m.touched[i.ID] {
		meet := meeting{topicLink: m.topicLink(t), Relation: m.relation(t.Relation)}
		for _, other := range m.ranks(t) {
			if other.Side.ID != side.ID {
				meet.Others = append(meet.Others, other)
			}
		}
		e.Meets = append(e.Meets, meet)
	}
	return e
}

// pieces says part, rank, direction, and the colouring where there is one.
func (m *room) pieces(c interest.Counterpart) []piece {
	out := []piece{m.piece(m.part(c), "web.part"), m.piece(m.ranking(c.Priority), "web.ranking"), m.piece(m.direction(c.Alignment), "web.direction")}
	if out[1].Words != "" {
		out[1].Words = m.words.T("web.ranking.believed", "Level", out[1].Words)
	}
	if out[2].Words != "" {
		out[2].Words = out[2].Label + ": " + out[2].Words
	}
	if tone := m.tone(c.Tone); tone != "" {
		out = append(out, piece{Words: m.words.T("web.tone") + ": " + tone})
	}
	for i := range out {
		out[i].More = i < len(out)-1
	}
	return out
}

func (m *room) piece(words, key string) piece {
	return piece{Words: words, Label: m.words.T(key), Silence: m.words.T(key + ".unstated")}
}

// tier is the rank in words; empty where the author placed the interest nowhere.
func (m *room) tier(t interest.Tier) string {
	if t == interest.Unplaced {
		return ""
	}
	return m.words.T("web.tier." + t.String())
}

func (m *room) horizon(h interest.Horizon) string {
	if h == interest.HorizonUnstated {
		return ""
	}
	return m.words.T("web.horizon." + h.String())
}

func (m *room) relation(r interest.Relation) string {
	if r == interest.RelationUnstated {
		return ""
	}
	return m.words.T("web.relation." + r.String())
}

func (m *room) direction(a interest.Alignment) string {
	if a == interest.AlignmentUnknown {
		return ""
	}
	return m.words.T("web.direction." + a.String())
}

func (m *room) tone(t interest.Tone) string {
	if t == interest.ToneUnknown {
		return ""
	}
	return m.words.T("web.tone." + t.String())
}

// meaning says in a sentence what a relation is.
func (m *room) meaning(r interest.Relation) string {
	if r == interest.RelationUnstated {
		return ""
	}
	return m.words.T("web.meaning." + r.String())
}

// role is a range of parts as a bare word.
func (m *room) role(r interest.RoleRange) string {
	switch {
	case !r.Known():
		return ""
	case r.Low == r.High:
		return m.words.T("web.role." + r.High.String())
	}
	return m.words.T("web.role.range", "Low", m.words.T("web.part.from."+r.Low.String()), "High", m.words.T("web.part.from."+r.High.String()))
}

// part is the part that a side plays in an interest, with its effect.
func (m *room) part(c interest.Counterpart) string {
	if !c.Role.Known() {
		if c.Effect == interest.EffectUnknown {
			return ""
		}
		return m.words.T("web.part.only." + c.Effect.String())
	}
	words := m.words.T("web.part." + c.Role.High.String())
	switch {
	case c.Effect == interest.Potential:
		return m.words.T("web.part.possible", "Part", words)
	case c.Role.Low != c.Role.High:
		words = m.words.T("web.part.range", "Low", m.words.T("web.part.from."+c.Role.Low.String()),
			"High", m.words.T("web.part.from."+c.Role.High.String()))
	}
	if c.Effect == interest.EffectUnknown {
		return words
	}
	return words + ", " + m.words.T("web.effect."+c.Effect.String())
}

// levels is an interval of levels in words.
func (m *room) levels(low, high string) string {
	if low == high {
		return m.words.T("web.level." + low)
	}
	return m.words.T("web.level.range", "Low", m.words.T("web.level.from."+low), "High", m.words.T("web.level.from."+high))
}

// ranking is how high an author believes a side to rank a matter.
func (m *room) ranking(r interest.LevelRange) string {
	if !r.Known() {
		return ""
	}
	return m.levels(r.Low.String(), r.High.String())
}

// ranks are the highest tiers of a topic's holders, in the order of columns.
func (m *room) ranks(t *interest.Topic) []sideTier {
	held := map[dialogue.SideID]string{}
	for _, h := range m.index.Holders(t) {
		tier, _ := h.Rank()
		if held[h.Side] = m.tier(tier); held[h.Side] == "" {
			held[h.Side] = m.words.T("web.tier.unplaced")
		}
	}
	var out []sideTier
	for _, s := range m.sides {
		if tier, holds := held[s.ID]; holds {
			out = append(out, sideTier{s, tier})
		}
	}
	return out
}

// weightier says for whom a topic weighs more.
func (m *room) weightier(t *interest.Topic) template.HTML {
	switch who := interest.Weightier(m.index.Holders(t)); who {
	case "equal":
		return template.HTML(template.HTMLEscapeString(m.byNumber("web.weightier.equal")))
	case "unknown":
		return template.HTML(template.HTMLEscapeString(m.words.T("web.weightier.unknown")))
	default:
		return m.side(dialogue.SideID(who)).Name.HTML()
	}
}
