package main

import (
	"encoding/json"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mentorrelay/storage"
)

// pairOf adds two people and pairs them.
func pairOf(t *testing.T, b *box) pairView {
	b.must(t, "person", "add", "--name", "Alice Martin", "--email", "alice@corp.test")
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "Ben@uni.test", "--also", "ben@home.test")
	return decode[pairView](t, b, "pair", "add", "--mentor", "alice@corp.test", "--mentee", "ben@uni.test", "--skip-survey")
}

// TestExport prints what is stored about one of a pair, and of the other no more
// than they know.
func TestExport(t *testing.T) {
	b := initBox(t)
	p := pairOf(t, b)
	text := b.must(t, "person", "export", "ben@HOME.test")
	var v struct {
		Person    struct{ Name string }
		Addresses []struct{ Address string }
		Pairs     []struct {
			Role, Other, State string
			WritesTo           string `json:"writes_to"`
			KnownAs            string `json:"known_as"`
		}
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	if v.Person.Name != "Ben Durand" || len(v.Addresses) != 2 || v.Addresses[0].Address != "Ben@uni.test" || len(v.Pairs) != 1 ||
		v.Pairs[0].Role != "mentee" || v.Pairs[0].Other != "Alice" || v.Pairs[0].WritesTo != p.Masks[1].Address || v.Pairs[0].KnownAs != p.Masks[0].Address {
		t.Errorf("%+v", v)
	}
	if strings.Contains(text, "alice@corp.test") || strings.Contains(text, "Martin") {
		t.Errorf("of the other: %s", text)
	}
	if again := b.must(t, "person", "export", "ben@uni.test", "--json"); again != text {
		t.Errorf("%s\nand then\n%s", text, again)
	}
	b.must(t, "programme", "set", "horizon", "--display", "full")
	if text := b.must(t, "person", "export", "ben@uni.test"); !strings.Contains(text, `"other":"Alice Martin"`) {
		t.Error(text)
	}
	b.fails(t, exitFailed, "nobody has the address eve@uni.test", "person", "export", "eve@uni.test")
}

// TestForget forgets somebody beside a running server, which then knows neither
// them nor their masks.
func TestForget(t *testing.T) {
	b := initBox(t, "MENTORRELAY_SMTP_LISTEN=127.0.0.1:0", "MENTORRELAY_SMTP_TRUSTED=127.0.0.1/32", "MENTORRELAY_SEND_URL=smtp://127.0.0.1:1")
	s := serve(t, b, nil)
	defer func() {
		s.stop()
		if err := <-s.ended; err != nil {
			t.Error(err)
		}
	}()
	p := pairOf(t, b)
	write := func(from, to string) error {
		letter := "From: " + from + "\r\nTo: " + to + "\r\nMessage-ID: <1@laptop." + from + ">\r\nSubject: Hello\r\n\r\nHow are you?\r\n"
		return smtp.SendMail(s.doors[0].address.String(), nil, from, []string{to}, []byte(letter))
	}
	for i, from := range []string{"alice@corp.test", "ben@uni.test"} {
		if err := write(from, p.Masks[i].Address); err != nil {
			t.Fatal(err)
		}
	}
	b.fails(t, exitFailed, "add --yes", "person", "forget", "ben@uni.test")
	v := decode[forgottenView](t, b, "person", "forget", "ben@home.test", "--yes")
	if v.ID != 2 || v.State != storage.PersonForgotten || len(v.Ended) != 1 || v.Ended[0] != p.ID {
		t.Errorf("%+v", v)
	}
	for i, from := range []string{"alice@corp.test", "ben@uni.test"} {
		if err := write(from, p.Masks[i].Address); err == nil || !strings.Contains(err.Error(), "5.1.1 No such address here") {
			t.Errorf("%s to a mask that was: %v", from, err)
		}
	}
	b.fails(t, exitFailed, "nobody has the address ben@uni.test", "person", "forget", "ben@uni.test", "--yes")
	if list := decode[[]personView](t, b, "person", "list"); len(list) != 1 {
		t.Errorf("listed: %+v", list)
	}
	for _, args := range [][]string{{"pair", "list"}, {"pair", "show", "1"}, {"person", "show", "alice@corp.test"}, {"hold", "list", "--all"}, {"queue", "list", "--all"}, {"person", "export", "alice@corp.test"}} {
		for _, json := range [][]string{nil, {"--json"}} {
			if text := strings.ToLower(b.must(t, append(args, json...)...)); strings.Contains(text, "ben@") || strings.Contains(text, "ben.") || strings.Contains(text, "durand") {
				t.Errorf("%v: %s", args, text)
			}
		}
	}
	var kinds []string
	for _, d := range decode[[]deliveryView](t, b, "queue", "list", "--all") {
		if d.Recipient != "alice@corp.test" {
			t.Errorf("mail to %q is left", d.Recipient)
		}
		kinds = append(kinds, d.Kind)
	}
	if !slices.Equal(kinds, []string{storage.DeliveryRelay, storage.DeliveryNotice}) {
		t.Errorf("mail to the other: %v, want the letter that was accepted, and word of the end", kinds)
	}
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "ben@uni.test")
	if p := decode[personDetails](t, b, "person", "show", "ben@uni.test"); p.ID != 3 || len(p.Pairs) != 0 {
		t.Errorf("enrolled anew: %+v", p)
	}
}

