// Command parley compares what sides want, looks for steps that serve them all,
// and serves dialogues as a site. This package only reads flags, wires the
// other packages together and writes text for people; it decides nothing.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"parley/i18n"
)

// Exit codes.
const (
	exitDone   = 0
	exitCannot = 1 // a bad file, work that failed
	exitUsage  = 2 // an unknown flag, a value that cannot be, a missing argument
)

// cli is the command line: this struct is the reference.
type cli struct {
	Lang string `help:"${flag_lang}" enum:"en,ru" default:"${lang}" env:"PARLEY_LANG" placeholder:"en|ru"`

	Compare compareCmd `cmd:"" help:"${cmd_compare}"`
	Deals   dealsCmd   `cmd:"" help:"${cmd_deals}"`
	WhyNot  whyNotCmd  `cmd:"" help:"${cmd_why_not}"`
	Verify  verifyCmd  `cmd:"" help:"${cmd_verify}"`
	Check   checkCmd   `cmd:"" help:"${cmd_check}"`
	Import  importCmd  `cmd:"" help:"${cmd_import}"`
	Demo    demoCmd    `cmd:"" help:"${cmd_demo}"`
	Serve   serveCmd   `cmd:"" help:"${cmd_serve}"`
	Load    loadCmd    `cmd:"" help:"${cmd_load}"`
	Export  exportCmd  `cmd:"" help:"${cmd_export}"`
	Backup  backupCmd  `cmd:"" help:"${cmd_backup}"`
	Version versionCmd `cmd:"" help:"${cmd_version}"`
}

// session is what a command runs with.
type session struct {
	ctx    context.Context // ends at SIGINT and SIGTERM
	in     io.Reader
	out    io.Writer
	errOut io.Writer
	lang   string
	w      *i18n.Words
	given  map[string]bool // flags that stand on the command line itself
}

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run does what the arguments ask for and returns the exit code.
func run(args []string, in io.Reader, out, errOut io.Writer) (code int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	lang := spoken(args, os.Getenv)
	s := &session{ctx: ctx, in: in, out: out, errOut: errOut, lang: lang, w: i18n.For(lang), given: map[string]bool{}}
	defer func() {
		if r := recover(); r != nil {
			s.complain(bug(s.w, r))
			code = exitCannot
		}
	}()
	if err := s.do(args); err != nil {
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			err = s.cannot("stopped")
		}
		s.complain(err)
		var u usageError
		if errors.As(err, &u) {
			return exitUsage
		}
		return exitCannot
	}
	return exitDone
}

func (s *session) do(args []string) error {
	var c cli
	parser, err := kong.New(&c, kong.Name("parley"), kong.Description(s.w.T("cli.about")), kong.Vars(vars(s.w)),
		kong.Writers(s.out, s.errOut), kong.Help(s.printHelp))
	if err != nil {
		return err
	}
	if len(args) == 0 {
		page := &sheet{}
		s.programHelp(page, parser.Model)
		io.WriteString(s.errOut, page.String()+"\n")
		return s.wrong("usage.no-command")
	}
	k, err := parser.Parse(args)
	if err != nil {
		return s.badUsage(err)
	}
	for _, p := range k.Path {
		if p.Flag != nil && !p.Resolved {
			s.given[p.Flag.Name] = true
		}
	}
	s.lang, s.w = c.Lang, i18n.For(c.Lang)
	return k.Run(s)
}

// spoken is the language to speak before the flags are read: --lang, then
// PARLEY_LANG, then what the system is set to, else English.
func spoken(args []string, getenv func(string) string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok && i18n.Speaks(v) {
			return v
		}
		if a == "--lang" && i+1 < len(args) && i18n.Speaks(args[i+1]) {
			return args[i+1]
		}
	}
	if v := getenv("PARLEY_LANG"); i18n.Speaks(v) {
		return v
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			tag, _, _ := strings.Cut(strings.ToLower(v), "_")
			tag, _, _ = strings.Cut(tag, ".")
			if i18n.Speaks(tag) {
				return tag
			}
			return "en"
		}
	}
	return "en"
}

// vars are the words of the flags' help.
func vars(w *i18n.Words) kong.Vars {
	out := kong.Vars{"lang": w.Lang}
	for _, k := range w.Keys() {
		for _, group := range []string{"cmd", "flag", "arg"} {
			if name, ok := strings.CutPrefix(k, "cli."+group+"."); ok {
				out[group+"_"+strings.ReplaceAll(name, "-", "_")] = w.T(k)
			}
		}
	}
	return out
}

// t is a sentence of the command line's catalogue.
func (s *session) t(key string, pairs ...any) string { return s.w.T("cli."+key, pairs...) }
