package report

// joinBetween returns the words with the conjunction of "between … and …" put
// in the form in which other spans are joined.
func joinBetween(ws []string) []string {
	out := append([]string(nil), ws...)
	for i := 0; i < len(out); i++ {
		if !among(out[i], betweens) {
			continue
		}
		for j := i + 1; j < min(len(out), i+betweenWords); j++ {
			if among(out[j], ands) {
				out[j] = "to"
				i = j
				break
			}
		}
	}
	return out
}

// betweenWords is how far after "between" its conjunction may stand: two
// articles, a weekday, and a date with its year.
const betweenWords = 9

// cueOf reads what the date in ws[start:end] is from the words around it, in
// its sentence.
func cueOf(ws []string, start, end int) cue {
	for _, w := range ws[end:min(len(ws), end+4)] {
		if w == "." || among(w, ands) {
			break
		}
		if among(w, agains) {
			return cueBack
		}
	}
	return cueBefore(ws[:start])
}

// cueBefore reads what a date is from the words before it.
func cueBefore(ws []string) cue {
	for i, steps := len(ws)-1, 0; i >= 0 && steps < cueWords; i, steps = i-1, steps+1 {
		if ws[i] == "," || among(ws[i], weekdays) {
			steps--
			continue
		}
		for _, c := range cues {
			n := len(c.words)
			if i+1 >= n && equal(ws[i+1-n:i+1], c.words) {
				return c.cue
			}
		}
		if ws[i] == "." && steps > 0 {
			break
		}
	}
	return cueNone
}

// cueWords is how many words before a date may say what it is.
const cueWords = 6
