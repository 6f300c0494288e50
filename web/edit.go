package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"parley/fault"
	"parley/forum"
	"parley/writing"
)

// ownItem is the reader's own contribution that the address names.
func (s *Server) ownItem(r *http.Request, h *hall) (writing.Contribution, error) {
	n, err := itemAsked(r)
	if err != nil {
		return writing.Contribution{}, err
	}
	item, _, err := s.Store.Item(r.Context(), h.person(), h.d.ID, n)
	if err == nil && !item.Mine {
		err = fault.New(fault.Denied, "writing.edit-own", "#%d is somebody else's", n)
	}
	return item, err
}

// editPage is the form for one's own words as they stand.
func (s *Server) editPage(r *http.Request, h *hall) (composePage, writing.Contribution, error) {
	item, err := s.ownItem(r, h)
	if err != nil {
		return composePage{}, item, err
	}
	f := h.form("edit", "edit:"+itemNumber(item.ID), h.toItem(item.ID, "edit"))
	f.Langs, f.Lang, f.Back = nil, item.Lang, h.toItem(item.ID)
	f.HasTitle = item.Kind == writing.Problem || item.Kind == writing.Action || item.Kind == writing.Statement
	f.HasTags = item.Kind == writing.Problem || item.Kind == writing.Action
	if item.Kind == writing.Statement {
		f.MaxTitle = writing.MaxStatement
	}
	if item.Kind == writing.Reason {
		f.MaxBody = writing.MaxReason
	}
	f.Title, f.Body, f.Tags = item.Title, item.Body, strings.Join(item.Tags, ", ")
	f.Hidden = []field{{"revision", strconv.Itoa(item.Revision)}}
	return composePage{Heading: h.words.T("forum.edit.title", "Number", "#"+itemNumber(item.ID)), Lead: h.words.T("forum.edit.lead"), Form: f}, item, nil
}

func (s *Server) editItem(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	p, _, err := s.editPage(r, h)
	if err != nil {
		return err
	}
	if err := s.offerDraft(r, h, &p.Form); err != nil {
		return err
	}
	return s.compose(w, r, http.StatusOK, p)
}

// saveItem keeps the new words. Where the same person changed them elsewhere
// meanwhile, what was typed is shown beside what stands there now.
func (s *Server) saveItem(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	p, item, err := s.editPage(r, h)
	if err != nil {
		return err
	}
	if from := intOf(r.PostFormValue("revision")); from != item.Revision {
		p.Form.Now = &nowView{item.Title, item.Body}
	}
	get := typed(r)
	return s.sendIn(w, r, p, func(ctx context.Context) (string, error) {
		err := s.Store.Edit(ctx, h.person(), h.d.ID, item.ID, writing.Edit{
			Revision: intOf(get("revision")), Title: get("title"), Body: get("body"), Tags: tagsIn(get("tags")),
		}, s.Now())
		if err != nil {
			return "", err
		}
		to, err := s.placeOf(ctx, h, item.ID, forum.ByTime, 0)
		return tellOf(to, "edited", item.ID), err
	})
}

// react gives a mark or takes it back.
func (s *Server) react(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	mark, off := strings.CutPrefix(r.PostFormValue("mark"), "-")
	if err := s.Store.React(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, writing.Reaction(mark), !off, s.Now()); err != nil {
		return err
	}
	return s.backToItem(w, r, h, n, "")
}

// backToItem leads to where a contribution stands, in the order in which it was
// read, with a word about what was
// done where that is not seen there.
func (s *Server) backToItem(w http.ResponseWriter, r *http.Request, h *hall, n writing.ID, said string) error {
	order := among(forum.Orders, r.FormValue("order"), forum.ByTime)
	to, err := s.placeOf(r.Context(), h, n, order, intOf(r.FormValue("page")))
	if err != nil {
		return err
	}
	if said != "" {
		to = tellOf(to, said, n)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (s *Server) withdraw(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	if err := s.Store.Withdraw(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, s.Now()); err != nil {
		return err
	}
	return s.backToItem(w, r, h, n, "withdrawn")
}

func (s *Server) restore(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	if err := s.Store.Restore(context.WithoutCancel(r.Context()), h.person(), h.d.ID, n, s.Now()); err != nil {
		return err
	}
	return s.backToItem(w, r, h, n, "restored")
}
