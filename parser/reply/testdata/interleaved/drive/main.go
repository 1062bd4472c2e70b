// Command drive has real mail clients write the replies beside it: for every
// letter in ../clients, each client quotes the letter by its own means, this
// program stands in as its editor and types the answers of answers.txt below
// the passages they answer, and as its sendmail to keep what is sent.
//
//	go run ./parser/reply/testdata/interleaved/drive [-out DIR] [-letters NAMES] [-style WORDS] [NAME...]
//
// NAME is the beginning of a setting's name, such as "mutt" or "alpine-bars";
// without one all are run. It needs the clients, tmux, w3m and the locales
// en_US.UTF-8 and fr_FR.UTF-8; README.md says which versions wrote the mails.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A job is one letter to be answered with one setting of one client.
type job struct {
	lang   string // "en" or "fr"
	letter string // the file with the letter
	editor string // the command that types the answers into the file added to it
	keep   string // the command that keeps the mail on its standard input
	out    string // the file it is kept in
	home   string // an empty directory for the client
	style  style
	plan   []answer
}

// A setting is a client with its configuration.
type setting struct {
	name    string
	letters string // names of letters, apart by spaces
	style   string // see parseStyle
	run     func(job) error
}

func main() {
	log.SetFlags(0)
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "type":
			check(typeAnswers(os.Args[2], os.Args[3], os.Args[len(os.Args)-1]))
			return
		case "keep":
			check(keep(os.Args[2]))
			return
		}
	}
	out := flag.String("out", "parser/reply/testdata/interleaved/clients", "`directory` with the letters, for the replies")
	letters := flag.String("letters", "", "`names` of letters to be answered instead of each setting's own")
	typing := flag.String("style", "", "`words` of how to type instead of each setting's own; see parseStyle")
	flag.Parse()
	var settings []setting
	for _, s := range [][]setting{muttSettings(), aercSettings(), alpineSettings(), nailSettings(), blazeSettings(), nmhSettings(), emacsSettings(), thunderbirdSettings(), roundcubeSettings()} {
		settings = append(settings, s...)
	}
	for _, s := range settings {
		if flag.NArg() > 0 && !slices.ContainsFunc(flag.Args(), func(a string) bool { return strings.HasPrefix(s.name, a) }) {
			continue
		}
		if *letters != "" {
			s.letters = *letters
		}
		if *typing != "" {
			s.style = *typing
		}
		for _, lang := range []string{"en", "fr"} {
			for _, letter := range strings.Fields(s.letters) {
				if err := drive(*out, lang, letter, s); err != nil {
					log.Printf("%s/%s/%s: %v", lang, letter, s.name, err)
				}
			}
		}
	}
}

// drive writes one reply.
func drive(root, lang, letter string, s setting) error {
	home, err := os.MkdirTemp("", "drive")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	dir, err := filepath.Abs(filepath.Join(root, lang, letter))
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	j := job{lang: lang, letter: filepath.Join(dir, "letter.eml"), out: filepath.Join(dir, s.name+".eml"), home: home}
	answers := filepath.Join(dir, "answers.txt")
	// The client sees the commands without spaces in their arguments.
	j.editor = fmt.Sprintf("%s type %s %s", program, answers, strings.ReplaceAll(s.style, " ", ","))
	j.keep = fmt.Sprintf("%s keep %s", program, j.out)
	j.style = parseStyle(s.style)
	if j.plan, err = readPlan(answers); err != nil {
		return err
	}
	os.Remove(j.out)
	if err := s.run(j); err != nil {
		return err
	}
	if _, err := os.Stat(j.out); err != nil {
		return fmt.Errorf("nothing was sent")
	}
	return nil
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
