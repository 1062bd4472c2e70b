package oracle

import "slices"

const (
	calendarHead = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nMETHOD:REQUEST\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nDTEND:20261201T100000Z\nSUMMARY:{{keep}}\n"
	calendarTail = "END:VEVENT\nEND:VCALENDAR\n"
)

// calendarVectors are invitations, RFC 5545 and RFC 6047.
func calendarVectors() []*Vector {
	var list []*Vector
	for _, r := range calendarRows {
		for _, cte := range encodings {
			list = append(list, &Vector{Name: "calendar/" + r.name + "/" + cte, letter: letter{
				kind: "text/calendar; charset=utf-8; method=REQUEST", cte: cte, body: calendarHead + r.text + "\n" + calendarTail,
			}})
		}
	}
	return slices.Concat(list,
		mixed("calendar", []row{
			{"attached", "Content-Type: application/ics; name=invite.ics\nContent-Disposition: attachment; filename=invite.ics\nContent-Transfer-Encoding: base64\n\n" +
				"{{inner `" + calendarHead + "ORGANIZER:mailto:{{from}}\n" + calendarTail + "` | base64}}"},
			{"attached as octets", "Content-Type: application/octet-stream; name=invite.ics\nContent-Disposition: attachment; filename=invite.ics\nContent-Transfer-Encoding: base64\n\n" +
				"{{inner `" + calendarHead + "ORGANIZER:mailto:{{from | fold 9}}\n" + calendarTail + "` | base64}}"},
			{"in XML", "Content-Type: application/calendar+xml\n\n<cal-address>mailto:{{from}}</cal-address><text>{{keep}}</text>"},
			{"in JSON", "Content-Type: application/calendar+json\n\n[\"organizer\",{},\"cal-address\",\"mailto:{{from | at \"\\\\u0040\"}}\"]\n{{keep}}"},
		}),
		whole("calendar", []row{
			{"alternative", "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{{keep}}\n--b\nContent-Type: text/calendar; method=REQUEST\nContent-Transfer-Encoding: base64\n\n" +
				"{{inner `" + calendarHead + "ORGANIZER;CN={{from}}:mailto:{{from}}\n" + calendarTail + "` | base64}}--b--\n"},
			{"answer", "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{{keep}}\nORGANIZER:mailto:{{mask}}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{{from}}\nEND:VEVENT\nEND:VCALENDAR\n"},
		}),
	)
}

var calendarRows = []row{
	{"people", "ORGANIZER;CN=\"{{from}}\";SENT-BY=\"mailto:{{from}}\";DIR=\"ldap://x.example/{{from | percent}}\":mailto:{{from}}\nATTENDEE;CN={{from}};EMAIL={{from}};PARTSTAT=ACCEPTED:MAILTO:{{from | upper}}\nATTENDEE;DELEGATED-FROM=\"mailto:{{from}}\":mailto:{{tagged}}"},
	{"folded", "{{range numbers 24}}ATTENDEE;CN=x:mailto:{{tagged}}\n{{end}}ORGANIZER:mailto:{{from | fold 1}}\nORGANIZER:mailto:{{from | fold 3}}\nORGANIZER:mailto:{{from | at \"\\n\\t@\"}}"},
	{"folded everywhere", "{{everywhere \"\\n \"}}"},
	{"escaped text", `DESCRIPTION:Hi\n{{from}}\nwrite to {{from}}\, or {{from}}\;\nbye{{"\n"}}COMMENT:{{from}}{{"\n"}}CONTACT:Alice\, {{from}}`},
	{"id", "UID:20261201-{{from}}"},
	{"id with host", "UID:20261201T090000Z-1@{{host}}"},
	{"links", "URL:mailto:{{from}}\nATTACH:mailto:{{from | percent}}\nCONFERENCE;VALUE=URI:https://x.example/?u={{from}}"},
	{"other clients", "X-MS-OLK-SENDER:mailto:{{from}}\nX-ALT-DESC;FMTTYPE=text/html:<p>{{from | at \"&#64;\"}} {{from | at \"<b>@</b>\"}}</p>\nX-WR-CALNAME:{{from}}\nX-GOOGLE-CALENDAR-CONTENT-TITLE:{{from}}"},
	{"alarm", "BEGIN:VALARM\nACTION:EMAIL\nATTENDEE:mailto:{{from}}\nEND:VALARM"},
	{"inline attachment", "ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY:{{printf \"Write to %s, please\" from | oneline}}"},
	{"quoted-printable value", "DESCRIPTION;ENCODING=QUOTED-PRINTABLE:{{from | at \"=40\"}} {{from | at \"=\\n=40\"}}"},
}

// cardVectors are business cards, RFC 6350, and their older forms.
func cardVectors() []*Vector {
	var list []*Vector
	for _, kind := range []string{"text/vcard", "text/x-vcard", "text/directory; profile=vCard"} {
		list = append(list, texts("card/"+kind, kind, []row{
			{"mail", "BEGIN:VCARD\nVERSION:3.0\nFN:{{keep}}\nEMAIL;TYPE=INTERNET:{{from}}\nEMAIL;TYPE=\"work\":{{tagged | upper}}\nNOTE:a\\n{{from}}\\nb\nURL:mailto:{{from | percent}}\nIMPP:xmpp:{{from}}\nEND:VCARD"},
			{"folded", "BEGIN:VCARD\nEMAIL:{{from | fold 3}}\nEMAIL:{{from | fold 1}}\n{{everywhere \"\\n \"}}END:VCARD"},
			{"2.1", "BEGIN:VCARD\nVERSION:2.1\nEMAIL;INTERNET;ENCODING=QUOTED-PRINTABLE:{{from | at \"=40\"}}\nLABEL;WORK;ENCODING=QUOTED-PRINTABLE:x=0D=0A{{from | quoteds}}=\n {{from | at \"=\\n=40\"}}\nEND:VCARD"},
			{"key", "BEGIN:VCARD\nVERSION:3.0\nKEY;TYPE=PGP;ENCODING=b:{{printf \"A key of Alice <%s>, for long\" from | oneline | fold 60}}\nEND:VCARD"},
			{"photo", "BEGIN:VCARD\nVERSION:3.0\nPHOTO;TYPE=JPEG;ENCODING=b:{{picture \"embedded\" | oneline | fold 70}}\nEND:VCARD"},
			{"data link", "BEGIN:VCARD\nVERSION:4.0\nKEY:data:application/pgp-keys;base64,{{printf \"A key of Alice <%s>, for long\" from | oneline}}\nEND:VCARD"},
		})...)
	}
	return append(list, mixed("card", []row{
		{"attached", "Content-Type: text/vcard; name=a.vcf\nContent-Disposition: attachment; filename=a.vcf\nContent-Transfer-Encoding: base64\n\n{{printf \"BEGIN:VCARD\\nFN:%s\\nEMAIL:%s\\nEND:VCARD\\n\" keep (from | fold 5) | base64}}"},
		{"attached as octets", "Content-Type: application/octet-stream; name=a.vcf\nContent-Disposition: attachment; filename=a.vcf\nContent-Transfer-Encoding: base64\n\n{{printf \"BEGIN:VCARD\\nFN:%s\\nEMAIL:%s\\nEND:VCARD\\n\" keep (from | fold 5) | base64}}"},
		{"XML", "Content-Type: application/vcard+xml\n\n<email><text>{{from}}</text></email>{{keep}}"},
	})...)
}
