package smtpdoor

import (
	"log/slog"
	"strings"
	"testing"
)

func TestLibraryLog(t *testing.T) {
	var b strings.Builder
	l := libraryLog{slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	l.Printf("error handling %v: %s", "192.0.2.1:25", "read from 192.0.2.1: broken")
	l.Printf("accept error: %s; retrying in %s", "on 192.0.2.1", "5ms")
	l.Printf("panic serving %v: %v\n%s", "192.0.2.1:25", "alice@corp.test", []byte("goroutine 1"))
	got := b.String()
	for _, want := range []string{`level=DEBUG msg="error handling"`, `level=DEBUG msg="accept error"`, `level=ERROR msg="panic serving" stack="goroutine 1"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	if strings.Contains(got, "192.0.2.1") || strings.Contains(got, "alice") {
		t.Errorf("an address is in %s", got)
	}
}
