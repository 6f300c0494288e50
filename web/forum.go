package web

import "parley/dialogue"

// registerForum lists the addresses of problems, actions and their comments.
func (s *Server) registerForum() {
	s.shelved("/{lang}/{dialogue}/problems", s.problems)
	s.shelved("/{lang}/{dialogue}/actions", s.actions)
	s.shelved("/{lang}/{dialogue}/tags/{tag}", s.tagged)
	s.get(dialogue.Write, "/{lang}/{dialogue}/problem/new", s.newProblem)
	s.post(dialogue.Write, "/{lang}/{dialogue}/problem/new", s.raiseProblem)
	s.shelved("/{lang}/{dialogue}/problem/{item}", s.problemItem)
	s.get(dialogue.Write, "/{lang}/{dialogue}/action/new", s.newAction)
	s.post(dialogue.Write, "/{lang}/{dialogue}/action/new", s.proposeAction)
	s.shelved("/{lang}/{dialogue}/action/{item}", s.actionItem)
	s.shelved("/{lang}/{dialogue}/comments", s.comments)
	s.get(dialogue.Write, "/{lang}/{dialogue}/comment/new", s.newComment)
	s.post(dialogue.Write, "/{lang}/{dialogue}/comment/new", s.comment)
	s.get(dialogue.Steer, "/{lang}/{dialogue}/item/{item}/status", s.statusForm)
	s.post(dialogue.Steer, "/{lang}/{dialogue}/item/{item}/status", s.moveOn)
	s.get(dialogue.Read, "/{lang}/{dialogue}/item/{item}/links", s.linksForm) // for its author and who steers, at any time
	s.post(dialogue.Read, "/{lang}/{dialogue}/item/{item}/links", s.tie)
}
