package deal

import (
	"parley/dialogue"
	"parley/interest"
)

// Input is what a table is made from: the parts of a dossier, which the caller
// must not change while a question is being made.
type Input struct {
	Sides     []dialogue.Side
	Registers []interest.Register
	Topics    []interest.Topic
	Named     []interest.Named
	Written   *Written // nil where nothing was written
}

// Book is the input without the written table.
func (in Input) Book() *interest.Book {
	b := &interest.Book{Sides: in.Sides, Registers: in.Registers, Topics: in.Topics, Named: in.Named, Priced: map[interest.TopicID]bool{}}
	if in.Written != nil {
		for _, i := range in.Written.Issues {
			b.Priced[i.Topic] = true
		}
	}
	return b
}
