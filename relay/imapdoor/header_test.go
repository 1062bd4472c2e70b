package imapdoor

import (
	"net/mail"
	"slices"
	"strings"
	"testing"
)

func TestRecipients(t *testing.T) {
	d, _ := scripted(t, "imap://ana@localhost", "")
	s := &session{Door: d}
	for _, test := range []struct{ name, header, want string }{
		{"Delivered-To", "Delivered-To: a@relay.test\nTo: b@relay.test\n", "a"},
		{"Delivered-To, none ours", "Delivered-To: x@host.test\nX-Original-To: a@relay.test\n", "a"},
		{"all occurrences", "Delivered-To: x@host.test\ndelivered-to: a@relay.test\nDelivered-To: <b@relay.test>\n", "a b"},
		{"X-Original-To", "X-Original-To: a@relay.test\nEnvelope-To: b@relay.test\n", "a"},
		{"Envelope-To", "Envelope-To: a@relay.test, b@relay.test\nTo: c@relay.test\n", "a b"},
		{"To and Cc", "Cc: b@relay.test\nTo: Ana <a@relay.test>\n", "a b"},
		{"twice", "To: a@relay.test, A@Relay.Test\nCc: a@relay.test\n", "a"},
		{"Bcc is not read", "Bcc: a@relay.test\n", ""},
		{"folded", "To: x@y.test,\n\tb@relay.test,\n  Ana\n <a@relay.test>\n", "b a"},
		{"in a name", "To: \"a@relay.test\" <x@y.test>, a@relay.test <x@y.test>, x@y.test (a@relay.test)\n", ""},
		{"after a bad name", "To: =?nonsense?q?x?= \xff; <x@>, Bad \"name <b@relay.test>\" <a@relay.test>\n", "a"},
		{"group", "To: Pairs: a@relay.test, Ben <b@relay.test>;\n", "a b"},
		{"route", "To: <@x.test,@y.test:a@relay.test>\n", "a"},
		{"after the header", "Subject: x\n\nTo: a@relay.test\n", ""},
		{"mbox line", "From ana@x.test Thu Jan  1 00:00:00 1970\nTo: a@relay.test\n", "a"},
	} {
		recipients, err := s.recipients(t.Context(), readHeader(strings.NewReader(test.header)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range recipients {
			got = append(got, strings.TrimSuffix(r.Address, "@relay.test"))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// FuzzAddresses finds that an address list that net/mail can read is read as
// net/mail does, and that nothing else does harm.
func FuzzAddresses(f *testing.F) {
	for _, seed := range []string{
		"a@b.test", "Ana <a@b.test>, \"B, c\" <c@d.test>", "Group: a@b.test, c@d.test;", "(c(o)m) a@b.test (x)",
		"<@a.test:b@c.test>", "a@b.test, <", "\"a\\\"b\" <c@d.test>", "a@[IPv6:::1]", "=?utf-8?q?x?= <a@b.test>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, field string) {
		got := addresses([]byte(field))
		for _, a := range got {
			if !isAddress(a) {
				t.Errorf("%q is no address", a)
			}
		}
		list, err := mail.ParseAddressList(field)
		if err != nil {
			return
		}
		for _, a := range list {
			// None of our addresses has other characters than these, nor the
			// blanks inside that obsolete syntax allows.
			if strings.Contains(field, a.Address) && strings.Trim(strings.ToLower(a.Address), "abcdefghijklmnopqrstuvwxyz0123456789.+-@") == "" && !slices.Contains(got, a.Address) {
				t.Errorf("%q: %q is missing in %q", field, a.Address, got)
			}
		}
	})
}

func TestNew(t *testing.T) {
	for _, test := range []struct{ url, after, wrong string }{
		{"imaps://ana@mail.test/INBOX", "move:Relayed", ""},
		{"imaps://ana@corp.test@mail.test", "delete", ""},
		{"imap://ana@127.0.0.1:1143/inbox", "move:Done/Relayed", ""},
		{"https://ana@mail.test", "delete", "imaps://user@host/INBOX"},
		{"imaps://mail.test", "delete", "user or host missing"},
		{"imaps://ana:secret@mail.test", "delete", "password file"},
		{"imaps://ana@mail.test:x", "delete", "not a URL"},
		{"imaps://ana@mail.test", "", `write "move:Relayed" or "delete"`},
		{"imaps://ana@mail.test", "move:", "no folder"},
		{"imaps://ana@mail.test", "move:inbox", "the mailbox itself"},
		{"imaps://ana@mail.test/Refused", "delete", "name another"},
	} {
		_, err := New(Config{URL: test.url, After: test.after, Relay: new(fakeRelay),
			Password: func() (string, error) { return "", nil }})
		if (err != nil) != (test.wrong != "") || err != nil && !strings.Contains(err.Error(), test.wrong) {
			t.Errorf("%s, %s: error %v, want %q", test.url, test.after, err, test.wrong)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error shows the password", test.url)
		}
	}
}
