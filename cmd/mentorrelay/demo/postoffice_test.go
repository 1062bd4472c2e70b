package demo

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

var (
	alice = Account{"Alice Martin", "alice@corp.test", "secret-a"}
	ben   = Account{"Ben Durand", "ben@uni.test", "secret-b"}
)

// openTestOffice opens a post office that passes mail for relay.test on to
// another.
func openTestOffice(t *testing.T, routes map[string]string, accounts ...Account) *PostOffice {
	t.Helper()
	p, err := OpenPostOffice(time.Now, routes, accounts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func (p *PostOffice) client(a Account) *client {
	return &client{Account: a, imap: p.IMAP(), smtp: p.SMTP(), now: time.Now}
}

func TestNoOpenRelay(t *testing.T) {
	relay := openTestOffice(t, nil, Account{Address: "mask@relay.test"})
	office := openTestOffice(t, map[string]string{"relay.test": relay.SMTP()}, alice, ben)
	mech := func(a Account) sasl.Client { return sasl.NewPlainClient("", a.Address, a.Password) }
	login := sasl.NewLoginClient(alice.Address, alice.Password)
	wrong := Account{Address: alice.Address, Password: "guess"}

	for _, c := range []struct {
		name     string
		auth     sasl.Client
		mailFrom string
		from     string
		to       string
		code     int // 0: taken
	}{
		{"holder to the relay", mech(alice), "alice@corp.test", "alice@corp.test", "mask@relay.test", 0},
		{"holder to holder", mech(alice), "alice@corp.test", "alice@corp.test", "ben@uni.test", 0},
		{"by AUTH LOGIN", login, "alice@corp.test", "Alice <Alice@Corp.test>", "Ben@uni.test", 0},
		{"world to holder", nil, "x@world.test", "x@world.test", "ben@uni.test", 0},
		{"a bounce to holder", nil, "", "x@world.test", "ben@uni.test", 0},
		{"relay says no", mech(alice), "alice@corp.test", "alice@corp.test", "nobody@relay.test", 550},
		{"holder to the world", mech(alice), "alice@corp.test", "alice@corp.test", "x@world.test", 550},
		{"world to the world", nil, "x@world.test", "x@world.test", "y@world.test", 550},
		{"world to the relay", nil, "x@world.test", "x@world.test", "mask@relay.test", 550},
		{"null sender to the relay", nil, "", "x@world.test", "mask@relay.test", 550},
		{"no such mailbox", nil, "x@world.test", "x@world.test", "nobody@uni.test", 550},
		{"holder without login", nil, "alice@corp.test", "alice@corp.test", "ben@uni.test", 530},
		{"another's reverse-path", mech(alice), "ben@uni.test", "alice@corp.test", "ben@uni.test", 550},
		{"another's From", mech(alice), "alice@corp.test", "ben@uni.test", "mask@relay.test", 550},
		{"two in From", mech(alice), "alice@corp.test", "alice@corp.test, ben@uni.test", "mask@relay.test", 550},
		{"wrong password", mech(wrong), "alice@corp.test", "alice@corp.test", "ben@uni.test", 535},
		{"percent hack", nil, "x@world.test", "x@world.test", "y%world.test@uni.test", 550},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := submit(office, c.auth, c.mailFrom, c.to, "From: "+c.from+"\r\nSubject: hello\r\n\r\nhello\r\n")
			var answer *smtp.SMTPError
			if c.code == 0 && err != nil || c.code != 0 && (!errors.As(err, &answer) || answer.Code != c.code) {
				t.Errorf("got %v, want %d", err, c.code)
			}
		})
	}
	for address, want := range map[*client]int{office.client(ben): 4, office.client(alice): 0} {
		if got, err := address.all(inbox); err != nil || len(got) != want {
			t.Errorf("%s holds %d messages (%v), want %d", address.Address, len(got), err, want)
		}
	}
}

func submit(office *PostOffice, auth sasl.Client, from, to, message string) error {
	c, err := smtp.Dial(office.SMTP())
	if err != nil {
		return err
	}
	defer c.Close()
	if auth != nil {
		if err := c.Auth(auth); err != nil {
			return err
		}
	}
	return c.SendMail(from, []string{to}, strings.NewReader(message))
}

func TestMailbox(t *testing.T) {
	office := openTestOffice(t, nil, alice, ben)
	a, b := office.client(alice), office.client(ben)
	for range 2 {
		if err := a.send(ben.Address, []byte("From: alice@corp.test\r\nSubject: hello\r\n\r\nhello\r\n")); err != nil {
			t.Fatal(err)
		}
	}
	<-office.News(ben.Address)
	for _, want := range []int{2, 0} {
		if got, err := b.fetch(); err != nil || len(got) != want {
			t.Fatalf("fetched %d messages (%v), want %d", len(got), err, want)
		}
	}
	got, err := a.all(sent)
	if err != nil || len(got) != 2 {
		t.Fatalf("Sent holds %d messages (%v), want 2", len(got), err)
	}
	messages, err := b.all(inbox)
	if err != nil || !strings.HasPrefix(string(messages[0]), "Return-Path: <alice@corp.test>\r\nDelivered-To: ben@uni.test\r\nReceived: from client.test ") {
		t.Errorf("delivered as %q (%v)", messages, err)
	}
}

func TestIdle(t *testing.T) {
	office := openTestOffice(t, nil, alice, ben)
	count := make(chan uint32, 100)
	c, err := imapclient.DialInsecure(office.IMAP(), &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages != nil {
				count <- *data.NumMessages
			}
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(ben.Address, ben.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select(inbox, nil).Wait(); err != nil {
		t.Fatal(err)
	}
	idle, err := c.Idle()
	if err != nil {
		t.Fatal(err)
	}
	// The server says that it is idling a moment before it is, and tells of
	// what comes in that moment only with the next message.
	for sent, told := uint32(0), uint32(0); told == 0; {
		if err := submit(office, nil, "x@world.test", ben.Address, "From: x@world.test\r\n\r\nhello\r\n"); err != nil {
			t.Fatal(err)
		}
		sent++
		select {
		case told = <-count:
		case <-time.After(2 * time.Second):
		}
		if told > sent {
			t.Errorf("told of %d messages, want %d at the most", told, sent)
		}
	}
	if err := errors.Join(idle.Close(), idle.Wait()); err != nil {
		t.Error(err)
	}
}
