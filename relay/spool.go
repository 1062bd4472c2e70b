package relay

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// spoolMemory is how many octets of a message are kept in memory before the
// rest goes to a temporary file: nearly all letters fit, and fifty sessions
// with the largest attachments stay under 13 MiB.
const spoolMemory = 256 << 10

// A Spool holds the bytes of one message while it is being received and
// handled: in memory up to 256 KiB, beyond that in a temporary file that has
// no name any more, so that nothing is left behind whatever happens.
//
// It is written once, from start to end, and read at any offset afterwards.
type Spool struct {
	memory []byte
	file   *os.File
	size   int64
	failed error
}

// NewSpool returns an empty spool.
func NewSpool() *Spool { return &Spool{} }

// Write appends p to the message.
func (s *Spool) Write(p []byte) (int, error) {
	if s.failed != nil {
		return 0, s.failed
	}
	if s.file == nil && len(s.memory)+len(p) <= spoolMemory {
		s.memory = append(s.memory, p...)
		s.size += int64(len(p))
		return len(p), nil
	}
	if s.file == nil {
		if s.failed = s.spill(); s.failed != nil {
			return 0, s.failed
		}
	}
	n, err := s.file.Write(p)
	s.size += int64(n)
	if err != nil {
		s.failed = fmt.Errorf("spooling a message: %w", err)
	}
	return n, s.failed
}

// spill moves what is in memory to an unlinked temporary file.
func (s *Spool) spill() error {
	f, err := os.CreateTemp("", "mentorrelay-spool-*")
	if err != nil {
		return fmt.Errorf("spooling a message: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil {
		return errors.Join(fmt.Errorf("spooling a message: %w", err), f.Close())
	}
	if _, err := f.Write(s.memory); err != nil {
		return errors.Join(fmt.Errorf("spooling a message: %w", err), f.Close())
	}
	s.file, s.memory = f, nil
	return nil
}

// ReadAt implements io.ReaderAt.
func (s *Spool) ReadAt(p []byte, off int64) (int, error) {
	if s.file != nil {
		return s.file.ReadAt(p, off)
	}
	if off < 0 || off >= int64(len(s.memory)) {
		return 0, io.EOF
	}
	n := copy(p, s.memory[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Size returns the length of the message in octets.
func (s *Spool) Size() int64 { return s.size }

// Reader returns a reader over the whole message.
func (s *Spool) Reader() *io.SectionReader { return io.NewSectionReader(s, 0, s.size) }

// copyFrom writes the message from an offset to its end.
func (s *Spool) copyFrom(w io.Writer, off int64) error {
	if s.file == nil {
		_, err := w.Write(s.memory[off:])
		return err
	}
	_, err := io.Copy(w, io.NewSectionReader(s.file, off, s.size-off))
	return err
}

// Close lets go of the bytes.
func (s *Spool) Close() error {
	s.memory = nil
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
