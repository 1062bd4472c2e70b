package answers

import (
	"regexp"
	"slices"
	"strings"
)

// note records lines that look like an answer but were not understood.
func (f *findings) note(lines []string) {
	for _, line := range trimLines(lines) {
		if line == "" {
			return
		}
		f.unread = append(f.unread, line)
	}
}

// used returns the lines that were read as answers.
func (f *findings) used() map[string]bool {
	used := map[string]bool{}
	for _, x := range f.list {
		for line := range strings.SplitSeq(x.source, "\n") {
			used[line] = true
		}
	}
	return used
}

// answers tells whether question q is answered.
func (f *findings) answers(q int) bool {
	return slices.ContainsFunc(f.list, func(x finding) bool { return x.question == q })
}

var answerLike = regexp.MustCompile(`^(?i:question|q|n°|#)?\s*\d{1,2}\s*[.):=–-]?\s*[a-zA-Z]\b|^\(?[a-zA-Z]\)?[.]?$`)

// noteUnread records the lines that look like an answer and were not used.
func (r *Reader) noteUnread(f *findings, lines []string) {
	used := f.used()
	for _, line := range f.unread {
		used[line] = true
	}
	for _, line := range lines {
		if !used[line] && answerLike.MatchString(line) && len(tokens(line)) <= 6 {
			f.unread = append(f.unread, line)
		}
	}
}
