package relay_test

import (
	"bytes"
	"io"
	"testing"

	"mentorrelay/relay"
)

func TestSpoolGivesBackWhatItTook(t *testing.T) {
	for _, size := range []int{0, 1, 256<<10 - 1, 256 << 10, 256<<10 + 1, 3 << 20} {
		want := bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size]
		s := relay.NewSpool()
		if _, err := io.CopyBuffer(struct{ io.Writer }{s}, bytes.NewReader(want), make([]byte, 5000)); err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(s.Reader())
		if err != nil || !bytes.Equal(got, want) || s.Size() != int64(size) {
			t.Errorf("%d octets: got %d back, size %d, %v", size, len(got), s.Size(), err)
		}
		if size > 0 {
			last := make([]byte, 2)
			if n, err := s.ReadAt(last, int64(size)-1); n != 1 || err != io.EOF || last[0] != want[size-1] {
				t.Errorf("%d octets: reading past the end gives %d, %v", size, n, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
