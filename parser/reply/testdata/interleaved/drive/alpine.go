package main

import "fmt"

// alpineSettings are those of alpine.
func alpineSettings() []setting {
	alpine := func(en, fr, features string) func(job) error {
		return func(j job) error { return j.alpine(j.say(en, fr), features) }
	}
	const leadin = "reply-leadin=Le _DAY_ _LONGMONTH_ _YEAR_ à _TIME24_, _FROM_ a écrit :\n"
	return []setting{
		{"alpine-default", "plain alternative html", "before after", alpine("", "", "")},
		{"alpine-local", "flowed latin list terse", "below", alpine("reply-leadin=_LONGDATE_ _TIME24_, _FROM_:\n", leadin, "quell-flowed-text")},
		{"alpine-signed", "thread plain", "before after", alpine("", leadin, "signature-at-bottom,enable-sigdashes")},
		{"alpine-header", "flowed", "before after", alpine("", "", "include-header-in-reply")},
		{"alpine-bars", "latin", "before after", alpine("reply-indent-string=\"| \"\n", "reply-indent-string=\"| \"\n"+leadin, "strip-from-sigdashes-on-reply")},
	}
}

func (j job) alpine(conf, features string) error {
	if err := j.mbox("box"); err != nil {
		return err
	}
	if err := j.programs(); err != nil {
		return err
	}
	if features != "" {
		features = "," + features
	}
	rc := fmt.Sprintf(`personal-name=%[2]s
user-domain=roy.example
alt-addresses=%[3]s
customized-hdrs=From: %[2]s <%[3]s>
inbox-path=%[1]s/box
sendmail-path=%[1]s/sendmail
editor=%[1]s/editor
default-fcc=""
signature-file=sig
last-version-used=7.00
feature-list=enable-alternate-editor-cmd,enable-alternate-editor-implicitly,include-text-in-reply,no-confirm-role-even-for-default,quell-ssl-largeblocks%[4]s
%[5]s`, j.home, j.name(), j.address(), features, conf)
	if err := j.write("pinerc", rc); err != nil {
		return err
	}
	sig := "\n"
	if features == ",signature-at-bottom,enable-sigdashes" {
		sig = j.name() + j.say("\nbaker's bookkeeper\n", "\ncomptable en boulangerie\n")
	}
	if err := j.write("sig", sig); err != nil {
		return err
	}
	return j.terminal("alpine -p pinerc -i", step{"MESSAGE INDEX", "r"}, step{"Alternate editor done", "C-x"},
		step{"Send message?", "y"}, step{"MESSAGE INDEX", "q"}, step{"Really quit", "y"})
}
