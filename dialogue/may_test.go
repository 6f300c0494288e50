package dialogue_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/fault"
)

var update = flag.Bool("update", false, "write testdata/may.txt anew, to be read line by line")

// everybody is one person of each sort; roles of a side are those of side A.
var everybody = []struct {
	name string
	who  dialogue.Standing
}{
	{"visitor", dialogue.Standing{}},
	{"holder", dialogue.Standing{SignedIn: true}},
	{"owner", dialogue.Standing{SignedIn: true, Owner: true}},
	{"refused", dialogue.Standing{SignedIn: true, Member: "m", State: dialogue.Refused, Current: 2}},
	{"applicant", dialogue.Standing{SignedIn: true, Member: "m", State: dialogue.Asked, Agreed: 2, Current: 2}},
	{"must-agree", member(1, false, dialogue.Grant{Role: dialogue.Convener})},
	{"observer", member(2, true)},
	{"participant", member(2, false)},
	{"delegate", member(2, false, dialogue.Grant{Role: dialogue.Delegate, Side: "A"})},
	{"registrar", member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"})},
	{"moderator", member(2, false, dialogue.Grant{Role: dialogue.Moderator})},
	{"mediator", member(2, false, dialogue.Grant{Role: dialogue.Mediator})},
	{"interpreter", member(2, false, dialogue.Grant{Role: dialogue.Interpreter})},
	{"staff", member(2, false, dialogue.Grant{Role: dialogue.Staff})},
	{"convener", member(2, false, dialogue.Grant{Role: dialogue.Convener})},
}

func member(agreed int, observer bool, grants ...dialogue.Grant) dialogue.Standing {
	return dialogue.Standing{
		SignedIn: true, Member: "m", State: dialogue.Admitted, Observer: observer, Sides: []dialogue.SideID{"A"},
		Grants: grants, Agreed: agreed, Current: 2,
	}
}

// answer is one letter for what May says.
func answer(err error) string {
	f, ok := fault.As(err)
	switch {
	case err == nil:
		return "y"
	case !ok:
		return "!"
	case f.Key == "dialogue.agree-first":
		return "a"
	case strings.HasPrefix(f.Key, "dialogue.stage."):
		return "s"
	case f.Key == "dialogue.rule":
		return "r"
	}
	return map[fault.Kind]string{fault.Unknown: "i", fault.Denied: "-", fault.Missing: "m"}[f.Kind]
}

// verbs lists all, those of a dialogue in the order of their names.
func verbs() []dialogue.Verb { return slices.Sorted(maps.Keys(dialogue.Policies)) }

// matrix writes out what May says to everybody, about every verb, under every
// rule, at every stage.
func matrix() string {
	var b strings.Builder
	for _, do := range verbs() {
		fmt.Fprintf(&b, "\n%s\n", do)
		for _, roster := range dialogue.Rosters {
			if roster == dialogue.RosterMembers {
				if do != dialogue.SeeMembers {
					continue
				}
				fmt.Fprintf(&b, "\n%s, where members see one another\n", do)
			}
			for _, p := range everybody {
				fmt.Fprintf(&b, "  %-14s", p.name)
				for _, rule := range dialogue.Rules {
					b.WriteByte(' ')
					for _, stage := range dialogue.Stages {
						b.WriteString(answer(dialogue.May(p.who, do, dialogue.Dialogue{ID: "d", Rule: rule, Stage: stage, Roster: roster})))
					}
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

const explained = `# Who may do what: every verb, everybody, every rule of the room, every stage.
# The columns are the rules public, members, non-attribution, off-the-record, and
# inside each the stages preparing, open, paused, closed.
#
#   y  yes
#   i  no: sign in first
#   a  no: agree to the newest declaration first
#   -  no
#   s  no: not at this stage
#   r  no: not under this rule
#
# "must-agree" is a convener who has not yet agreed to the newest declaration. Roles of a side are those of side A; what they may do for other
# sides is in TestRolesOfASide.
`

// The whole table stands in testdata/may.txt, for anybody to check.
func TestMatrix(t *testing.T) {
	got := explained + matrix()
	if *update {
		if err := os.WriteFile("testdata/may.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/may.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	heading := ""
	wanted := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got, "\n") {
		if !strings.HasPrefix(line, " ") && line != "" {
			heading = line
		}
		if i >= len(wanted) || line != wanted[i] {
			t.Errorf("%s:\n got %q\nwant %q", heading, line, wanted[min(i, len(wanted)-1)])
		}
	}
}

// No rule of the room but public opens anything to people outside.
func TestOutsidersReadInPublicRoomsAlone(t *testing.T) {
	for _, do := range []dialogue.Verb{dialogue.Read, dialogue.Take, dialogue.Compute} {
		for _, rule := range dialogue.Rules {
			for _, p := range everybody[:6] {
				err := dialogue.May(p.who, do, dialogue.Dialogue{Rule: rule, Stage: dialogue.Open})
				if (err == nil) != (rule == dialogue.Public) {
					t.Errorf("%s may %s under %s: %v", p.name, do, rule, err)
				}
			}
		}
	}
}

// A dialogue that is not listed does not exist for whoever has nothing to do with
// it, and answers as one that is not there, whatever they try.
func TestUnlistedIsMissing(t *testing.T) {
	unlisted := dialogue.Dialogue{ID: "quiet", Rule: dialogue.Public, Stage: dialogue.Open, Unlisted: true}
	for do := range dialogue.Policies {
		for _, p := range everybody {
			err := dialogue.May(p.who, do, unlisted)
			outside := p.who.Member == "" && !p.who.Owner
			if fault.Is(err, fault.Missing) != outside {
				t.Errorf("%s may %s: %v", p.name, do, err)
			}
		}
		invited := dialogue.Standing{SignedIn: true, Invited: true}
		if err := dialogue.May(invited, do, unlisted); fault.Is(err, fault.Missing) {
			t.Errorf("who is invited may %s: %v", do, err)
		}
	}
	if err := dialogue.May(dialogue.Standing{}, dialogue.See, unlisted); err.Error() != `there is no dialogue "quiet"` {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsNotInTheTableNobodyMay(t *testing.T) {
	for _, p := range everybody {
		if err := dialogue.May(p.who, "burn-down", dialogue.Dialogue{}); !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", p.name, err)
		}
	}
}

func TestRolesOfASide(t *testing.T) {
	d := dialogue.Dialogue{Stage: dialogue.Open, Rule: dialogue.Members}
	delegateA := member(2, false, dialogue.Grant{Role: dialogue.Delegate, Side: "A"})
	registrarA := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"})
	both := member(2, false, dialogue.Grant{Role: dialogue.Registrar, Side: "A"}, dialogue.Grant{Role: dialogue.Convener})
	old := member(1, false, dialogue.Grant{Role: dialogue.Delegate, Side: "A"})
	for _, c := range []struct {
		who  dialogue.Standing
		do   dialogue.Verb
		side dialogue.SideID
		want string
	}{
		{delegateA, dialogue.EditRegister, "A", ""},
		{delegateA, dialogue.EditRegister, "B", "dialogue.other-side"},
		{delegateA, dialogue.EditRegister, "", "dialogue.other-side"},
		{delegateA, dialogue.NameDelegate, "A", "dialogue.denied"},
		{old, dialogue.EditRegister, "A", "dialogue.agree-first"},
		{registrarA, dialogue.EditRegister, "A", "dialogue.denied"},
		{registrarA, dialogue.NameDelegate, "A", ""},
		{registrarA, dialogue.NameDelegate, "B", "dialogue.other-side"},
		{registrarA, dialogue.Admit, "B", "dialogue.other-side"},
		{both, dialogue.Admit, "B", ""}, // as convener
		{both, dialogue.NameDelegate, "B", "dialogue.other-side"},
		{dialogue.Standing{}, dialogue.EditRegister, "A", "dialogue.unknown"},
	} {
		err := dialogue.MayForSide(c.who, c.do, d, c.side)
		f, _ := fault.As(err)
		if c.want == "" && err != nil || c.want != "" && (f == nil || f.Key != c.want) {
			t.Errorf("%v may %s for %q: got %v, want %q", c.who.Grants, c.do, c.side, err, c.want)
		}
	}
}

// Every page says who may do what in the words of doc/roles.md, and that page
// says what the table says: each verb with a sentence, who may, and when.
func TestThePageOfRolesSaysTheSame(t *testing.T) {
	b, err := os.ReadFile("../doc/roles.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if name := strings.Trim(cells[0], "`"); name != cells[0] && len(cells) > 1 {
			rows[name] = cells
		}
	}
	for _, role := range dialogue.Roles {
		if row := rows[string(role)]; len(row) < 2 || !strings.HasSuffix(row[1], ".") {
			t.Errorf("doc/roles.md has no sentence about the role %q: %q", role, row)
		}
	}
	for do, p := range dialogue.Policies {
		row := rows[string(do)]
		if len(row) != 4 || !strings.HasSuffix(row[1], ".") || row[2] != who(p) || row[3] != when(p) {
			t.Errorf("doc/roles.md says %q, it should be | `%s` | ... | %s | %s |", row, do, who(p), when(p))
		}
	}
	if want := len(dialogue.Policies) + len(dialogue.Roles); len(rows) != want {
		t.Errorf("doc/roles.md has %d rows, there are %d roles and verbs", len(rows), want)
	}
}

func who(p dialogue.Policy) string {
	parts := []string{strings.Join(words(p.Roles), ", ")}
	if p.Public != nil {
		parts = append(parts, "in a public room "+strings.Join(words(p.Public), ", "))
	}
	if p.Listed != nil {
		parts = append(parts, "where members see one another "+strings.Join(words(p.Listed), ", "))
	}
	return strings.Join(parts, "; ")
}

func when(p dialogue.Policy) string {
	parts := []string{"always"}
	if p.Stages != nil {
		parts[0] = strings.Join(words(p.Stages), ", ")
	}
	if p.Rules != nil {
		parts = append(parts, "rule "+strings.Join(words(p.Rules), ", "))
	}
	return strings.Join(parts, "; ")
}

func words[T ~string](list []T) (out []string) {
	for _, w := range list {
		out = append(out, string(w))
	}
	return out
}
