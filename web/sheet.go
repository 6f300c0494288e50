package web

import (
	"crypto/rand"
	"html/template"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"sync"
	"time"

	"parley/dialogue"
	"parley/forum"
	"parley/notice"
	"parley/store"
	"parley/writing"
)

// slot stands in a page where comments that stand ready are put. Nobody can write
// it: each process draws its own.
var slot = "<!--" + rand.Text() + "-->"

// sheet is a page of comments, with what it stands under, as everybody reads it
// who may: without what is one reader's own. Each comment stands rendered, and
// compressed, once for each way in which readers see it.
type sheet struct {
	key        sheetKey
	generation uint64
	until      time.Time
	d          dialogue.Configured
	common     subject
	from, to   writing.ID // the least and the greatest number on it

	mu     sync.Mutex
	strips map[stripKey]strip
	frames map[string]*frame
	size   int
}

// sheetKey is what makes sheets differ.
type sheetKey struct {
	dialogue dialogue.ID
	kind     writing.Kind
	item     writing.ID
	order    forum.Order
	page     int
	lang     string
	zone     string
}

// stripKey is one comment as readers of one sort see it.
type stripKey struct {
	item writing.ID
	look uint16
}

// maxSheets is how many sheets are kept, maxStrips how many bytes one may hold.
const (
	maxSheets = 64
	maxStrips = 4 << 20
)

// rack is the sheets shown last, the last one first.
type rack struct {
	mu   sync.Mutex
	list []*sheet
}

func (s *rack) find(key sheetKey, generation uint64) *sheet {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.list, func(o *sheet) bool { return o.key == key })
	if i < 0 || s.list[i].generation != generation || time.Now().After(s.list[i].until) {
		return nil
	}
	found := s.list[i]
	copy(s.list[1:i+1], s.list[:i])
	s.list[0] = found
	return found
}

// keep keeps a sheet. Comments that have not changed keep their strips: a new
// comment alone is rendered.
func (s *rack) keep(n *sheet) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.IndexFunc(s.list, func(o *sheet) bool { return o.key == n.key }); i >= 0 {
		n.inherit(s.list[i])
		s.list = slices.Delete(s.list, i, i+1)
	}
	s.list = slices.Insert(s.list, 0, n)
	if len(s.list) > maxSheets {
		s.list = s.list[:maxSheets]
	}
}

// inherit takes over what stands rendered of an older sheet and is the same on
// this one.
func (sh *sheet) inherit(old *sheet) {
	if !reflect.DeepEqual(old.d, sh.d) {
		return // the names of sides, languages, rules
	}
	before := map[writing.ID]*forum.Comment{}
	for i := range old.common.thread.Comments {
		before[old.common.thread.Comments[i].ID] = &old.common.thread.Comments[i]
	}
	same := map[writing.ID]bool{}
	for i := range sh.common.thread.Comments {
		c := &sh.common.thread.Comments[i]
		same[c.ID] = before[c.ID] != nil && reflect.DeepEqual(before[c.ID], c)
	}
	old.mu.Lock()
	defer old.mu.Unlock()
	sh.mu.Lock()
	defer sh.mu.Unlock()
	for key, one := range old.strips {
		if same[key.item] {
			sh.strips[key] = one
			sh.size += len(one.plain) + len(one.deflated)
		}
	}
	if reflect.DeepEqual(old.common, sh.common) {
		maps.Copy(sh.frames, old.frames)
	}
}

// subject reads a problem, an action, or, for comments under the dialogue itself,
// their thread alone. What readers share is read once while nothing changes.
func (s *Server) subject(r *http.Request, h *hall, kind writing.Kind, n writing.ID) (*subject, error) {
	if h.Entrance.Standing.Member == "" || h.may(dialogue.Moderate) {
		return s.loadSubject(r, h, kind, n)
	}
	order, page := threadPlace(r)
	key := sheetKey{h.d.ID, kind, n, order, page, h.lang, h.Zone}
	generation := s.Store.Generation()
	sh := s.sheets.find(key, generation)
	var own *subject
	if sh == nil {
		var err error
		if own, err = s.loadSubject(r, h, kind, n); err != nil {
			return nil, err
		}
		sh = &sheet{
			key: key, d: h.d, generation: generation, until: time.Now().Add(keptFor), common: own.common(), strips: map[stripKey]strip{}, frames: map[string]*frame{},
		}
		sh.from, sh.to = sh.common.span()
	}
	mine, err := s.Store.Reading(r.Context(), h.d.ID, h.Entrance.Standing.Member, n, sh.from, sh.to)
	switch {
	case err != nil:
		return nil, err
	case mine.Apart && own == nil:
		return s.loadSubject(r, h, kind, n)
	case mine.Apart:
		return own, nil
	case own != nil:
		s.sheets.keep(sh)
	}
	return sh.forReader(h.Entrance.Standing.Member, mine), nil
}

