package forum

// Waiting is what a thing waits for.
type Waiting struct {
	Unanswered bool // nobody answered it: no comment, and of a problem no action
	Unsourced  int  // how many miss a source
	Unclear    int  // how many did not understand it
	Untold     int  // languages of the dialogue in which nobody can read it as it stands
}

// Need is how much a thing needs attention: more comes first. A source that is
// missing weighs most, since everybody who reads on builds upon it; what many say
// about one thing counts up to five of them, so that no crowd keeps others from
// being seen.
func Need(w Waiting) int64 {
	n := int64(3*min(max(w.Unsourced, 0), 5) + 2*min(max(w.Unclear, 0), 5) + 2*max(w.Untold, 0))
	if w.Unanswered {
		n += 4
	}
	return n
}
