package signals

import (
	"os"
	"strings"
	"testing"

	"mentorrelay/parser/signals/internal/asks"
	"mentorrelay/parser/signals/internal/rulebook"
)

func TestDbg(t *testing.T) {
	l := os.Getenv("LANGUE")
	if l == "" {
		l = "fr"
	}
	b := rulebook.French()
	if l == "en" {
		b = rulebook.English()
	}
	for _, s := range strings.Split(os.Getenv("S"), "|") {
		tk := b.Scan(s, nil)
		f := b.Read(tk)
		t.Logf("%s  %v  %+v z %.2f", s, Classify(s, l), f, asks.English().Score(asks.Features(tk, f, nil)))
		b.Explain(tk, t.Logf)
	}
}