// TestForgetCoordinator says that a coordinator stays one.
func TestForgetCoordinator(t *testing.T) {
	b := initBox(t)
	b.must(t, "person", "add", "--name", "Carol", "--email", "Coord@horizon.test")
	status, stdout, stderr := b.run(t, "person", "forget", "coord@horizon.test", "--yes")
	if status != exitDone || !strings.Contains(stderr, "is still the coordinator of programme horizon") || stdout != "person  1\nstate   forgotten\n" {
		t.Errorf("exit %d: %s%s", status, stdout, stderr)
	}
}

// TestConfirmForget deletes nothing unless the address is typed.
func TestConfirmForget(t *testing.T) {
	p := &storage.Person{Name: "Ben Durand", Addresses: []storage.Address{{Address: "Ben@uni.test", Canonical: "ben@uni.test"}, {Canonical: "ben@home.test"}}}
	for typed, want := range map[string]bool{
		"ben@uni.test\n": true, " BEN@Uni.test \r\n": true, "ben@home.test": true,
		"": false, "\n": false, "y\n": false, "yes\n": false, "ben@uni.tes\n": false, "\nben@uni.test\n": false,
	} {
		var asked strings.Builder
		err := confirmed(strings.NewReader(typed), &asked, p)
		if (err == nil) != want || !strings.Contains(asked.String(), "Ben Durand (Ben@uni.test)") {
			t.Errorf("%q: %v after %s", typed, err, asked.String())
		}
	}
}

// TestForgetWithoutATerminal asks nobody where a script runs it.
func TestForgetWithoutATerminal(t *testing.T) {
	b := initBox(t)
	pairOf(t, b)
	pipe, err := os.Open(filepath.Join(b.dir, configName))
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	var stderr strings.Builder
	m := &Main{Stdin: pipe, Stdout: &stderr, Stderr: &stderr, Environ: b.environ, Now: func() time.Time { return noon }}
	if status := m.Run(t.Context(), []string{"person", "forget", "ben@uni.test"}); status != exitFailed || !strings.Contains(stderr.String(), "add --yes") {
		t.Errorf("exit %d: %s", status, stderr.String())
	}
	if p := decode[personDetails](t, b, "person", "show", "ben@uni.test"); p.State != storage.PersonActive || p.Pairs[0].State != storage.PairActive {
		t.Errorf("%+v", p)
	}
}
