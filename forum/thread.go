package forum

import (
	"fmt"

	"parley/writing"
)

// width is how many digits a number has in a path.
const width = 9

// PathOf is where a comment stands in its thread in order of time, and how deep:
// below what it answers, whose path is above, "" for the thing itself. In the
// order of paths, compared as texts, every answer follows what it answers, and
// those of one thing follow one another by number. An answer that would stand
// deeper than MaxDepth stands beside what it answers.
func PathOf(above string, n writing.ID) (path string, depth int) {
	depth = len(above) / width
	if depth > MaxDepth {
		depth = MaxDepth
		above = above[:MaxDepth*width]
	}
	return fmt.Sprintf("%s%0*d", above, width, int64(n)), depth
}

// PagesOf is how many pages a thread has, at least one.
func PagesOf(total int) int { return max(1, (total+MostComments-1)/MostComments) }
