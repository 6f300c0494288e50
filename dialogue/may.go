package dialogue

import (
	"slices"

	"parley/fault"
)

// Verb is a deed that somebody may or may not do. Every address of the site and
// of the API names one.
type Verb string

// The verbs of a dialogue.
const (
	See           Verb = "see"              // that it exists: title, purpose, who runs it, the declaration
	Read          Verb = "read"             // registers, comparison, deals
	Take          Verb = "take"             // files to take home
	Compute       Verb = "compute"          // ask for a search, try an assumption
	Join          Verb = "join"             // ask to take part, or accept an invitation
	BeMember      Verb = "be-member"        // their own membership: agree, name, sides, ticks, leave
	Recommend     Verb = "recommend"        // pages say so; the field says vouch
	SeeMembers    Verb = "see-members"      // the list of members, where it is open to members
	Admit         Verb = "admit"            // see who asks to join, approve or refuse
	Invite        Verb = "invite"           // make links that let people in
	Verify        Verb = "verify"           // record a checked name and office
	RecordMandate Verb = "record-mandate"   //
	EditRegister  Verb = "edit-register"    // of the side whose delegate one is
	NameDelegate  Verb = "name-delegate"    // of the side whose registrar one is
	GrantRole     Verb = "grant-role"       //
	Configure     Verb = "configure"        // settings, declaration, stage
	RemoveTraces  Verb = "remove-traces"    // of somebody, in an emergency
	SeeDesk       Verb = "see-desk"         //
	SeeJournal    Verb = "see-journal"      // the log of acts
	SeeLetters    Verb = "see-letters"      // that letters of the dialogue wait or went out, not what they say; messages to those who run it
	AppointFirst  Verb = "appoint-convener" //

	Write     Verb = "write"     // problems, actions, statements, comments; one's own drafts and edits
	React     Verb = "react"     // say that something helps, is unclear, or needs a source; rate a translation
	Vote      Verb = "vote"      // answer statements, say what one expects of others and why one answers so
	Translate Verb = "translate" // what others wrote
	Follow    Verb = "follow"    // be told of what happens
	Report    Verb = "report"    // tell the moderators
	Appeal    Verb = "appeal"    // against a decision about one's own words
	Steer     Verb = "steer"     // say what became of a problem or an action, and tie it to registers and table
	Moderate  Verb = "moderate"  // the queue, decisions, how strictly the forum is kept
)

// The verbs of the site.
const (
	Visit       Verb = "visit"        // what anybody may see
	Enter       Verb = "enter"        // sign in, sign up, recover
	BeHolder    Verb = "be-holder"    // their own account
	ProveFresh  Verb = "prove-fresh"  // their own account, where they proved lately who they are
	Run         Verb = "run"          // the server: legal texts, all letters, new dialogues
	ClaimServer Verb = "claim-server" // with the link that the first start prints
)

// Policy says who may do a deed, and when.
type Policy struct {
	Roles  []Role  // any of them
	Public []Role  // these too, where the rule of the room is public
	Listed []Role  // these too, where members see one another
	Stages []Stage // only in these; nil: in all
	Rules  []Rule  // only under these; nil: under all
}

// everybody inside the room.
var inside = []Role{Observer, Participant, Delegate, Registrar, Moderator, Mediator, Interpreter, Staff, Convener}

// speaking is everybody inside the room but observers.
var speaking = []Role{Participant, Delegate, Registrar, Moderator, Mediator, Interpreter, Staff, Convener}

