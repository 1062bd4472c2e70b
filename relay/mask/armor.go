package mask

import "bytes"

// The lines of OpenPGP armor, RFC 9580 §6.2, as the streams have them.
const (
	armorBegin = "-----begin pgp "
	armorEnd   = "-----end pgp "
	armorDash  = "-----"
)

// searchArmor notes the keys and signatures to leave out: they name their
// owner where no search finds the name. An encrypted message is only reported.
func (s *scrubber) searchArmor() {
	t := &s.shown
	i, line := 0, 0
	if s.armor != "" {
		i = s.leaveOut(t, 0)
		line = i
	}
	for s.armor == "" {
		next := bytes.Index(t.text[i:], []byte(armorBegin))
		if next < 0 {
			return
		}
		i += next
		if t.at(i).from >= s.cut {
			return
		}
		label, _, ok := bytes.Cut(t.text[i+len(armorBegin):min(len(t.text), i+80)], []byte(armorDash))
		if !ok || !startsLine(t, i, line, s.inLine && line == 0) {
			i += len(armorBegin)
			continue
		}
		i = s.takeArmor(t, i, string(label))
		line = i
	}
}

// takeArmor deals with the armor at i and returns where to go on.
func (s *scrubber) takeArmor(t *stream, i int, label string) int {
	first := i + len(armorBegin) + len(label) + len(armorDash)
	switch label {
	case "message":
		s.encrypted = true
		return first
	case "signed message":
		s.signature = true
		end := endOfHashes(t, first)
		s.replace(t, i, end, "")
		return end
	case "signature":
		s.signature = true
	case "public key block", "private key block":
		s.key = true
	default:
		return first
	}
	s.armor = label
	return s.leaveOut(t, i)
}

// leaveOut drops the armor from i to its last line, or to the end of the
// window, and returns where to go on.
func (s *scrubber) leaveOut(t *stream, i int) int {
	last := []byte(armorEnd + s.armor + armorDash)
	if end := bytes.Index(t.text[i:], last); end >= 0 {
		s.armor = ""
		end += i + len(last)
		s.replace(t, i, end, "")
		return end
	}
	end := i
	for end < len(t.text) && t.at(end).from < s.cut {
		end++
	}
	s.replace(t, i, end, "")
	return end
}

// startsLine tells whether only marks of quotation stand before i in its line,
// which starts at line if there is no break after it, or before that.
func startsLine(t *stream, i, line int, before bool) bool {
	for ; i > line && !t.at(i).tag; i-- {
		switch t.text[i-1] {
		case '\n', '\r':
			return true
		case ' ', '\t', '>':
		default:
			return false
		}
	}
	return i > line || !before
}

// endOfHashes returns the end of what follows the first line of a cleartext
// signature up to the empty line, RFC 9580 §7: Hash lines.
func endOfHashes(t *stream, i int) int {
	end := i
	for {
		line, _, ok := bytes.Cut(t.text[end:], []byte("\n"))
		if !ok {
			return end
		}
		text := bytes.Trim(line, " \t\r>")
		switch {
		case len(text) == 0 && end > i:
			return end + len(line) + 1
		case len(text) > 0 && !bytes.HasPrefix(text, []byte("hash:")):
			return end
		}
		end += len(line) + 1
	}
}
