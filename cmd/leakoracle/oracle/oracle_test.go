package oracle

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"testing"
	"time"
)

// run is the pass that the tests make.
func run() *Run {
	return &Run{
		People: People{
			From: "alice.martin@corp.test", Also: []string{"zoë@bücher.test", "a.martin@home.test"},
			Mask: "ben.k7f3q9x2@relay.test", Reader: "ben.durand@uni.test",
		},
		Seed: sha256.Sum256([]byte("a test")), At: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), Helo: "laptop.corp.test",
	}
}

// passOn is a relay that masks what a letter has by default, and nothing that
// a vector hides.
func passOn(r *Run, data []byte) []byte {
	return bytes.Replace(data, []byte("From: "+r.From+"\r\n"), []byte("From: "+r.Mask+"\r\n"), 1)
}

// TestSees shows the search every letter as it was sent: it must find every
// canary, or it would find none on the day it matters.
func TestSees(t *testing.T) {
	r := run()
	for _, v := range Vectors() {
		t.Run(v.Name, func(t *testing.T) {
			l := r.Plant(v)
			found := map[string]bool{}
			for _, leak := range l.Examine(l.MailFrom, passOn(r, l.Data)).Leaks {
				found[leak.Canary.Place+leak.Canary.Text] = true
			}
			planted := 0
			for _, c := range l.Canaries {
				if c.Place == "author" || c.Place == "HELO" { // in no letter but by a vector
					continue
				}
				planted++
				if !found[c.Place+c.Text] {
					t.Errorf("%s in %s is not found in\n%.3000s", c.Text, c.Place, l.Data)
				}
			}
			if planted == 0 && !strings.HasPrefix(v.Name, "survives/") && !strings.HasPrefix(v.Name, "file/") {
				t.Error("nothing is planted")
			}
		})
	}
}

// TestClean shows it letters that differ in nothing but the canaries: it must
// find none, and miss nothing that survives.
func TestClean(t *testing.T) {
	r := run()
	harmless := run()
	harmless.From, harmless.Also, harmless.Reader, harmless.Helo = "zoe.k7f3q9x2@relay.test", []string{"zoe.k7f3q9x2@relay.test"}, "ben.k7f3q9x2@relay.test", ""
	harmless.zone = "+0000"
	for _, v := range Vectors() {
		l := r.Plant(v)
		other := harmless.plant(v, sha256.Sum256([]byte("other canaries")))
		report := l.Examine(harmless.From, other.Data)
		for _, leak := range report.Leaks {
			t.Errorf("%s: finds %+v", v.Name, leak)
		}
		if strings.Contains(v.Name, "/resemblances/") {
			continue // the others resemble another address
		}
		for _, m := range report.Missing {
			t.Errorf("%s: misses %s in\n%.3000s", v.Name, m, other.Data)
		}
	}
}

func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range Vectors() {
		if seen[v.Name] {
			t.Errorf("two vectors are %s", v.Name)
		}
		seen[v.Name] = true
	}
	t.Logf("%d vectors", len(seen))
}

func TestMarker(t *testing.T) {
	r := run()
	for _, v := range Vectors() {
		if l := r.Plant(v); Marker(l.Data) != l.Marker {
			t.Errorf("%s: the marker is %q, not %s", v.Name, Marker(l.Data), l.Marker)
		}
	}
}