// Policies is the one table of who may do what in a dialogue and on the site.
// What is not in it nobody may do. doc/roles.md shows it to people.
var Policies = map[Verb]Policy{
	See:           {Roles: []Role{Visitor}},
	Read:          {Roles: inside, Public: []Role{Visitor}},
	Take:          {Roles: inside, Public: []Role{Visitor}, Rules: []Rule{Public, Members, NonAttribution}},
	Compute:       {Roles: inside, Public: []Role{Visitor}},
	Join:          {Roles: []Role{Holder}, Stages: []Stage{Preparing, Open, Paused}},
	BeMember:      {Roles: []Role{Applicant, Observer, Participant}},
	Recommend:     {Roles: []Role{Participant}, Stages: []Stage{Preparing, Open}},
	SeeMembers:    {Roles: []Role{Registrar, Convener}, Listed: []Role{Participant}},
	Admit:         {Roles: []Role{Registrar, Convener}, Stages: []Stage{Preparing, Open, Paused}},
	Invite:        {Roles: []Role{Registrar, Convener}, Stages: []Stage{Preparing, Open, Paused}},
	Verify:        {Roles: []Role{Registrar}},
	RecordMandate: {Roles: []Role{Registrar}},
	EditRegister:  {Roles: []Role{Delegate}, Stages: []Stage{Preparing, Open}},
	NameDelegate:  {Roles: []Role{Registrar}},
	GrantRole:     {Roles: []Role{Convener}},
	Configure:     {Roles: []Role{Convener}},
	RemoveTraces:  {Roles: []Role{Moderator, Convener}},
	SeeDesk:       {Roles: []Role{Registrar, Moderator, Mediator, Convener}},
	SeeJournal:    {Roles: []Role{Registrar, Moderator, Mediator, Convener}},
	SeeLetters:    {Roles: []Role{Convener}},
	AppointFirst:  {Roles: []Role{Owner}},

	Write:     {Roles: speaking, Stages: []Stage{Preparing, Open}},
	React:     {Roles: speaking, Stages: []Stage{Preparing, Open}},
	Vote:      {Roles: []Role{Participant}, Stages: []Stage{Open}},
	Translate: {Roles: speaking, Stages: []Stage{Preparing, Open, Paused}},
	Follow:    {Roles: inside},
	Report:    {Roles: inside},
	Appeal:    {Roles: speaking},
	Steer:     {Roles: []Role{Mediator, Convener}},
	Moderate:  {Roles: []Role{Moderator, Convener}},

	Visit:       {Roles: []Role{Visitor}},
	Enter:       {Roles: []Role{Visitor}},
	BeHolder:    {Roles: []Role{Holder}},
	ProveFresh:  {Roles: []Role{Holder}},
	Run:         {Roles: []Role{Owner}},
	ClaimServer: {Roles: []Role{Visitor}},
}

// May decides whether somebody of this standing may do the deed in the dialogue
// as it stands; nil is yes. A dialogue that the person may not know of answers
// fault.Missing, as one that does not exist; else who is not signed in hears
// fault.Unknown, who may as soon as they agree to the newest declaration
// fault.Denied with the key "dialogue.agree-first", others fault.Denied.
func May(who Standing, do Verb, d Dialogue) error {
	if !known(who, d) {
		return fault.New(fault.Missing, "store.no-dialogue", "there is no dialogue %q", d.ID).With("ID", string(d.ID))
	}
	p, ok := Policies[do]
	if !ok {
		return fault.New(fault.Denied, "dialogue.denied", "nobody may %q", do)
	}
	if err := p.allows(who, do, d); err != nil {
		return err
	}
	if p.Stages != nil && !slices.Contains(p.Stages, d.Stage) {
		return fault.New(fault.Denied, "dialogue.stage."+string(d.Stage), "the dialogue is %s: nobody may %q now", d.Stage, do)
	}
	if p.Rules != nil && !slices.Contains(p.Rules, d.Rule) {
		return fault.New(fault.Denied, "dialogue.rule", "the rule of the room is %s: nobody may %q", d.Rule, do)
	}
	return nil
}

func (p Policy) allows(who Standing, do Verb, d Dialogue) error {
	agreed := who
	agreed.Agreed = who.Current
	switch {
	case p.names(who, d):
		return nil
	case !who.SignedIn:
		return fault.New(fault.Unknown, "dialogue.unknown", "sign in to %q", do)
	case who.MustAgree() && p.names(agreed, d):
		return fault.New(fault.Denied, "dialogue.agree-first", "agree to the newest declaration first")
	}
	return fault.New(fault.Denied, "dialogue.denied", "who is no %v may not %q", p.Roles, do)
}

// names reports whether the policy names one of the person's roles.
func (p Policy) names(who Standing, d Dialogue) bool {
	has := who.Roles()
	may := func(roles []Role) bool {
		return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(has, r) })
	}
	return may(p.Roles) || d.Rule == Public && may(p.Public) || d.Roster == RosterMembers && may(p.Listed)
}

// known reports whether the person may know that the dialogue exists.
func known(who Standing, d Dialogue) bool {
	return !d.Unlisted || who.Member != "" || who.Owner || who.Invited
}

// MayForSide is May for a deed that is done for one side: who may it must hold
// one of the policy's roles for that very side.
func MayForSide(who Standing, do Verb, d Dialogue, side SideID) error {
	if err := May(who, do, d); err != nil {
		return err
	}
	for _, r := range Policies[do].Roles {
		if !r.OfSide() && slices.Contains(who.Roles(), r) || r.OfSide() && who.Holds(r, side) {
			return nil
		}
	}
	return fault.New(fault.Denied, "dialogue.other-side", "that is for %v of the side %q", Policies[do].Roles, side)
}

// SeesInFull reports whether who may see members sees more of them than
// Member.Listed: those who admit do.
func SeesInFull(who Standing) bool {
	return slices.ContainsFunc(Policies[SeeMembers].Roles, func(r Role) bool { return slices.Contains(who.Roles(), r) })
}
