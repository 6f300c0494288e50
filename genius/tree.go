package genius

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
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
	f.Data = bytes.TrimPrefix(f.Data, []byte("\ufeff"))
	d := xml.NewDecoder(bytes.NewReader(f.Data))
	d.CharsetReader = charset
	var root *element
	var open []*element
	for count := 0; ; {
		line, _ := d.InputPos() // where the token begins: text between tags is a token, too
		at, from := place{f.Name, line}, d.InputOffset()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if from < int64(len(f.Data)) && f.Data[from] == '<' && unended(err) {
				return nil, at.wrong("xml-ended")
			}
			return nil, f.notXML(d, err, open)
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
				return nil, at.wrong("second-root", "Tag", shown(e.name))
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

// closedBy is what the reader of XML says of tags that do not match.
var closedBy = regexp.MustCompile(`^element <(.+)> closed by </(.+)>$`)

// notXML says why a file cannot be read as XML, at the line where a person has to
// look: of what is never closed, where it was opened.
func (f File) notXML(d *xml.Decoder, err error, open []*element) error {
	line, _ := d.InputPos()
	at := place{f.Name, line}
	var syntax *xml.SyntaxError
	var alphabet errEncoding
	switch {
	case errors.As(err, &alphabet):
		return at.wrong("encoding", "Got", shown(string(alphabet)))
	case !errors.As(err, &syntax):
		return at.wrong("not-xml")
	}
	at.line = syntax.Line
	pair := closedBy.FindStringSubmatch(syntax.Msg)
	switch {
	case pair != nil && len(open) > 0:
		return at.wrong("xml-closed", "Tag", shown(pair[1]), "Line", open[len(open)-1].at.line, "Other", shown(pair[2]))
	case unended(err) && len(open) > 0:
		e := open[len(open)-1]
		return e.at.wrong("xml-open", "Tag", shown(e.name), "Line", at.line)
	case strings.HasPrefix(syntax.Msg, "unexpected end element"):
		return at.wrong("xml-end")
	case strings.HasPrefix(syntax.Msg, "invalid character entity"):
		return at.wrong("xml-entity")
	case strings.HasPrefix(syntax.Msg, "invalid UTF-8"):
		return at.wrong("not-utf8")
	}
	return at.wrong("not-xml")
}

// unended reports that the file ended before what it began.
func unended(err error) bool {
	var syntax *xml.SyntaxError
	return errors.As(err, &syntax) && syntax.Msg == "unexpected EOF"
}

// errEncoding is an alphabet that is not read.
type errEncoding string

func (e errEncoding) Error() string { return "the encoding " + string(e) + " is not read" }

// charset lets files through that say they are in a Western alphabet of one byte.
func charset(label string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "iso-8859-1", "latin1", "us-ascii", "ascii":
	default:
		return nil, errEncoding(label)
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
