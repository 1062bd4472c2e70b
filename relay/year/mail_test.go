package year

import (
	"slices"
	"strings"
	"time"
)

// checkHeaders: what each mail of the service has, and has not.
func (w *world) checkHeaders() {
	for _, m := range w.mails {
		if m.kind == "letter" {
			if a := m.header.Get("Auto-Submitted"); a != "" {
				w.fault("%s: a letter to %s is %s", at(m.at), m.to, a)
			}
			continue
		}
		for _, name := range []string{"In-Reply-To", "References"} {
			if v := m.header.Get(name); v != "" {
				w.fault("%s: a %s has %s: %s", at(m.at), m.kind, name, v)
			}
		}
		if a := m.header.Get("Auto-Submitted"); a != "auto-generated" && a != "auto-replied" {
			w.fault("%s: a %s has Auto-Submitted: %q", at(m.at), m.kind, a)
		}
		if m.header.Get("Reply-To") == "" && m.to != nil || m.header.Get("Precedence") != "" {
			w.fault("%s: a %s has Reply-To %q, Precedence %q", at(m.at), m.kind, m.header.Get("Reply-To"), m.header.Get("Precedence"))
		}
		if v := m.header.Get("List-Unsubscribe"); m.to != nil && !strings.HasPrefix(v, "<mailto:") {
			w.fault("%s: a %s has List-Unsubscribe: %q", at(m.at), m.kind, v)
		}
		if strings.Contains(m.text, "<no value>") || strings.Contains(m.text, "{{") || strings.Contains(m.text, "%!") {
			w.fault("%s: a %s to %s is not filled in:\n%s", at(m.at), m.kind, m.to, m.text)
		}
	}
}

// checkLetters: each that was taken arrived once, or its author was told why not.
func (w *world) checkLetters() {
	notPassed := []string{"pair-paused", "pair-ended", "pair-invited", "unreachable", "undeliverable"}
	for _, l := range w.letters {
		if l.err != nil || l.at.IsZero() || l.at.After(w.end.Add(-2*time.Hour)) || len(l.arrived) == 1 {
			continue
		}
		told := ""
		for _, m := range w.mails {
			if m.to != l.author() || m.at.UTC().Format(time.DateOnly) != l.at.UTC().Format(time.DateOnly) {
				continue
			}
			if slices.Contains(notPassed, m.kind) && m.pair == l.pair || l.command && m.kind == "stopped" {
				told = m.kind
			}
		}
		if told == "" && !l.reader().dead {
			w.fault("%s: the letter %s of %s arrived %d times, and nobody was told", at(l.at), l.ref, l.author(), len(l.arrived))
		}
	}
}
