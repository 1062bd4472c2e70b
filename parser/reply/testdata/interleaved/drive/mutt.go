package main

import "fmt"

// muttSettings are those of mutt and of neomutt, which share their language.
func muttSettings() []setting {
	var all []setting
	for _, program := range []string{"mutt", "neomutt"} {
		mutt := func(en, fr string) func(job) error {
			return func(j job) error { return j.mutt(program, j.say(en, fr)) }
		}
		same := func(conf string) func(job) error { return mutt(conf, conf) }
		const french = "set attribution=\"Le %d, %n a écrit :\"\n"
		all = append(all, []setting{
			{program + "-default", "plain alternative thread", "before after", same("")},
			{program + "-tight", "latin list terse", "below", mutt("set indent_string='>'", "set indent_string='>'\n"+french)},
			{program + "-flowed", "flowed html", "before after soft", mutt("set text_flowed", "set text_flowed\n"+french+"set attribution_locale=fr_FR.UTF-8\nset date_format='!%a %d %b %Y à %H:%M'\n")},
			{program + "-french", "plain", "after trim", mutt("set attribution=\"On %[%d %B %Y at %H:%M], %a wrote:\"", french+"set date_format='%A %d %B %Y'\nset attribution_locale=fr_FR.UTF-8")},
			{program + "-bare", "list plain terse", "before after", same("set attribution=''")},
			{program + "-signed", "alternative flowed", "before", same("set signature=~/sig\nset sig_on_top")},
			{program + "-header", "latin html", "before after", same("set header\nset signature=~/sig\nset attribution='%n:'")},
			{program + "-bars", "thread list", "before after", same("set indent_string='| '")},
		}...)
	}
	return all
}

func (j job) mutt(program, conf string) error {
	if err := j.maildir("mail"); err != nil {
		return err
	}
	if err := j.write("sig", j.name()+j.say("\nbaker's bookkeeper", "\ncomptable en boulangerie")+"\n"); err != nil {
		return err
	}
	if err := j.write(".mailcap", "text/html; w3m -I utf-8 -T text/html -dump; copiousoutput\n"); err != nil {
		return err
	}
	rc := fmt.Sprintf(`set folder=~/mail spoolfile=~/mail mbox_type=Maildir record='' postponed=~/drafts
set realname="%s" from="%s" use_from hostname=uni.test sendmail="%s"
set editor="%s" fast_reply include=yes autoedit move=no mark_old=no
set abort_nosubject=no abort_unmodified=no confirmappend=no wait_key=no
set charset=utf-8 send_charset=us-ascii:iso-8859-1:utf-8 mailcap_path=~/.mailcap
ignore *
unignore from: date: subject: to:
auto_view text/html
alternative_order text/plain text/html
%s
`, j.name(), j.address(), j.keep, j.editor, conf)
	if err := j.write("rc", rc); err != nil {
		return err
	}
	return j.terminal(program + ` -n -F rc -f ~/mail -e 'push "<reply><send-message><exit>"'`)
}
