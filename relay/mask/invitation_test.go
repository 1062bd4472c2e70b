package mask

import (
	"bytes"
	"strings"
	"testing"
)

// benToAlice is the letter of an answer to what aliceToBen is the letter of.
func benToAlice() Letter {
	l := aliceToBen()
	l.From, l.To = Address{"Ben", "ben.m2n4p6r8@relay.test"}, Address{"Alice", "alice@corp.test"}
	l.ReplyTo, l.Own = l.From.Addr, "alice.k7f3q9x2@relay.test"
	l.UIDs = uids(1, 3, 2)
	return l
}

// A turn is one message of an invitation round.
type turn struct {
	file   string
	letter Letter
	given  string // UID in what the client writes
	uid    string // and in what the other one gets
	// whom the copy names, by its reader's addresses for them
	organizer, attendee string
}

// TestInvitation sends an invitation round, RFC 5546 §3.2: what each client
// writes is in testdata/invitation, with what the other one gets. Each of them
// must find its owner among the people, and the UID that it knows.
func TestInvitation(t *testing.T) {
	const (
		uid      = "20261122T090000Z-1@laptop.corp.test"
		alice    = "alice@corp.test"
		ben      = "ben@uni.test"
		aliceFor = "alice.k7f3q9x2@relay.test" // Ben
		benFor   = "ben.m2n4p6r8@relay.test"   // Alice
	)
	there, back := aliceToBen(), benToAlice()
	masked := newMatcher(there).uid(uid)
	for _, turn := range []turn{
		{"1-request", there, uid, masked, aliceFor, ben},
		{"2-counter", back, masked, uid, alice, benFor},
		{"3-reply", back, masked, uid, alice, benFor},
		{"4-cancel", there, uid, masked, aliceFor, ben},
	} {
		t.Run(turn.file, func(t *testing.T) {
			source := crlf(readFile(t, "testdata/invitation/"+turn.file+".in.eml"))
			got, _ := rewrite(t, source, turn.letter)
			checkGolden(t, "testdata/invitation/"+turn.file+".out.eml", got)
			checkTurn(t, turn, calendars(t, source), calendars(t, got))
			for _, address := range []string{alice, ben} {
				if address != turn.letter.To.Addr && bytes.Contains(bytes.ToLower(got), []byte(address)) {
					t.Errorf("%s is in the copy", address)
				}
			}
			if turn.uid == uid { // the reader's own: in a copy of the copy it would be hidden again
				return
			}
			if again, _ := rewrite(t, got, turn.letter); !bytes.Equal(got, again) {
				t.Errorf("the copy of the copy differs:\n%s", again)
			}
		})
	}
}

// checkTurn compares the calendars of a message with those of its copy.
func checkTurn(t *testing.T, turn turn, given, copied []string) {
	t.Helper()
	if len(given) == 0 || len(given) != len(copied) {
		t.Fatalf("%d calendars became %d", len(given), len(copied))
	}
	for i, c := range copied {
		for _, v := range []struct{ name, got, want string }{
			{"UID, as the client writes it,", property(given[i], "UID"), turn.given},
			{"UID", property(c, "UID"), turn.uid},
			{"ORGANIZER", property(c, "ORGANIZER"), "mailto:" + turn.organizer},
		} {
			if v.got != v.want {
				t.Errorf("%s is %q, want %q", v.name, v.got, v.want)
			}
		}
		if !strings.Contains(c, ":mailto:"+turn.attendee+"\r\n") {
			t.Errorf("no ATTENDEE is %q:\n%s", turn.attendee, c)
		}
	}
}

// calendars returns the calendar parts of a message, unfolded.
func calendars(t *testing.T, source []byte) []string {
	t.Helper()
	var list []string
	for _, p := range leaves(scan(t, source)) {
		if p.MediaType == "text/calendar" || p.MediaType == "application/ics" {
			list = append(list, strings.ReplaceAll(string(decoded(t, source, p)), "\r\n ", ""))
		}
	}
	return list
}

// property returns the first value of a property of a calendar.
func property(calendar, name string) string {
	for line := range strings.SplitSeq(calendar, "\r\n") {
		if head, value, ok := cutProperty([]byte(line)); ok && strings.HasPrefix(string(head)+";", name+";") {
			return string(value)
		}
	}
	return ""
}

