package imapdoor

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const (
	greeting = "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hello\n"
	login    = "C: AUTHENTICATE PLAIN *\nS: TAG OK [CAPABILITY IMAP4rev1 UIDPLUS] in\n"
	open     = "C: SELECT INBOX\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY 3] valid\nS: TAG OK [READ-WRITE] done\n" +
		"C: UID SEARCH UNDELETED\nS: * SEARCH 7\nS: TAG OK done\n"
	fetch = "C: UID FETCH 7 *\nS: * 1 FETCH (UID 7 INTERNALDATE \"29-Feb-2024 12:30:15 +0100\" BODY[] {20}\n" +
		"S: To: a@relay.test\nS: \nS: )\nS: TAG OK done\n"
	folder = "C: LIST \"\" \"\"\nS: * LIST (\\Noselect) \"/\" \"\"\nS: TAG OK done\n" +
		"C: LIST \"\" \"Relayed\"\nS: * LIST () \"/\" Relayed\nS: TAG OK done\n"
)

// TestScripts runs rounds against servers that answer oddly.
func TestScripts(t *testing.T) {
	for _, test := range []struct {
		name   string
		script string // each part is a connection
		late   int    // messages put off in the end
		wrong  string // part of the round's error
		given  int    // messages handed over
	}{
		{"COPY fails: nothing is deleted", open + fetch + folder +
			"C: UID COPY 7 \"Relayed\"\nS: TAG NO [OVERQUOTA] full\nC: END\n", 1, "", 1},
		{"COPY ends the connection: nothing is deleted", open + fetch + folder +
			"C: UID COPY 7 \"Relayed\"\n", 0, "EOF", 1},
		{"COPY copies none: nothing is deleted", open + fetch + folder +
			"C: UID COPY 7 \"Relayed\"\nS: TAG OK [COPYUID 9 8 1] done\nC: END\n", 0, "", 1},
		{"STORE fails", open + fetch + folder +
			"C: UID COPY 7 \"Relayed\"\nS: TAG OK done\nC: UID STORE 7 +FLAGS.SILENT (\\Deleted)\nS: TAG NO read-only\nC: END\n", 1, "", 1},
		{"all well", open + fetch + folder +
			"C: UID COPY 7 \"Relayed\"\nS: TAG OK done\nC: UID STORE 7 +FLAGS.SILENT (\\Deleted)\nS: TAG OK done\n" +
			"C: UID EXPUNGE 7\nS: * 1 EXPUNGE\nS: TAG OK done\nC: END\n", 0, "", 1},
		{"SELECT fails", "C: SELECT INBOX\nS: TAG NO [NONEXISTENT] none\n", 0, "opening the mailbox", 0},
		{"no UIDVALIDITY", "C: SELECT INBOX\nS: TAG OK done\n", 0, "UIDVALIDITY", 0},
		{"SEARCH fails", strings.ReplaceAll(open, "S: * SEARCH 7\nS: TAG OK", "S: TAG BAD"), 0, "searching", 0},
		{"FETCH fails", open + "C: UID FETCH 7 *\nS: TAG BAD what\nC: END\n", 1, "", 0},
		{"FETCH gives nothing", open + "C: UID FETCH 7 *\nS: TAG OK done\nC: END\n", 1, "", 0},
		{"FETCH gives flags only", open + "C: UID FETCH 7 *\nS: * 1 FETCH (UID 7 FLAGS (\\Seen))\nS: TAG OK done\nC: END\n", 1, "", 0},
		{"FETCH gives no body", open + "C: UID FETCH 7 *\nS: * 1 FETCH (UID 7 BODY[] NIL)\nS: TAG NO done\nC: END\n", 1, "", 0},
		{"a message breaks off", open + "C: UID FETCH 7 *\nS: * 1 FETCH (UID 7 BODY[] {2000}\nS: To: a@relay.test\nS: \n", 1, "*", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, r := scripted(t, "imap://ana@localhost", greeting+login+test.script)
				s, err := d.connect(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				err = s.round(t.Context())
				s.close()
				synctest.Wait()
				if (err != nil) != (test.wrong != "") || err != nil && test.wrong != "*" && !strings.Contains(err.Error(), test.wrong) {
					t.Errorf("error %v, want %q", err, test.wrong)
				}
				if len(r.envelopes) != test.given {
					t.Errorf("%d messages handed over, want %d", len(r.envelopes), test.given)
				}
				late := 0
				for _, l := range d.late {
					if l.failures > 0 {
						late++
					}
				}
				if late != test.late {
					t.Errorf("%d messages put off, want %d", late, test.late)
				}
			})
		})
	}
}

