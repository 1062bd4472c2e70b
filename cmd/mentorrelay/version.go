package main

import (
	"fmt"
	"io"
	"runtime/debug"
	"time"
)

// versionCommand says what was built.
type versionCommand struct {
	output `embed:""`
}

// build is what the binary knows of its making.
type build struct {
	Version string    `json:"version"`
	Commit  string    `json:"commit"`
	At      time.Time `json:"at,omitzero"` // of the commit
	Go      string    `json:"go"`
}

// readBuild reads what the go command left in the binary.
func readBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return build{}
	}
	b := build{Version: info.Main.Version, Go: info.GoVersion}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.At, _ = time.Parse(time.RFC3339, s.Value)
		}
	}
	return b
}

// Run prints the version.
func (c *versionCommand) Run(m *Main) error {
	b := readBuild()
	return c.print(m, b, func(w io.Writer) {
		fmt.Fprintf(w, "mentorrelay %s %s %s\n", b.Version, b.Commit, b.Go)
	})
}
