package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A step is what is typed once something is seen.
type step struct{ see, keys string }

// terminal runs a command in a terminal until it ends. Keys are tmux's, apart
// by spaces.
func (j job) terminal(command string, steps ...step) error {
	script := filepath.Join(j.home, "run.sh")
	head := fmt.Sprintf("export TZ=Europe/Paris HOME=%s LANG=%s LC_ALL=%s EDITOR='%s' VISUAL='%s'\nunset TMUX\ncd $HOME\n", j.home, j.locale(), j.locale(), j.editor, j.editor)
	if err := os.WriteFile(script, []byte(head+command+" \n"), 0o700); err != nil {
		return err
	}
	session := filepath.Base(j.home)
	if err := tmux("new-session", "-d", "-s", session, "-x", "110", "-y", "50", "sh "+script); err != nil {
		return err
	}
	defer tmux("kill-session", "-t", session)
	deadline, screen := time.Now().Add(25*time.Second), ""
	for time.Now().Before(deadline) {
		out, err := exec.Command("tmux", "-u", "-L", "drive", "capture-pane", "-p", "-t", session).Output()
		if err != nil {
			return j.sent(screen)
		}
		screen = string(out)
		if len(steps) > 0 && strings.Contains(screen, steps[0].see) {
			if err := tmux(append([]string{"send-keys", "-t", session}, strings.Fields(steps[0].keys)...)...); err != nil {
				return err
			}
			steps = steps[1:]
		}
		time.Sleep(150 * time.Millisecond)
	}
	errors, _ := os.ReadFile(filepath.Join(j.home, "err"))
	return fmt.Errorf("it does not end, waiting for %v:\n%s\n%s", steps, strings.TrimSpace(screen), errors)
}

// sent tells whether a client that has ended sent the reply.
func (j job) sent(screen string) error {
	if _, err := os.Stat(j.out); err == nil {
		return nil
	}
	errors, _ := os.ReadFile(filepath.Join(j.home, "err"))
	return fmt.Errorf("nothing was sent; last seen was\n%s\n%s", strings.TrimSpace(screen), errors)
}

func tmux(args ...string) error {
	out, err := exec.Command("tmux", append([]string{"-u", "-L", "drive", "-f", "/dev/null"}, args...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("tmux %v: %w: %s", args, err, out)
	}
	return nil
}

// command runs a command without a terminal.
func (j job) command(stdin, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Stdin = j.home, strings.NewReader(stdin)
	c.Env = append(os.Environ(), "TZ=Europe/Paris", "HOME="+j.home, "LANG="+j.locale(), "LC_ALL="+j.locale(), "EDITOR="+j.editor, "VISUAL="+j.editor)
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

func (j job) locale() string {
	return map[string]string{"en": "en_US.UTF-8", "fr": "fr_FR.UTF-8"}[j.lang]
}

// programs writes the editor and sendmail as programs of the home, for clients
// that take no arguments with them.
func (j job) programs() error {
	for name, command := range map[string]string{"editor": j.editor, "sendmail": j.keep} {
		if err := j.write(name, "#!/bin/sh\nexec "+command+" \"$@\"\n"); err != nil {
			return err
		}
		if err := os.Chmod(filepath.Join(j.home, name), 0o700); err != nil {
			return err
		}
	}
	return nil
}

// name and address are those of who answers.
func (j job) name() string { return map[string]string{"en": "Ben Roy", "fr": "Benoît Roy"}[j.lang] }
func (j job) address() string {
	return map[string]string{"en": "ben", "fr": "benoit"}[j.lang] + "@roy.example"
}

// say returns the first string in English, the second in French.
func (j job) say(en, fr string) string { return map[string]string{"en": en, "fr": fr}[j.lang] }

// write puts a file into the client's home.
func (j job) write(name, text string) error {
	file := filepath.Join(j.home, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o600)
}

// maildir puts the letter into a maildir of the home.
func (j job) maildir(name string) error {
	letter, err := os.ReadFile(j.letter)
	if err != nil {
		return err
	}
	for _, dir := range []string{"new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(j.home, name, dir), 0o700); err != nil {
			return err
		}
	}
	return j.write(name+"/cur/1.1.uni:2,S", string(letter))
}

// mbox puts the letter into an mbox of the home.
func (j job) mbox(name string) error {
	letter, err := os.ReadFile(j.letter)
	if err != nil {
		return err
	}
	text := strings.ReplaceAll(string(letter), "\nFrom ", "\n>From ")
	return j.write(name, "From anna@berg.example Tue Mar 12 10:15:32 2024\n"+text+"\n")
}
