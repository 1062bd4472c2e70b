package main

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"mentorrelay/cmd/leakoracle/oracle"
)

// A provider is an IMAP server that lets a user in and keeps what is laid
// into the inbox.
type provider struct {
	plain, tls string // where it listens
	trust      *tls.Config
	got        chan []byte
}

// startProvider starts one, to the end of the test.
func startProvider(t *testing.T) *provider {
	t.Helper()
	users := imapmemserver.New()
	users.AddUser(imapmemserver.NewUser("box", "secret"))
	p := &provider{got: make(chan []byte, 9)}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(c *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &laying{users.NewSession(), p, c}, nil, nil
		},
		InsecureAuth: true,
		Logger:       quiet{},
	})
	web := httptest.NewTLSServer(nil) // whose certificate is good for 127.0.0.1
	defer web.Close()
	p.trust = web.Client().Transport.(*http.Transport).TLSClientConfig
	serve := func(l net.Listener, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { _ = server.Serve(l); close(ended) }() // with the error of a listener that was closed
		t.Cleanup(func() { server.Close(); <-ended })
		return l.Addr().String()
	}
	p.plain = serve(net.Listen("tcp", "127.0.0.1:0"))
	p.tls = serve(tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: web.TLS.Certificates}))
	return p
}

// laying is a session with it.
type laying struct {
	imapserver.Session
	*provider
	conn *imapserver.Conn
}

// Append takes what is for the inbox, and hangs up on what is for Broken.
func (l *laying) Append(folder string, r imap.LiteralReader, _ *imap.AppendOptions) (*imap.AppendData, error) {
	data, err := io.ReadAll(r)
	switch {
	case err != nil:
		return nil, err
	case folder == "Broken":
		return nil, l.conn.NetConn().Close()
	case folder != "INBOX":
		return nil, &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeTryCreate, Text: "There is no such folder"}
	}
	l.got <- data
	return &imap.AppendData{}, nil
}

// TestMailbox lays a letter into mailboxes, twice over the same connection.
func TestMailbox(t *testing.T) {
	p := startProvider(t)
	letter := &oracle.Letter{MailFrom: alice, Data: []byte("Subject: x\r\n\r\ncaf\xe9\r\n.\r\nno end")}
	for _, tt := range []struct{ name, url, password, outcome string }{
		{"plain", "imap://box@" + p.plain, "secret", "taken"},
		{"TLS", "imaps://box@" + p.tls + "/INBOX", "secret", "taken"},
		{"no such folder", "imap://box@" + p.plain + "/None", "secret", "refused: imap: NO [TRYCREATE] There is no such folder"},
		{"hangs up", "imap://box@" + p.plain + "/Broken", "secret", "no answer"},
		{"wrong password", "imap://box@" + p.plain, "guess", "error: the mailbox imap://box@" + p.plain + ": imap: NO [AUTHENTICATIONFAILED] Authentication failed"},
		{"nobody there", "imap://box@" + freeAddress(t), "secret", "connection refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u, err := parseMailbox(tt.url)
			if err != nil {
				t.Fatal(err)
			}
			m := &mailbox{
				url: u, password: tt.password, helo: "laptop.test", fields: []string{"X-Seen-By: us"}, patience: time.Minute,
				options: imapclient.Options{TLSConfig: p.trust},
			}
			defer m.close()
			for range 2 {
				got := outcome(m.send(t.Context(), letter, "box+k7f3q9x2@boxes.test"))
				if !strings.Contains(got, tt.outcome) {
					t.Errorf("%s, not %s", got, tt.outcome)
				}
				if got == "taken" {
					laidIn(t, <-p.got, letter)
				}
			}
		})
	}
}

// outcome tells what came of sending a letter.
func outcome(refusal string, answered bool, err error) string {
	switch {
	case err != nil:
		return "error: " + err.Error()
	case !answered:
		return "no answer"
	case refusal != "":
		return "refused: " + refusal
	}
	return "taken"
}

// laidIn checks what is in the mailbox.
func laidIn(t *testing.T, data []byte, letter *oracle.Letter) {
	t.Helper()
	trace, isWhole := bytes.CutSuffix(data, letter.Data)
	wantTrace := "Return-Path: <" + alice + ">\r\nDelivered-To: box+k7f3q9x2@boxes.test\r\nX-Seen-By: us\r\nReceived: from laptop.test by 127.0.0.1; "
	if !isWhole || !strings.HasPrefix(string(trace), wantTrace) {
		t.Errorf("laid in\n%s", data)
	}
}

func TestParseMailbox(t *testing.T) {
	for raw, ok := range map[string]bool{
		"imaps://box@mail.test/INBOX":        true,
		"imap://box%40boxes.test@mail.test":  true,
		"imaps://mail.test/INBOX":            false,
		"imaps://box@/INBOX":                 false,
		"smtp://box@mail.test":               false,
		"mail.test:993":                      false,
		"imaps://box:secret@mail.test/INBOX": false,
	} {
		if _, err := parseMailbox(raw); (err == nil) != ok || err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", raw, err)
		}
	}
	if m := (&mailbox{url: &url.URL{Path: "/Archive/Mentors"}}); m.folder() != "Archive/Mentors" {
		t.Errorf("folder %s", m.folder())
	}
}
