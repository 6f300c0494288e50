package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"parley/deal"
)

type versionCmd struct{}

func (versionCmd) Run(s *session) error {
	_, err := fmt.Fprintf(s.out, "parley %s\n%s\n%s\n", version(), deal.EngineVersion, runtime.Version()+" "+runtime.GOOS+"/"+runtime.GOARCH)
	return err
}

// version is what the build recorded: a release, or the revision it was built
// from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	set := map[string]string{}
	for _, kv := range info.Settings {
		set[kv.Key] = kv.Value
	}
	rev := set["vcs.revision"]
	if rev == "" {
		return "(devel)"
	}
	out := "(devel) " + rev[:min(12, len(rev))]
	if set["vcs.modified"] == "true" {
		out += " modified"
	}
	return out
}
