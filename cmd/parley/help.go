package main

import (
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// printHelp writes the help of the whole program or of one command, in the
// reader's language.
func (s *session) printHelp(_ kong.HelpOptions, k *kong.Context) error {
	page := &sheet{}
	node := k.Selected()
	if node == nil {
		s.programHelp(page, k.Model)
	} else {
		s.commandHelp(page, node)
	}
	_, err := io.WriteString(s.out, page.String())
	return err
}

func (s *session) programHelp(page *sheet, app *kong.Application) {
	page.say(0, app.Help)
	page.gap()
	page.say(0, s.t("help.usage")+" parley "+s.t("help.command"))
	page.gap()
	var rows [][2]string
	for _, c := range app.Children {
		rows = append(rows, [2]string{usageOf(c), c.Help})
	}
	definitions(page, rows)
	page.gap()
	page.say(0, s.t("help.more"))
	page.say(0, s.t("help.codes"))
}

func (s *session) commandHelp(page *sheet, c *kong.Node) {
	page.say(0, c.Help)
	page.gap()
	page.say(0, s.t("help.usage")+" parley "+usageOf(c)+" "+s.t("help.flags"))
	if len(c.Positional) > 0 {
		page.gap()
		var rows [][2]string
		for _, p := range c.Positional {
			rows = append(rows, [2]string{placeOf(p), p.Help})
		}
		definitions(page, rows)
	}
	page.gap()
	var rows [][2]string
	for _, group := range c.AllFlags(true) {
		for _, f := range group {
			if f.Name == "help" {
				continue
			}
			name := "--" + f.Name
			if !f.IsBool() {
				name += " " + f.FormatPlaceHolder()
			}
			help := f.Help
			if len(f.Envs) > 0 {
				help += " [" + strings.Join(f.Envs, ", ") + "]"
			}
			rows = append(rows, [2]string{name, help})
		}
	}
	definitions(page, rows)
}

// usageOf is a command with its arguments: "compare FILE".
func usageOf(c *kong.Node) string {
	out := c.Name
	for _, p := range c.Positional {
		out += " " + placeOf(p)
		if p.IsCumulative() {
			out += " ..."
		}
	}
	return out
}

func placeOf(p *kong.Positional) string { return strings.ToUpper(strings.TrimSuffix(p.Name, "s")) }

// definitions writes terms on the left and what they mean on the right.
func definitions(page *sheet, rows [][2]string) {
	left := 0
	for _, r := range rows {
		left = max(left, columns(r[0]))
	}
	for _, r := range rows {
		page.item(2, pad(r[0], left)+"  ", r[1])
	}
}
