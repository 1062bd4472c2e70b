package rulebook

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed en fr
var files embed.FS

var (
	french  = sync.OnceValue(func() *Book { return mustCompile("fr") })
	english = sync.OnceValue(func() *Book { return mustCompile("en") })
	bare    = sync.OnceValue(func() *Book { return newCompiler().book() })
)

// French returns the rules for French.
func French() *Book { return french() }

// English returns the rules for English.
func English() *Book { return english() }

// Bare returns a book without rules, which knows question marks alone.
func Bare() *Book { return bare() }

// mustCompile compiles rules that are part of the program.
func mustCompile(language string) *Book {
	rules, err := fs.Sub(files, language)
	if err != nil {
		panic("rulebook: " + err.Error())
	}
	book, err := compile(rules)
	if err != nil {
		panic("rulebook: " + language + ": " + err.Error())
	}
	return book
}
