package message

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
)

// TestDecodeBody reads texts whose charset is labelled rightly, wrongly, and
// not at all.
func TestDecodeBody(t *testing.T) {
	const (
		french   = "Bonjour Élodie, j’ai bien reçu votre message ; ça coûte 12 € à Nîmes."
		russian  = "Здравствуйте, Анна! Спасибо за ваше письмо, я прочитал его вчера вечером."
		japanese = "こんにちは、田中さん。先日はメールをありがとうございました。"
		chinese  = "您好，李先生。谢谢您上周的来信，我已经仔细阅读了您的建议。"
		polish   = "Dzień dobry, dziękuję za wiadomość. Chciałbym się spotkać i omówić źródła."
		greek    = "Καλημέρα σας, ευχαριστώ για το μήνυμά σας."
	)
	tests := []struct{ name, label, encoded, text string }{
		{"right", "utf-8", "", french},
		{"windows-1252 as latin 1", "iso-8859-1", "windows-1252", french},
		{"windows-1252 as ASCII", "us-ascii", "windows-1252", french},
		{"windows-1252 as UTF-8", "utf-8", "windows-1252", french},
		{"windows-1252 under an unknown label", "x-unknown", "windows-1252", french},
		{"windows-1252 under a home-made label", "cp-1252", "windows-1252", french},
		{"UTF-8 under an unknown label", "x-unknown", "", french},
		{"UTF-8 as latin 1", "iso-8859-1", "", "déjà vu à Nîmes"},
		{"quoted label", `"ISO-8859-1"`, "windows-1252", french},
		{"latin 9", "iso-8859-15", "iso-8859-15", "12 € de cœur"},
		{"Macintosh", "macintosh", "macintosh", "été à Nîmes"},
		{"GB18030", "gb18030", "gb18030", chinese},
		{"GB18030 as GB2312", "gb2312", "gb18030", chinese},
		{"Big5", "big5", "big5", "謝謝您的來信"},
		{"Korean", "ks_c_5601-1987", "euc-kr", "안녕하세요"},
		{"ISO-2022-JP", "iso-2022-jp", "iso-2022-jp", japanese},
		{"Shift_JIS", "shift_jis", "shift_jis", japanese},
		{"UTF-16", "utf-16le", "utf-16le", french},
		{"ISO-2022-JP unlabelled", "", "iso-2022-jp", japanese},
		{"windows-1252 unlabelled", "", "windows-1252", french},
		{"a few octets unlabelled", "", "windows-1252", "déjà 3 × 4"},
		{"short French unlabelled", "", "windows-1252", "Déjà prêt, à Noël."},
		{"UTF-8 unlabelled", "", "", french},
		{"KOI8-R unlabelled", "", "koi8-r", russian},
		{"windows-1251 unlabelled", "", "windows-1251", russian},
		{"windows-1253 unlabelled", "", "windows-1253", greek},
		{"latin 2 unlabelled", "", "iso-8859-2", polish},
		{"Shift_JIS unlabelled", "", "shift_jis", japanese},
		{"EUC-JP unlabelled", "", "euc-jp", japanese},
		{"GB18030 unlabelled", "", "gb18030", chinese},
	}
	for _, tt := range tests {
		octets := tt.text
		if tt.encoded != "" {
			e, err := htmlindex.Get(tt.encoded)
			if err != nil {
				t.Fatal(err)
			}
			if octets, err = e.NewEncoder().String(tt.text); err != nil {
				t.Fatal(err)
			}
		}
		if got := decodeBody(tt.label, []byte(octets)); got != tt.text {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
	for _, tt := range []struct{ name, label, octets, want string }{
		{"UTF-7", "utf-7", "Bonjour +AMk-lodie +IKw-", "Bonjour Élodie €"},
		{"UTF-8 with a stray octet", "utf-8", "déjà été \xe9lu", "déjà été élu"},
		{"byte order mark", "utf-8", "\ufeffOui", "Oui"},
		{"nothing", "utf-8", "", ""},
	} {
		if got := decodeBody(tt.label, []byte(tt.octets)); got != tt.want {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
	if got := decodeBody("utf-7", []byte(strings.Repeat("+", 1000))); strings.ToValidUTF8(got, "") != got {
		t.Errorf("%q", got)
	}
}
