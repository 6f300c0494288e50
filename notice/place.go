package notice

import (
	"fmt"

	"parley/writing"
)

// Place is where something stands, below the address of its dialogue: a thing of
// its own, or a comment on the page of what it belongs to. Root 0 is the dialogue.
func Place(kind writing.Kind, item writing.ID, rootKind writing.Kind, root writing.ID) string {
	switch {
	case kind == writing.Problem || kind == writing.Action || kind == writing.Statement:
		return fmt.Sprintf("%s/%d", kind, item)
	case kind == writing.Reason:
		return fmt.Sprintf("statement/%d", root)
	case root == 0:
		return fmt.Sprintf("comments#c-%d", item)
	case rootKind == "":
		return fmt.Sprintf("item/%d", item)
	}
	return fmt.Sprintf("%s/%d#c-%d", rootKind, root, item)
}
