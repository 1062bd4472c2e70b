package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// nailSettings are those of s-nail, the mailx of many systems.
func nailSettings() []setting {
	nail := func(conf string) func(job) error {
		return func(j job) error { return j.nail(conf) }
	}
	return []setting{
		{"nail-default", "plain latin", "before after header", nail("set quote indentprefix='> '")},
		{"nail-tight", "list flowed terse", "below header", nail("set quote indentprefix='>'")},
	}
}

func (j job) nail(conf string) error {
	if err := j.mbox("box"); err != nil {
		return err
	}
	if err := j.programs(); err != nil {
		return err
	}
	rc := fmt.Sprintf(`set v15-compat from="%s <%s>" hostname=uni.test smtp-hostname= mta=%s/sendmail
set editalong=e EDITOR=%s/editor VISUAL=%s/editor sendwait nosave nofollowup-to ttycharset=utf-8 sendcharsets=utf-8
%s
`, j.name(), j.address(), j.home, j.home, j.home, conf)
	if err := j.write("rc", rc); err != nil {
		return err
	}
	return j.terminal("MAILRC=rc s-nail -:u -Rf box", step{"1 ", "reply Enter"}, step{"(continue)", "~. Enter"}, step{"?", "exit Enter"})
}

// blazeSettings are those of mblaze.
func blazeSettings() []setting {
	return []setting{{"mblaze-default", "plain html alternative latin", "header before after", job.blaze}}
}

func (j job) blaze() error {
	if err := j.maildir("mail"); err != nil {
		return err
	}
	if err := j.programs(); err != nil {
		return err
	}
	profile := fmt.Sprintf("Local-Mailbox: %s <%s>\nSendmail: %s/sendmail\nOutbox: %s/out\nFQDN: uni.test\n", j.name(), j.address(), j.home, j.home)
	if err := j.write(".mblaze/profile", profile); err != nil {
		return err
	}
	for _, dir := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(j.home, "out", dir), 0o700); err != nil {
			return err
		}
	}
	return j.terminal("mlist mail | mseq -S >seen; mrep 1", step{"What now?", "s Enter"})
}

// nmhSettings are those of nmh.
func nmhSettings() []setting {
	return []setting{
		{"nmh-default", "plain thread list terse", "header before after", job.nmh},
	}
}

func (j job) nmh() error {
	letter, err := os.ReadFile(j.letter)
	if err != nil {
		return err
	}
	if err := j.programs(); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"Mail/inbox/1": string(letter), "Mail/outbox/.keep": "",
		"mts.conf":    "mts: sendmail/pipe\nsendmail: " + j.home + "/sendmail\nlocalname: uni.test\nclientname: uni.test\n",
		".mh_profile": fmt.Sprintf("Path: Mail\nLocal-Mailbox: %s <%s>\nWelcome: disable\nmhbuild: -nocontentid\nCurrent-Folder: inbox\n", j.name(), j.address()),
	} {
		if err := j.write(name, text); err != nil {
			return err
		}
	}
	return j.terminal("PATH=/usr/bin/mh:$PATH; export MHMTSCONF=$HOME/mts.conf; repl -filter /etc/nmh/mhl.reply -nocc all -editor $HOME/editor 1",
		step{"What now?", "send Enter"})
}
