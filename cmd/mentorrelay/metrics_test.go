package main

import (
	"io"
	"net/http"
	"net/smtp"
	"strings"
	"testing"
)

// TestMetrics reads the meters of a running server: they name nobody.
func TestMetrics(t *testing.T) {
	b := initBox(t, append([]string{"MENTORRELAY_SERVICE_METRICS=127.0.0.1:0"}, open...)...)
	s := serve(t, b, nil)
	b.must(t, "person", "add", "--name", "Alice Martin", "--email", "alice@corp.test")
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "ben@uni.test")
	p := decode[pairView](t, b, "pair", "add", "--mentor", "alice@corp.test", "--mentee", "ben@uni.test", "--skip-survey")
	letter := []byte("From: alice@corp.test\r\nTo: " + p.Masks[0].Address + "\r\nMessage-ID: <1@corp.test>\r\nSubject: Hello\r\n\r\nHow are you?\r\n")
	if err := smtp.SendMail(s.doors[0].address.String(), nil, "alice@corp.test", []string{p.Masks[0].Address}, letter); err != nil {
		t.Fatal(err)
	}
	eve := []byte("From: eve@evil.test\r\nTo: " + p.Masks[0].Address + "\r\n\r\nHow are you?\r\n")
	if err := smtp.SendMail(s.doors[0].address.String(), nil, "eve@evil.test", []string{p.Masks[0].Address}, eve); err == nil {
		t.Error("a stranger was heard")
	}
	read := func(path string) (int, string) {
		t.Helper()
		r, err := http.Get("http://" + s.doors[1].address.String() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, string(body)
	}
	code, text := read("/metrics")
	for _, want := range []string{
		`mentorrelay_received_total{door="smtp",code="250"} 1`, `mentorrelay_received_total{door="smtp",code="550"} 1`,
		"mentorrelay_held 0", "mentorrelay_queued ", "mentorrelay_late_seconds ", "process_resident_memory_bytes ",
	} {
		if code != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%d, without %s:\n%s", code, want, text)
		}
	}
	if strings.Contains(text, "corp.test") || strings.Contains(text, "Alice") {
		t.Errorf("somebody is named:\n%s", text)
	}
	if code, text := read("/healthz"); code != http.StatusOK || text != "ok\n" {
		t.Errorf("/healthz: %d %s", code, text)
	}
	if code, _ := read("/"); code != http.StatusNotFound {
		t.Errorf("/: %d", code)
	}
	s.stop()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}
