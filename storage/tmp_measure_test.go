package storage

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

func TestTmpFile(t *testing.T) {
	address := sqliteAddress(t)
	s := open(t, address)
	c := newCommunity(t, s, 0)
	biography(t, s, c)
	for i := range 300 {
		accept(t, s, c.letter(s, fmt.Sprint("ben-letter-", i), bytes.Repeat([]byte("lichens "), 600)))
	}
	_, err := s.Forget(t.Context(), c.mentee.ID, start())
	must(t, err)
	f, _ := sqliteFile(address)
	look := func(when string) {
		for _, name := range []string{f, f + "-wal"} {
			b, _ := os.ReadFile(name)
			t.Log(when, name[len(name)-4:], len(b), "lichens:", bytes.Count(b, []byte("lichens")), "ben0@uni:", bytes.Count(b, []byte("ben0@uni")), "laptop-of-ben:", bytes.Count(b, []byte("laptop-of-ben")))
		}
	}
	look("at once")
	must(t, s.writer.db.Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error)
	look("after a checkpoint")
}
