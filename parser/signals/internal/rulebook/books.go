package rulebook

import (
	_ "embed"
	"sync"
)

var (
	//go:embed fr.rules
	frenchRules string
	//go:embed en.rules
	englishRules string

	french  = sync.OnceValue(func() *Book { return mustCompile(frenchRules) })
	english = sync.OnceValue(func() *Book { return mustCompile(englishRules) })
)

// French returns the rules for French.
func French() *Book { return french() }

// English returns the rules for English.
func English() *Book { return english() }

// mustCompile compiles rules that are part of the program.
func mustCompile(text string) *Book {
	book, err := compile(text)
	if err != nil {
		panic("rulebook: " + err.Error())
	}
	return book
}
