package main

import (
	_ "embed"
	"os"
)

//go:embed reply.el
var emacsReply string

// emacsSettings are those of Emacs: Message mode, in which Gnus, mu4e and
// notmuch write.
func emacsSettings() []setting {
	emacs := func(en, fr string) func(job) error {
		return func(j job) error { return j.emacs(j.say(en, fr)) }
	}
	const formatted = "(setq message-citation-line-function 'message-insert-formatted-citation-line"
	return []setting{
		{"emacs-default", "plain alternative html", "before after", emacs("", "")},
		{"emacs-formatted", "thread latin list", "before after below", emacs(
			formatted+`)`, formatted+` message-citation-line-format "Le %d %B %Y, %f a écrit :\n")`)},
		{"emacs-signed", "flowed plain terse", "after trim", emacs(
			formatted+` message-signature "Ben Roy\nbaker's bookkeeper")`,
			formatted+` message-citation-line-format "Le %A %d %B %Y à %R, %N a écrit :" message-signature "Benoît Roy\ncomptable en boulangerie")`)},
	}
}

func (j job) emacs(conf string) error {
	if err := j.write("reply.el", emacsReply); err != nil {
		return err
	}
	for name, value := range map[string]string{"LETTER": j.letter, "OUT": j.out, "CONF": conf, "NAME": j.name(), "ADDRESS": j.address()} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return j.command("", "emacs", "-Q", "--batch", "-l", "reply.el")
}
