package main

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

//go:embed thunderbird.js
var thunderbirdReply string

// thunderbirdSettings are those of Thunderbird, which is driven by its remote
// protocol, Marionette.
func thunderbirdSettings() []setting {
	bird := func(en, fr string, html bool) func(job) error {
		return func(j job) error { return j.thunderbird(j.say(en, fr), html) }
	}
	const plain = "mail.identity.id1.compose_html=false\n"
	const french = `mailnews.reply_header_authorwroteondate="Le #2 à #3, #1 a écrit :"
mailnews.reply_header_ondateauthorwrote="Le #2 à #3, #1 a écrit :"
intl.regional_prefs.use_os_locales=true
`
	const above = "mail.identity.id1.reply_on_top=1\nmail.identity.id1.sig_bottom=false\n"
	const wrote = "mailnews.reply_header_type=1\nmailnews.reply_header_authorwrotesingle=\"#1 wrote:\"\n"
	const ecrit = "mailnews.reply_header_type=1\nmailnews.reply_header_authorwrotesingle=\"#1 a écrit :\"\n"
	const sig = "mail.identity.id1.htmlSigText=\"Ben Roy\\nbaker's bookkeeper\"\n"
	const signature = "mail.identity.id1.htmlSigText=\"Benoît Roy\\ncomptable en boulangerie\"\n"
	return []setting{
		{"thunderbird-plain", "plain flowed alternative thread terse", "before", bird(plain, plain+french, false)},
		{"thunderbird-html", "plain html alternative list terse", "before", bird("", french, false)},
		{"thunderbird-above", "latin html", "", bird(above+plain+sig, above+plain+signature+french, false)},
		{"thunderbird-only", "html alternative flowed terse", "before html", bird(sig+wrote, signature+ecrit, true)},
		{"thunderbird-tight", "list latin terse", "below", bird(plain, plain+french, false)},
	}
}

func (j job) thunderbird(conf string, html bool) error {
	prefs := fmt.Sprintf(`mail.accountmanager.accounts="account1,account2"
mail.accountmanager.defaultaccount="account2"
mail.accountmanager.localfoldersserver="server1"
mail.account.account1.server="server1"
mail.account.account2.server="server2"
mail.account.account2.identities="id1"
mail.server.server1.type="none"
mail.server.server1.hostname="Local Folders"
mail.server.server1.userName="nobody"
mail.server.server1.name="Local Folders"
mail.server.server2.type="pop3"
mail.server.server2.hostname="pop.uni.test"
mail.server.server2.userName="ben"
mail.server.server2.name="uni"
mail.server.server2.login_at_startup=false
mail.server.server2.check_new_mail=false
mail.identity.id1.fullName="%s"
mail.identity.id1.useremail="%s"
mail.identity.id1.valid=true
mail.identity.id1.fcc=false
mail.identity.id1.smtpServer="smtp1"
mail.smtpservers="smtp1"
mail.smtp.defaultserver="smtp1"
mail.smtpserver.smtp1.hostname="smtp.uni.test"
mail.provider.suppress_dialog_on_startup=true
mail.spotlight.firstRunDone=true
mail.shell.checkDefaultClient=false
mailnews.start_page.enabled=false
mail.rights.version=1
app.update.enabled=false
datareporting.policy.dataSubmissionEnabled=false
mail.compose.warn_public_recipients.aggressive=false
mail.warn_on_send_accel_key=false
mail.SpellCheckBeforeSend=false
`, j.name(), j.address())
	var js strings.Builder
	for l := range strings.Lines(prefs + conf) {
		name, value, _ := strings.Cut(strings.TrimSuffix(l, "\n"), "=")
		fmt.Fprintf(&js, "user_pref(%q, %s);\n", name, value)
	}
	if err := j.write("profile/user.js", js.String()); err != nil {
		return err
	}
	c := exec.Command("thunderbird", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", j.home+"/profile")
	c.Env = append(os.Environ(), "HOME="+j.home, "LANG="+j.locale(), "LC_ALL="+j.locale(), "TZ=Europe/Paris")
	if err := c.Start(); err != nil {
		return err
	}
	defer c.Wait()
	defer c.Process.Kill()
	mail, err := j.script(html)
	if err != nil {
		return err
	}
	return os.WriteFile(j.out, []byte(own.ReplaceAllString(strings.ReplaceAll(string(mail), "\r\n", "\n"), "")), 0o666)
}

// own matches what is not sent: an mbox's separator and Thunderbird's own fields.
var own = regexp.MustCompile(`(?m)\AFrom .*\n|^(X-Mozilla-[^:\n]*|X-Identity-Key|X-Account-Key):.*\n([ \t].*\n)*`)

// script runs the script in Thunderbird and returns the mail.
func (j job) script(html bool) ([]byte, error) {
	letter, err := os.ReadFile(j.letter)
	if err != nil {
		return nil, err
	}
	binary := make([]rune, len(letter)) // a string of bytes, as Thunderbird has it
	for i, b := range letter {
		binary[i] = rune(b)
	}
	type typed struct {
		Top   bool     `json:"top"`
		Below string   `json:"below"`
		Lines []string `json:"lines"`
	}
	var plan []typed
	for _, a := range j.plan {
		plan = append(plan, typed{a.top, a.below, style{long: true}.typed(a)})
	}
	m, err := dialMarionette()
	if err != nil {
		return nil, err
	}
	defer m.conn.Close()
	var result struct {
		Value struct{ Mail, Error string }
	}
	if err := m.run(thunderbirdReply, &result, string(binary), plan, map[string]bool{"before": j.style.before, "below": j.style.below, "html": html}); err != nil {
		return nil, err
	}
	if result.Value.Error != "" {
		return nil, errors.New(result.Value.Error)
	}
	return base64.StdEncoding.DecodeString(result.Value.Mail)
}
