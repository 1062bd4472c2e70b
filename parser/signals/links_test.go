package signals

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"no link: ftp.example or http alone, http:// or mail@corp.test", nil},
		{"See https://corp.test/a?b=c.", []string{"https://corp.test/a?b=c"}},
		{"HTTPS://corp.test/a_(b) and (www.uni.test)!", []string{"HTTPS://corp.test/a_(b)", "www.uni.test"}},
		{"<https://corp.test/x>\nvoir « http://uni.test/é »", []string{"https://corp.test/x", "http://uni.test/é"}},
		{"https://a.test https://a.test", []string{"https://a.test", "https://a.test"}},
	} {
		if diff := cmp.Diff(c.want, Links(c.text)); diff != "" {
			t.Errorf("Links(%q): -want +got\n%s", c.text, diff)
		}
	}
}