// TestOwn names the reader in all ways: the mask becomes the own address where
// a calendar names people, and nowhere else.
func TestOwn(t *testing.T) {
	const mask, own, writer = "ben.m2n4p6r8@relay.test", "ben@uni.test", "alice.k7f3q9x2@relay.test"
	tests := []struct{ name, contentType, before, after string }{
		{"value", "text/calendar", "ATTENDEE:mailto:" + mask + "\r\n", "ATTENDEE:mailto:" + own + "\r\n"},
		{"folded", "text/calendar", "organizer:mailto:ben.m2n4\r\n p6r8@rel\r\n\tay.test\r\nX:\r\n", "organizer:mailto:" + own + "\r\nX:\r\n"},
		{"parameters", "text/calendar", `ATTENDEE;CN="` + mask + `";DELEGATED-FROM="mailto:` + mask + `":mailto:carol@corp.test` + "\r\n", `ATTENDEE;CN="` + own + `";DELEGATED-FROM="mailto:` + own + `":mailto:carol@corp.test` + "\r\n"},
		{"percent", "text/calendar", "ATTENDEE:mailto:ben.m2n4p6r8%40relay.test\r\n", "ATTENDEE:mailto:ben%40uni.test\r\n"},
		{"own already", "text/calendar", "ATTENDEE:mailto:Ben@Uni.test\r\n", "ATTENDEE:mailto:Ben@Uni.test\r\n"},
		{"other one of the reader", "text/calendar", "ATTENDEE:mailto:ben.d+x@home.test\r\n", "ATTENDEE:mailto:" + own + "\r\n"},
		{"the writer", "text/calendar", "ATTENDEE:mailto:alice@corp.test\r\n", "ATTENDEE:mailto:" + writer + "\r\n"},
		{"a quote that never closes", "text/calendar", "ATTENDEE;CN=\"x:mailto:" + mask + "\r\n", "ATTENDEE;CN=\"x:mailto:" + own + "\r\n"},
		{"text around", "text/calendar", "SUMMARY:" + mask + " " + own + "\r\nATTENDEE:x\r\nSUMMARY:" + mask + " " + own + "\r\n", "SUMMARY:" + mask + " " + mask + "\r\nATTENDEE:x\r\nSUMMARY:" + mask + " " + mask + "\r\n"},
		{"other names", "text/calendar", "CONTACT:" + mask + "\r\nX-ATTENDEE:" + mask + "\r\n", "CONTACT:" + mask + "\r\nX-ATTENDEE:" + mask + "\r\n"},
		{"like it", "text/calendar", "ATTENDEE:mailto:x." + mask + "\r\nATTENDEE:mailto:" + mask + ".example\r\n", "ATTENDEE:mailto:x." + mask + "\r\nATTENDEE:mailto:" + mask + ".example\r\n"},
		{"card", "text/vcard", "ATTENDEE:" + mask + "\r\nEMAIL:" + own + "\r\n", "ATTENDEE:" + mask + "\r\nEMAIL:" + mask + "\r\n"},
		{"text", "text/plain", "ATTENDEE:mailto:" + mask + "\r\n", "ATTENDEE:mailto:" + mask + "\r\n"},
		{"text of a calendar", "text/plain", "BEGIN:VCALENDAR\r\nATTENDEE:mailto:" + mask + "\r\n", "BEGIN:VCALENDAR\r\nATTENDEE:mailto:" + own + "\r\n"},
	}
	l := aliceToBen()
	l.Replace = append(l.Replace, Replacement{"ben.d@home.test", mask})
	for _, tt := range tests {
		for _, cte := range []string{"8bit", "quoted-printable", "base64"} {
			got, _ := rewrite(t, build(tt.contentType, cte, []byte(tt.before)), l)
			if after := string(decoded(t, got, scan(t, got))); after != tt.after {
				t.Errorf("%s, %s: got\n%q, want\n%q", tt.name, cte, after, tt.after)
			}
			if again, _ := rewrite(t, got, l); !bytes.Equal(again, got) {
				t.Errorf("%s, %s: the copy of the copy differs", tt.name, cte)
			}
		}
	}
}

// TestNoOwn leaves the mask where the letter says nothing of an own address.
func TestNoOwn(t *testing.T) {
	l := aliceToBen()
	l.Own = ""
	got, _ := rewrite(t, build("text/calendar", "8bit", []byte("ATTENDEE:mailto:ben.m2n4p6r8@relay.test\r\nATTENDEE:mailto:ben@uni.test\r\n")), l)
	want := "ATTENDEE:mailto:ben.m2n4p6r8@relay.test\r\nATTENDEE:mailto:ben.m2n4p6r8@relay.test\r\n"
	if after := string(decoded(t, got, scan(t, got))); after != want {
		t.Errorf("got %q", after)
	}
}

// TestOwnTagged has masks that are told apart by their tag, and addresses that
// cannot stand in a calendar as they are.
func TestOwnTagged(t *testing.T) {
	for _, tt := range []struct{ to, before, after string }{
		{"ben@uni.test", "relay+m2n4p6r8@mail.test", "ben@uni.test"},
		{"ben@uni.test", "relay+k7f3q9x2@mail.test", "relay+k7f3q9x2@mail.test"},
		{"ben@uni.test", "relay@mail.test", "relay@mail.test"},
		{"ben@uni.test", "alice@corp.test", "relay+k7f3q9x2@mail.test"},
		{`"ben;x"@uni.test`, "relay+m2n4p6r8@mail.test", "relay+m2n4p6r8@mail.test"},
		{"zoë@bücher.test", "relay+m2n4p6r8@mail.test", "relay+m2n4p6r8@mail.test"},
	} {
		l := aliceToBen()
		l.To.Addr, l.Own = tt.to, "relay+m2n4p6r8@mail.test"
		l.Replace = []Replacement{{"alice@corp.test", "relay+k7f3q9x2@mail.test"}, {tt.to, l.Own}}
		got, _ := rewrite(t, build("text/calendar", "8bit", []byte("ATTENDEE:mailto:"+tt.before)), l)
		if after := string(decoded(t, got, scan(t, got))); after != "ATTENDEE:mailto:"+tt.after {
			t.Errorf("for %s: %s became %s", tt.to, tt.before, after)
		}
	}
}