// TestCopiedOnce finds that a message is not copied again when it could be
// copied but not deleted.
func TestCopiedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, _ := scripted(t, "imap://ana@localhost", greeting+login+
			open+fetch+folder+"C: UID COPY 7 \"Relayed\"\nS: TAG OK done\nC: UID STORE 7 *\nS: TAG NO no\n"+
			open+fetch+"C: UID STORE 7 *\nS: TAG OK done\nC: UID EXPUNGE 7\nS: TAG OK done\nC: END\n")
		s, err := d.connect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		for range 2 {
			if err := s.round(t.Context()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(d.pause(time.Now())) // in the bubble's time
		}
		if len(d.late) != 0 {
			t.Errorf("%d messages still put off", len(d.late))
		}
	})
}

// TestLogin finds what is said and done about logins.
func TestLogin(t *testing.T) {
	for _, test := range []struct {
		name, url, script, wrong string
		refused                  bool
	}{
		{"wrong password", "imap://ana@localhost", greeting + "C: AUTHENTICATE PLAIN *\nS: TAG NO [AUTHENTICATIONFAILED] no ana here\n", "user or the password", true},
		{"server busy", "imap://ana@localhost", greeting + "C: AUTHENTICATE PLAIN *\nS: TAG NO [UNAVAILABLE] later\n", "UNAVAILABLE", false},
		{"LOGIN", "imap://ana@localhost", "S: * OK [CAPABILITY IMAP4rev1] hello\nC: LOGIN *\nS: TAG OK [CAPABILITY IMAP4rev1] in\nC: END\n", "", false},
		{"LOGINDISABLED", "imap://ana@localhost", "S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello\nC: END\n", "no login with a password", false},
		{"PREAUTH", "imap://ana@localhost", "S: * PREAUTH [CAPABILITY IMAP4rev1] hello\nC: END\n", "", false},
		{"no STARTTLS", "imap://ana@mail.test", greeting + "C: STARTTLS\nS: TAG BAD unknown\nC: END\n", "starting TLS", false},
		{"closed at once", "imap://ana@localhost", "S: * BYE go away\n", "go away", false},
		{"silent", "imap://ana@localhost", "C: END\n", "timeout", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, _ := scripted(t, test.url, test.script)
				s, err := d.connect(t.Context())
				if s != nil {
					s.close()
				}
				if (err != nil) != (test.wrong != "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
					t.Errorf("error %v, want %q", err, test.wrong)
				}
				if errors.Is(err, errLogin) != test.refused {
					t.Errorf("login refused: %v", err)
				}
				if err != nil && test.refused && strings.Contains(reason(err), "ana") {
					t.Errorf("the log would name somebody: %s", reason(err))
				}
			})
		})
	}
}

// TestReconnect finds that a server that is down is tried less and less often,
// and that the door stops when it is told to.
func TestReconnect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, _ := scripted(t, "imap://ana@localhost", "")
		tries := 0
		d.dial = func(context.Context, string, string) (net.Conn, error) {
			tries++
			return nil, errors.New("refused")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := d.Run(ctx); err != nil {
			t.Error(err)
		}
		if tries < 15 || tries > 40 {
			t.Errorf("%d connections in an hour", tries)
		}
	})
}

// scripted returns a door whose server follows a script: it says what is after
// S, with the last command's tag for TAG, and expects what is after C, where *
// at the end stands for anything and END for no command more.
func scripted(t *testing.T, url, script string) (*Door, *fakeRelay) {
	t.Helper()
	r := &fakeRelay{seen: make(map[string]int)}
	d, err := New(Config{URL: url, After: "move:Relayed", Relay: r,
		Password: func() (string, error) { return "secret", nil }})
	if err != nil {
		t.Fatal(err)
	}
	d.dial = func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go follow(t, far, strings.Split(strings.TrimSuffix(script, "\n"), "\n"))
		return near, nil
	}
	return d, r
}

func follow(t *testing.T, c net.Conn, script []string) {
	defer c.Close()
	lines := bufio.NewReader(c)
	tag := ""
	for _, line := range script {
		if text, ok := strings.CutPrefix(line, "S: "); ok {
			if _, err := io.WriteString(c, strings.Replace(text, "TAG", tag, 1)+"\r\n"); err != nil {
				return
			}
			continue
		}
		want := strings.TrimPrefix(line, "C: ")
		got, err := lines.ReadString('\n')
		if want == "END" && err != nil {
			return
		}
		var command string
		tag, command, _ = strings.Cut(strings.TrimRight(got, "\r\n"), " ")
		prefix, open := strings.CutSuffix(want, "*")
		if command != want && !(open && strings.HasPrefix(command, prefix)) {
			t.Errorf("command %q (%v), want %q", command, err, want)
			return
		}
	}
}
