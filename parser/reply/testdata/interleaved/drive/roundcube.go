package main

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// roundcubeSettings are those of Roundcube, a webmail, behind PHP's own
// server and with Dovecot's IMAP behind it. The replies are kept as drafts.
func roundcubeSettings() []setting {
	cube := func(conf string) func(job) error {
		return func(j job) error { return j.roundcube(conf) }
	}
	return []setting{
		{"roundcube-default", "plain flowed alternative html", "before after long", cube("$config['reply_mode'] = 0;")},
		{"roundcube-above", "latin thread", "before after long", cube("$config['reply_mode'] = 1; $config['line_length'] = 66;")},
		{"roundcube-unflowed", "list alternative terse", "after", cube("$config['send_format_flowed'] = false;")},
	}
}

const (
	imapPort = 31143
	cubePort = 31180
	password = "secret"
)

// dovecot is a configuration for one user; its argument is the home.
const dovecot = `base_dir = %[1]s/run
state_dir = %[1]s/run
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
passdb {
  driver = static
  args = password=` + password + `
}
userdb {
  driver = static
  args = uid=mail gid=mail home=%[1]s
}
namespace inbox {
  inbox = yes
}
service imap-login {
  inet_listener imap {
    port = %[2]d
  }
  inet_listener imaps {
    port = 0
  }
}
`

func (j job) roundcube(conf string) error {
	if err := j.maildir("Maildir"); err != nil {
		return err
	}
	config := fmt.Sprintf(`<?php
$config['db_dsnw'] = 'sqlite:///%[1]s/db?mode=0646';
$config['imap_host'] = '127.0.0.1:%[2]d';
$config['smtp_host'] = '127.0.0.1:25';
$config['des_key'] = 'abcdefghijklmnopqrstuvwx';
$config['log_dir'] = '%[1]s'; $config['temp_dir'] = '%[1]s';
$config['mail_domain'] = 'roy.example'; $config['language'] = '%[3]s';
$config['timezone'] = 'Europe/Paris'; $config['plugins'] = []; $config['skin'] = 'elastic';
$config['htmleditor'] = 0; $config['drafts_mbox'] = 'Drafts'; $config['create_default_folders'] = true;
$config['useragent'] = 'Roundcube Webmail/' . RCMAIL_VERSION;
%[4]s
`, j.home, imapPort, j.say("en_US", "fr_FR"), conf)
	if err := j.write("config/config.inc.php", config); err != nil {
		return err
	}
	if err := j.write("dovecot.conf", fmt.Sprintf(dovecot, j.home, imapPort)); err != nil {
		return err
	}
	if err := j.command("", "sh", "-c", "chmod 755 . && chown -R mail:mail Maildir && cp /etc/roundcube/defaults.inc.php /etc/roundcube/mimetypes.php config/ && sqlite3 db < /usr/share/roundcube/SQL/sqlite.initial.sql"); err != nil {
		return err
	}
	for _, args := range [][]string{
		{"dovecot", "-F", "-c", "dovecot.conf"},
		{"php", "-S", fmt.Sprintf("127.0.0.1:%d", cubePort), "-t", "/var/lib/roundcube/public_html"},
	} {
		c := exec.Command(args[0], args[1:]...)
		c.Dir = j.home
		c.Env = append(os.Environ(), "ROUNDCUBE_CONFIG_DIR="+j.home+"/config", "TZ=Europe/Paris")
		if err := c.Start(); err != nil {
			return err
		}
		defer func() {
			c.Process.Signal(os.Interrupt)
			c.Wait()
		}()
	}
	if err := j.webmail(); err != nil {
		logs, _ := exec.Command("sh", "-c", "tail -n 8 "+j.home+"/*log* "+j.home+"/log").Output()
		return fmt.Errorf("%w\n%s", err, logs)
	}
	drafts, err := filepath.Glob(j.home + "/Maildir/.Drafts/[cn]*/*")
	if err != nil || len(drafts) == 0 {
		return fmt.Errorf("no draft, %v", err)
	}
	mail, err := os.ReadFile(drafts[0])
	if err != nil {
		return err
	}
	mail = regexp.MustCompile(`(?m)^X-Draft-Info:.*\r?\n([ \t].*\r?\n)*`).ReplaceAll(mail, nil)
	return os.WriteFile(j.out, []byte(strings.ReplaceAll(string(mail), "\r\n", "\n")), 0o666)
}

// webmail logs in, opens the reply, types, and saves it.
func (j job) webmail() error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	web := &http.Client{Jar: jar, Timeout: 20 * time.Second}
	base := fmt.Sprintf("http://127.0.0.1:%d/", cubePort)
	read := func(r *http.Response, err error) (string, error) {
		if err != nil {
			return "", err
		}
		defer r.Body.Close()
		page, err := io.ReadAll(r.Body)
		return string(page), err
	}
	var page string
	for range 40 {
		if page, err = read(web.Get(base + "?_task=login")); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		return err
	}
	form := hidden(page)
	form.Set("_user", j.address())
	form.Set("_pass", password)
	form.Set("_task", "login")
	form.Set("_action", "login")
	if page, err = read(web.PostForm(base+"?_task=login", form)); err != nil {
		return err
	}
	if !strings.Contains(page, "task-mail") {
		return fmt.Errorf("not logged in: %.600s", page)
	}
	if page, err = read(web.Get(base + "?_task=mail&_action=compose&_reply_uid=1&_mbox=INBOX")); err != nil {
		return err
	}
	area := regexp.MustCompile(`(?s)<textarea[^>]*name="_message"[^>]*>(.*?)</textarea>`).FindStringSubmatch(page)
	from := regexp.MustCompile(`(?s)<select[^>]*name="_from"[^>]*>.*?<option value="(\d+)"`).FindStringSubmatch(page)
	subject := regexp.MustCompile(`<input[^>]*name="_subject"[^>]*value="([^"]*)"`).FindStringSubmatch(page)
	to := regexp.MustCompile(`(?s)<textarea[^>]*name="_to"[^>]*>(.*?)</textarea>`).FindStringSubmatch(page)
	if area == nil || from == nil || to == nil {
		return fmt.Errorf("no form %v %v %v in %.3000s", area != nil, from != nil, to != nil, page)
	}
	text, err := weave(strings.TrimPrefix(html.UnescapeString(area[1]), "\n"), j.plan, j.style)
	if err != nil {
		return err
	}
	form = hidden(page)
	form.Set("_message", strings.ReplaceAll(text, "\n", "\r\n"))
	form.Set("_from", from[1])
	form.Set("_to", html.UnescapeString(to[1]))
	if subject != nil {
		form.Set("_subject", html.UnescapeString(subject[1]))
	}
	form.Set("_draft", "1")
	_, err = read(web.PostForm(base+"?_task=mail&_action=send", form))
	return err
}

// hidden returns the hidden fields of a page's form.
func hidden(page string) url.Values {
	form := url.Values{}
	for _, input := range regexp.MustCompile(`<input[^>]*type="hidden"[^>]*>`).FindAllString(page, -1) {
		name := regexp.MustCompile(`name="([^"]*)"`).FindStringSubmatch(input)
		value := regexp.MustCompile(`value="([^"]*)"`).FindStringSubmatch(input)
		if name != nil && value != nil {
			form.Set(name[1], html.UnescapeString(value[1]))
		}
	}
	return form
}
