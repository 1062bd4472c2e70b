package main

import "fmt"

// aercSettings are those of aerc.
func aercSettings() []setting {
	aerc := func(en, fr string) func(job) error {
		return func(j job) error { return j.aerc(j.say(en, fr)) }
	}
	const attribution = `On {{dateFormat (.OriginalDate | toLocal) "Mon Jan 2, 2006 at 3:04 PM MST"}}, {{(index .OriginalFrom 0).Name}} wrote:`
	const quote = "\n{{if eq .OriginalMIMEType \"text/html\"}}{{exec `w3m -I utf-8 -T text/html -dump -cols 72` .OriginalText | quote}}{{else}}{{quote .OriginalText}}{{end}}\n"
	const french = `Le {{dateFormat .OriginalDate "02/01/2006 à 15:04"}}, {{(index .OriginalFrom 0).Name}} a écrit :`
	const own = `{{(index .OriginalFrom 0).Name}}, {{dateFormat .OriginalDate "2006-01-02 15:04"}}:`
	return []setting{
		{"aerc-default", "plain thread", "before after", aerc("X-Mailer: aerc {{version}}\n\n"+attribution+quote, "X-Mailer: aerc {{version}}\n\n"+attribution+quote)},
		{"aerc-local", "html latin list terse", "below", aerc("\n"+attribution+quote, "\n"+french+quote)},
		{"aerc-wrapped", "alternative flowed", "before after trim", aerc("\n"+own+"\n{{wrap 66 .OriginalText | quote}}\n", "\n"+own+"\n{{wrap 66 .OriginalText | quote}}\n")},
		{"aerc-signed", "plain flowed", "before below", aerc("\n"+attribution+quote+"\n-- \nBen Roy\nbaker's bookkeeper\n", "\n"+french+quote+"\n-- \nBenoît Roy\n")},
	}
}

func (j job) aerc(template string) error {
	if err := j.maildir("mail/INBOX"); err != nil {
		return err
	}
	if err := j.programs(); err != nil {
		return err
	}
	accounts := fmt.Sprintf("[uni]\nsource = maildir://%[1]s/mail\noutgoing = %[1]s/sendmail\nfrom = %[2]s <%[3]s>\ndefault = INBOX\n", j.home, j.name(), j.address())
	const conf = `[compose]
editor=%[1]s/editor
empty-subject-warning=false
[filters]
text/plain=cat
text/html=w3m -I utf-8 -T text/html -dump
[templates]
template-dirs=%[1]s/templates
quoted-reply=quoted_reply
`
	binds := "[messages]\nR = :reply -q<Enter>\nQ = :quit<Enter>\n[view]\n[compose]\n[compose::editor]\n$noinherit = true\n[compose::review]\ny = :send<Enter>\n"
	for name, text := range map[string]string{
		".config/aerc/accounts.conf": accounts, ".config/aerc/aerc.conf": fmt.Sprintf(conf, j.home),
		".config/aerc/binds.conf": binds, "templates/quoted_reply": template,
	} {
		if err := j.write(name, text); err != nil {
			return err
		}
	}
	return j.terminal("aerc", step{"10:15", "R"}, step{"Send this email", "y"}, step{"10:15", "Q"})
}
