package programme

import (
	"time"

	"mentorrelay/parser/rhythm"
	"mentorrelay/storage"
)

// Rhythm returns the rhythm of a pair from the facts of its letters, oldest
// first, over a window that ends with the last of them; 0 for all.
func Rhythm(pair *storage.Pair, letters []storage.Message, window time.Duration) *rhythm.Rhythm {
	r := rhythm.New(window)
	for _, m := range letters {
		e := rhythm.Event{Side: rhythm.Mentor, At: m.At, Words: int(m.Words), Asks: int(m.Asks), Gives: int(m.Offers + m.Thanks + m.Reports)}
		if m.WriterID == pair.MenteeID {
			e.Side = rhythm.Mentee
		}
		r.Add(e)
	}
	return r
}
