package templates

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// commandFile lists, in each language's folder, the words of each command:
// a line each, as in "yes: yes, ok".
const commandFile = "commands.list"

// Command tells which command a word stands for in any language served,
// whatever its letter case and accents, or "".
func (c *Catalogue) Command(word string) string { return c.commands[folded(word)] }

// readCommands adds the words of a language, and returns the commands it has.
func (c *Catalogue) readCommands(files fs.FS, folder string) (map[string]bool, error) {
	raw, err := fs.ReadFile(files, folder+"/"+commandFile)
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	has := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		command, words, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			return nil, fmt.Errorf("templates: %s/%s: %q has no colon", folder, commandFile, line)
		}
		has[command] = true
		for word := range strings.SplitSeq(words, ", ") {
			if other := c.commands[folded(word)]; other != "" && other != command {
				return nil, fmt.Errorf("templates: %s/%s: %q stands for %s and for %s", folder, commandFile, word, command, other)
			}
			c.commands[folded(word)] = command
		}
	}
	return has, nil
}

// folded is a word without letter case and accents.
func folded(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(word))
}
