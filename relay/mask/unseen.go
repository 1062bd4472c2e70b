package mask

import (
	"fmt"
	"io"

	"mentorrelay/parser/message"
)

// searchMore searches what the first search of a text could not see: the files
// in it that are uuencoded, and a text that is said to be in base64 and is not,
// which clients show as it stands.
func (rw *rewriter) searchMore(p *message.Part, pl *plan, found findings) (findings, error) {
	if found.begins && !pl.text.folded {
		coded := *pl
		coded.coded = true
		if p.Encoding == "quoted-printable" {
			coded.encoding = p.Encoding // the lines are beneath it
		}
		all, err := rw.search(p, &coded, io.Discard)
		if err != nil {
			return found, err
		}
		if all.inside > 0 {
			*pl = coded
			rw.early.Truncate(pl.from)
			return all, nil
		}
	}
	if found.edits > 0 || p.Encoding != "base64" {
		return found, nil
	}
	other, err := rw.searchRaw(p, pl)
	if other.edits > 0 {
		return other, err
	}
	found.encrypted = found.encrypted || other.encrypted
	return found, err
}

// searchRaw searches the body of a leaf as it stands in the source.
func (rw *rewriter) searchRaw(p *message.Part, pl *plan) (findings, error) {
	if pl.work != keep { // it will be encoded anew
		return findings{}, nil
	}
	raw := *pl
	raw.raw, raw.text.script = true, script{}
	found, err := rw.search(p, &raw, io.Discard)
	if found.edits > 0 {
		*pl = raw
	}
	return found, err
}

// planFile plans a leaf that is neither text nor a picture. It is passed on as
// it is, unless it is text that only its transfer encoding hides.
func (rw *rewriter) planFile(p *message.Part) (*plan, error) {
	pl := recodeLong(p, "base64")
	if !rw.isUnencoded(p) {
		return pl, nil
	}
	found, err := rw.searchRaw(p, pl)
	if err != nil {
		return nil, fmt.Errorf("searching a file: %w", err)
	}
	if found.edits > 0 {
		pl.work = scrub
	}
	return pl, nil
}

// isUnencoded tells whether a leaf that is said to be in base64 plainly is not,
// RFC 2045 §6.8.
func (rw *rewriter) isUnencoded(p *message.Part) bool {
	if p.Encoding != "base64" {
		return false
	}
	var head [sniffed]byte
	n, _ := io.ReadFull(p.Raw(rw.src), head[:]) // what cannot be read now is not later either
	for _, c := range head[:n] {
		if !isAlnum(lower(c)) && c != '+' && c != '/' && c != '=' && c > ' ' {
			return true
		}
	}
	return false
}
