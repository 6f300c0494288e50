package genius

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// element is a tag of an XML file with all that is in it; text between tags
// means nothing in these files.
type element struct {
	name  string
	attrs map[string]string
	kids  []*element
	at    place
}

// tree reads a whole XML file as its root.
func (f File) tree() (*element, error) {
	start := place{f.Name, 0}
	if len(f.Data) > maxBytes {
		return nil, start.wrong("too-large", "Most", maxBytes>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(f.Data, []byte("\ufeff"))))
	d.CharsetReader = charset
	var root *element
	var open []*element
	for count := 0; ; {
		token, err := d.Token()
		line, _ := d.InputPos()
		at := place{f.Name, line}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, at.wrong("not-xml", "Why", plainReason(err))
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, at.wrong("doctype")
		case xml.StartElement:
			e := newElement(t, at)
			if count++; count > maxElements || len(open) >= maxDepth {
				return nil, at.wrong("too-many-elements", "Most", maxElements, "Deep", maxDepth)
			}
			switch {
			case len(open) > 0:
				parent := open[len(open)-1]
				parent.kids = append(parent.kids, e)
			case root != nil:
				return nil, at.wrong("not-xml", "Why", "a second root element begins")
			default:
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
	if root == nil {
		return nil, start.wrong("empty")
	}
	return root, nil
}

func newElement(t xml.StartElement, at place) *element {
	e := &element{name: t.Name.Local, attrs: map[string]string{}, at: at}
	for _, a := range t.Attr {
		e.attrs[a.Name.Local] = a.Value
	}
	return e
}

// plainReason is what the reader of XML says, without the line that the message
// names already.
func plainReason(err error) string {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Msg
	}
	return strings.TrimPrefix(err.Error(), "xml: ")
}

// charset lets files through that say they are in a Western alphabet of one byte.
func charset(label string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "iso-8859-1", "latin1", "us-ascii", "ascii":
	default:
		return nil, fmt.Errorf("the encoding %s is not read: save the file as UTF-8", shown(label))
	}
	data, err := io.ReadAll(io.LimitReader(input, maxBytes))
	if err != nil {
		return nil, err
	}
	runes := make([]rune, len(data))
	for i, b := range data {
		runes[i] = rune(b)
	}
	return strings.NewReader(string(runes)), nil
}

// all lists the direct children of a name.
func (e *element) all(name string) []*element {
	var out []*element
	for _, k := range e.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// first is the first direct child of a name, or nil.
func (e *element) first(name string) *element {
	if list := e.all(name); len(list) > 0 {
		return list[0]
	}
	return nil
}
