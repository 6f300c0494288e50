package web

import "net/http"

// messagesPage shows what people wrote to those who run the dialogue.
type messagesPage struct {
	deskFrame
	Messages []messageRow
	More     string
}

// messageRow is one message.
type messageRow struct{ Text, Lang, From, At string }

func (s *Server) messages(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	list, err := s.Store.Messages(r.Context(), h.person(), h.d.ID, r.URL.Query().Get("after"), pageOfLines)
	if err != nil {
		return err
	}
	p := messagesPage{deskFrame: s.deskLayout(r, h, "messages")}
	for _, m := range list {
		p.Messages = append(p.Messages, messageRow{m.Text, m.Lang, m.From, moment(h.words, h.visit, m.At)})
	}
	if len(list) == pageOfLines {
		p.More = withQuery(h.to("desk", "messages"), "after", list[len(list)-1].ID)
	}
	return s.show(w, r, http.StatusOK, "desk-messages", p)
}
