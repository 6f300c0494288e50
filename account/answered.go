package account

import (
	"fmt"
	"strings"
	"time"
)

// Answered is what the person answered to a statement, and what they expect the
// other sides to answer. Why they answered so stands among their texts.
type Answered struct {
	Statement int64      `json:"statement"`
	Words     string     `json:"words"` // of the statement
	Choice    string     `json:"choice"`
	Matters   bool       `json:"matters"`
	Counted   string     `json:"counted"` // in which group; empty: in none
	At        time.Time  `json:"at,omitzero"`
	Reason    int64      `json:"reason,omitempty"` // the number of the text
	Expected  []Expected `json:"expectations"`
}

// Expected is how many of ten from a side a person expects to agree; nil: they
// would rather not say.
type Expected struct {
	About string    `json:"about"`
	Of10  *int      `json:"of_ten"`
	At    time.Time `json:"at"`
}

// answerLine is one answer in the archive that people read.
func answerLine(a Answered) string {
	words := []string{fmt.Sprintf("#%d: %s", a.Statement, a.Choice)}
	if a.Matters {
		words[0] += " (!)"
	}
	for _, e := range a.Expected {
		of10 := "–"
		if e.Of10 != nil {
			of10 = fmt.Sprint(*e.Of10)
		}
		words = append(words, fmt.Sprintf("%s: %s / 10", e.About, of10))
	}
	line := strings.Join(words, "; ")
	if a.Words != "" {
		line += " – " + a.Words
	}
	return line
}
