package mask

import (
	"strings"
	"testing"
)

// uids is the map for what writer writes to reader in the tests here.
func uids(pair, writer, reader int64) UIDs {
	return (&Scheme{Domain: "relay.test", Secret: []byte("a secret of tests")}).UIDs(pair, writer, reader)
}

// TestUIDs sends an invitation and its answer: the reader learns nothing from
// the UID, and the writer gets the own one back.
func TestUIDs(t *testing.T) {
	there := aliceToBen()
	back := aliceToBen()
	back.UIDs = uids(1, 3, 2)
	for _, uid := range []string{
		"20261201T090000Z-1@laptop.corp.test", "1@corp.test", "1@CORP.test", "20261122-alice@corp.test", "ben@uni.test",
		strings.Repeat("1", 100) + "@corp.test", `a\,b\;c@corp.test`,
	} {
		masked := mapped(t, uid, there)
		switch {
		case strings.Contains(masked, "corp") || !strings.HasSuffix(masked, "@relay.test") || len(masked) > maxUID:
			t.Errorf("%s became %s", uid, masked)
		case masked != mapped(t, uid, there):
			t.Errorf("%s becomes another one each time", uid)
		case mapped(t, masked, back) != uid || mapped(t, strings.ToUpper(masked), back) != uid:
			t.Errorf("%s came back as %s", uid, mapped(t, masked, back))
		}
		for _, other := range []UIDs{uids(4, 3, 2), uids(1, 2, 3), uids(1, 3, 4)} {
			l := aliceToBen()
			if l.UIDs = other; mapped(t, masked, l) != masked {
				t.Errorf("%s was opened for %+v", uid, other)
			}
		}
	}
	for _, uid := range []string{"1@google.com", "040000008200E00074C5B7101A82E008", "1@corp.test.example", "1@mycorp.test", "corp.test", "", "@relay.test", "aaaa@relay.test"} {
		if got := mapped(t, uid, there); got != uid {
			t.Errorf("%q became %q", uid, got)
		}
	}
	long := mapped(t, strings.Repeat("1", 300)+"@corp.test", there)
	if len(long) > maxUID || strings.Contains(long, "corp") || mapped(t, long, back) != long {
		t.Errorf("a long one became %s", long)
	}
}

// mapped returns the UID that the entry has in the copy.
func mapped(t *testing.T, uid string, l Letter) string {
	t.Helper()
	source := build("text/calendar", "base64", []byte("BEGIN:VEVENT\r\nUID:"+uid+"\r\nRELATED-TO;RELTYPE=PARENT:"+uid+"\r\nEND:VEVENT\r\n"))
	got, _ := rewrite(t, source, l)
	text := strings.ReplaceAll(readText(t, got, scan(t, got)), "\r\n ", "")
	_, rest, _ := strings.Cut(text, "UID:")
	uid, rest, _ = strings.Cut(rest, "\r\n")
	if !strings.HasPrefix(rest, "RELATED-TO;RELTYPE=PARENT:"+uid+"\r\n") {
		t.Errorf("the copy has another reference than UID:\n%s", text)
	}
	return uid
}