func (s *Server) loadSubject(r *http.Request, h *hall, kind writing.Kind, n writing.ID) (*subject, error) {
	if n != 0 {
		return s.loadMatter(r, h, h.person(), kind, n)
	}
	t, err := s.loadThread(r, h, h.person(), 0)
	return &subject{thread: t}, err
}

// common is what all readers share.
func (m *subject) common() subject {
	out := *m
	out.level = ""
	out.text = impersonal(m.text)
	out.answers = slices.Clone(m.answers)
	for i := range out.answers {
		out.answers[i].Contribution = impersonal(out.answers[i].Contribution)
	}
	t := *m.thread
	t.Comments = slices.Clone(t.Comments)
	for i := range t.Comments {
		t.Comments[i].Contribution = impersonal(t.Comments[i].Contribution)
	}
	out.thread = &t
	return out
}

func impersonal(c writing.Contribution) writing.Contribution {
	c.Mine, c.Own = false, nil
	c.Translations = slices.Clone(c.Translations)
	for i := range c.Translations {
		c.Translations[i].Mine, c.Translations[i].Own = false, 0
	}
	return c
}

func (m *subject) span() (from, to writing.ID) {
	for _, c := range m.thread.Comments {
		if from == 0 || c.ID < from {
			from = c.ID
		}
		to = max(to, c.ID)
	}
	return from, to
}

// forReader is the sheet as one member reads it; its comments stay on the sheet.
func (sh *sheet) forReader(m dialogue.MemberID, mine store.Reading) *subject {
	out := sh.common
	out.level = notice.Level(mine.Level)
	out.text = personal(out.text, m, mine)
	out.sheet = &readSheet{sh, m, mine}
	return &out
}

// readSheet is a sheet with what is one reader's own.
type readSheet struct {
	*sheet
	member dialogue.MemberID
	mine   store.Reading
}

// personal puts in what is the reader's own.
func personal(c writing.Contribution, m dialogue.MemberID, mine store.Reading) writing.Contribution {
	c.Mine = c.Author.Member == m
	c.Own = mine.Marks[c.ID]
	if len(c.Translations) > 0 {
		c.Translations = slices.Clone(c.Translations)
		for i := range c.Translations {
			t := &c.Translations[i]
			t.Mine, t.Own = t.By.Member == m, mine.Rated[store.RatedText{Item: c.ID, Lang: t.Lang}]
		}
	}
	return c
}

// rights are the deeds on which it depends how a comment looks.
var rights = []dialogue.Verb{dialogue.Write, dialogue.React, dialogue.Translate, dialogue.Report, dialogue.Appeal}

// lookOf is how readers of one sort see a comment; false where a reader sees it
// as nobody else does.
func lookOf(may uint16, c *writing.Contribution, m dialogue.MemberID, mine store.Reading) (uint16, bool) {
	look := may
	if c.Author.Member == m {
		look |= 1 << 8
	}
	for _, mark := range mine.Marks[c.ID] {
		look |= 1 << (9 + slices.Index(writing.AllReactions, mark))
	}
	for _, t := range c.Translations {
		if t.By.Member == m || mine.Rated[store.RatedText{Item: c.ID, Lang: t.Lang}] != 0 {
			return 0, false
		}
	}
	return look, true
}

// strips are the comments of a sheet as the reader sees them, rendered.
func (rs *readSheet) rendered(r *http.Request, h *hall, t *template.Template) ([]strip, error) {
	var may uint16
	for i, do := range rights {
		if h.may(do) {
			may |= 1 << i
		}
	}
	thread := rs.common.thread
	out := make([]strip, 0, len(thread.Comments))
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for i := range thread.Comments {
		c := &thread.Comments[i]
		look, shared := lookOf(may, &c.Contribution, rs.member, rs.mine)
		said := h.saidOf(r, c.ID)
		shared = shared && said == nil
		if found, ok := rs.sheet.strips[stripKey{c.ID, look}]; ok && shared {
			out = append(out, found)
			continue
		}
		own := *c
		own.Contribution = personal(c.Contribution, rs.member, rs.mine)
		view := h.comment(own, thread.Order)
		view.Said = said
		made, err := renderStrip(t, view)
		if err != nil {
			return nil, err
		}
		if size := len(made.plain) + len(made.deflated); shared && rs.size+size <= maxStrips {
			rs.sheet.strips[stripKey{c.ID, look}] = made
			rs.size += size
		}
		out = append(out, made)
	}
	return out, nil
}
