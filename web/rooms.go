package web

import (
	"net/http"

	"parley/dialogue"
)

// registerRooms lists the addresses of taking part in a dialogue, of running
// one, and of the texts of the site.
func (s *Server) registerRooms() {
	s.get(dialogue.See, "/{lang}/{dialogue}/join", s.join)
	s.post(dialogue.Join, "/{lang}/{dialogue}/join", s.sendJoin)
	s.get(dialogue.See, "/{lang}/{dialogue}/declaration", s.declaration)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/declaration", s.agree)
	s.get(dialogue.BeMember, "/{lang}/{dialogue}/me", s.me)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/me/name", s.changeName)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/me/sides", s.changeSides)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/me/ticks", s.changeTicks)
	s.post(dialogue.Recommend, "/{lang}/{dialogue}/me/recommend", s.recommend)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/me/unrecommend", s.unrecommend)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/me/unverify", s.dropName)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/me/mandate", s.dropMandate)
	s.get(dialogue.BeMember, "/{lang}/{dialogue}/me/leave", s.leaving)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/me/leave", s.leaveDialogue)
	s.get(dialogue.SeeMembers, "/{lang}/{dialogue}/members", s.members)
	s.get(dialogue.See, "/{lang}/{dialogue}/contact", s.contact)
	s.post(dialogue.See, "/{lang}/{dialogue}/contact", s.sendContact)
	s.get(dialogue.EditRegister, "/{lang}/{dialogue}/register/{side}", s.ownRegister)
	s.get(dialogue.EditRegister, "/{lang}/{dialogue}/register/{side}/edit", s.editInterest)
	s.post(dialogue.EditRegister, "/{lang}/{dialogue}/register/{side}/edit", s.writeInterest)
	s.get(dialogue.EditRegister, "/{lang}/{dialogue}/register/{side}/remove", s.askRemoveInterest)
	s.post(dialogue.EditRegister, "/{lang}/{dialogue}/register/{side}/remove", s.removeInterest)
	s.get(dialogue.EditRegister, "/{lang}/{dialogue}/register/{side}/weigh", s.weigh)
	s.post(dialogue.EditRegister, "/{lang}/{dialogue}/register/{side}/weigh", s.writeWeighing)
	s.post(dialogue.EditRegister, "/{lang}/{dialogue}/register/{side}/unweigh", s.unweigh)
	s.registerDesk()

	s.get(dialogue.Visit, "/{lang}/legal/{kind}", s.legal)
	s.get(dialogue.Visit, "/{lang}/contact", s.contact)
	s.post(dialogue.Visit, "/{lang}/contact", s.sendContact)
	s.get(dialogue.Run, "/{lang}/server", s.serverHome)
	s.get(dialogue.Run, "/{lang}/server/legal/{kind}", s.editLegal)
	s.post(dialogue.Run, "/{lang}/server/legal/{kind}", s.changeLegal)
	s.get(dialogue.Run, "/{lang}/server/letters", s.allLetters)
	if !s.Mail {
		s.post(dialogue.Run, "/{lang}/server/letters", s.showLink)
	}
	s.get(dialogue.Run, "/{lang}/server/dialogue", s.newDialogue)
	s.post(dialogue.Run, "/{lang}/server/dialogue", s.openDialogue)
	s.post(dialogue.Run, "/{lang}/server/convener", s.inviteConvener)
}

// registerDesk lists the addresses of those who run a dialogue.
func (s *Server) registerDesk() {
	s.get(dialogue.SeeDesk, "/{lang}/{dialogue}/desk", s.desk)
	s.post(dialogue.Configure, "/{lang}/{dialogue}/desk/stage", s.changeStage)
	s.get(dialogue.Configure, "/{lang}/{dialogue}/desk/settings", s.settings)
	s.post(dialogue.Configure, "/{lang}/{dialogue}/desk/settings", s.changeSettings)
	s.get(dialogue.Configure, "/{lang}/{dialogue}/desk/declaration", s.declarations)
	s.post(dialogue.Configure, "/{lang}/{dialogue}/desk/declaration", s.declare)
	s.get(dialogue.Admit, "/{lang}/{dialogue}/desk/admissions", s.admissions)
	s.post(dialogue.Admit, "/{lang}/{dialogue}/desk/admissions", s.decideAdmission)
	s.get(dialogue.Invite, "/{lang}/{dialogue}/desk/invitations", s.invitations)
	s.post(dialogue.Invite, "/{lang}/{dialogue}/desk/invitations", s.invite)
	s.post(dialogue.Invite, "/{lang}/{dialogue}/desk/invitations/{invitation}/end", s.endInvitation)
	s.get(dialogue.SeeDesk, "/{lang}/{dialogue}/desk/members", s.deskMembers)
	s.get(dialogue.SeeDesk, "/{lang}/{dialogue}/desk/members/{member}", s.deskMember)
	s.post(dialogue.Verify, "/{lang}/{dialogue}/desk/members/{member}/verify", s.verify)
	s.post(dialogue.RecordMandate, "/{lang}/{dialogue}/desk/members/{member}/mandate", s.recordMandate)
	s.post(dialogue.GrantRole, "/{lang}/{dialogue}/desk/members/{member}/grant", s.grant)
	s.post(dialogue.NameDelegate, "/{lang}/{dialogue}/desk/members/{member}/editor", s.grant)
	s.post(dialogue.RemoveTraces, "/{lang}/{dialogue}/desk/members/{member}/remove", s.removeTraces)
	s.post(dialogue.RemoveTraces, "/{lang}/{dialogue}/desk/remove", s.removeTracesByName)
	s.get(dialogue.SeeJournal, "/{lang}/{dialogue}/desk/journal", s.journal)
	s.get(dialogue.SeeLetters, "/{lang}/{dialogue}/desk/letters", s.letters)
	s.get(dialogue.SeeLetters, "/{lang}/{dialogue}/desk/messages", s.messages)
}

// seeOther leads on after a form, with a word about what was done.
func seeOther(w http.ResponseWriter, r *http.Request, address, said string) error {
	if said != "" {
		address = withQuery(address, "said", said)
	}
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}
