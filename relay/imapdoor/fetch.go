package imapdoor

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"mentorrelay/relay"
)

// A verdict is what becomes of a message.
type verdict int

const (
	later   verdict = iota // stays where it is and is tried again
	taken                  // moved or deleted, as configured
	refused                // moved to Refused
)

// A letter is a message on its way through the door.
type letter struct {
	uid     imap.UID
	date    time.Time // INTERNALDATE
	size    int64     // of the whole message, where the spool holds its header only
	spool   *relay.Spool
	verdict verdict
}

// A window is a number of letters that are fetched together.
type window struct {
	letters []*letter
	handed  sync.WaitGroup // those that the relay has in hand
	stuck   bool           // none of them could be finished
}

// fetch has a window of messages handed over as they arrive. Its error is that
// of the connection; a message that did not come is put off.
func (s *session) fetch(ctx context.Context, uids []imap.UID, large imap.UIDSet) (*window, error) {
	w := new(window)
	var whole, headers imap.UIDSet
	for _, uid := range uids {
		if large.Contains(uid) {
			headers.AddNum(uid)
		} else {
			whole.AddNum(uid)
		}
	}
	err := s.stream(ctx, w, whole, &imap.FetchOptions{
		InternalDate: true,
		BodySection:  []*imap.FetchItemBodySection{{Peek: true}},
	})
	if err == nil {
		err = s.stream(ctx, w, headers, &imap.FetchOptions{
			InternalDate: true,
			RFC822Size:   true,
			BodySection: []*imap.FetchItemBodySection{{
				Peek:      true,
				Specifier: imap.PartSpecifierHeader,
				Partial:   &imap.SectionPartial{Size: maxHeader},
			}},
		})
	}
	if ctx.Err() == nil {
		s.miss(w, uids, err != nil)
	}
	return w, err
}

// miss adds the messages that did not come to a window, for them to be put off.
// Where the connection was lost that is only the first, in case it is to blame:
// it shall not keep the door from those behind it.
func (s *session) miss(w *window, uids []imap.UID, lost bool) {
	var came imap.UIDSet
	for _, l := range w.letters {
		came.AddNum(l.uid)
	}
	for _, uid := range uids {
		if came.Contains(uid) {
			continue
		}
		s.log.Warn("imap: a message did not come", "uidvalidity", s.validity, "uid", uid)
		w.letters = append(w.letters, &letter{uid: uid})
		if lost {
			return
		}
	}
}

// stream fetches messages and hands each over as soon as it is complete.
func (s *session) stream(ctx context.Context, w *window, uids imap.UIDSet, options *imap.FetchOptions) error {
	if len(uids) == 0 || ctx.Err() != nil {
		return nil
	}
	defer s.conn.await()()
	cmd := s.client.Fetch(uids, options)
	for s.slot(ctx) {
		msg := cmd.Next()
		if msg == nil {
			<-s.slots
			break
		}
		l, err := s.read(msg)
		w.letters = append(w.letters, l)
		if err != nil {
			s.log.Warn("imap: a message came incomplete", "uidvalidity", s.validity, "uid", l.uid, "err", err)
			l.spool.Close()
			<-s.slots
			continue
		}
		w.handed.Go(func() {
			defer func() { <-s.slots }()
			defer l.spool.Close()
			// What is in hand is finished, also when the door is to stop.
			l.verdict = s.deliver(context.WithoutCancel(ctx), l)
		})
	}
	err := cmd.Close()
	if answer := (*imap.Error)(nil); errors.As(err, &answer) {
		// Some of them could not be read, or are gone (RFC 2180 §4.1).
		s.log.Warn("imap: not all messages could be fetched", "uidvalidity", s.validity, "err", reason(err))
		return nil
	}
	return err
}

// slot waits until the relay has room for one message more.
func (s *session) slot(ctx context.Context) bool {
	select {
	case s.slots <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// errNoBody is an answer to FETCH without the message: flags that changed
// meanwhile, or a message that the server cannot read.
var errNoBody = errors.New("the server gave no body")

// read spools one message.
func (s *session) read(msg *imapclient.FetchMessageData) (*letter, error) {
	l := &letter{spool: relay.NewSpool()}
	err := errNoBody
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			l.uid = item.UID
		case imapclient.FetchItemDataInternalDate:
			l.date = item.Time
		case imapclient.FetchItemDataRFC822Size:
			l.size = item.Size
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			err = s.spool(l.spool, item.Literal)
		}
	}
	return l, err
}

// spool copies a message into memory or a file. Where the connection breaks
// off inside it, go-imap takes that for the end of the message, and reads on
// from two goroutines at once; hence the count, and the wait.
func (s *session) spool(to *relay.Spool, literal imap.LiteralReader) error {
	from := &source{Reader: literal}
	n, err := io.CopyBuffer(to, from, s.buffer)
	if from.ended && n < literal.Size() {
		s.conn.Close()
		<-s.client.Closed()
		return io.ErrUnexpectedEOF
	}
	return err // of the spool: the rest will be passed over
}

// A source remembers that it ended or failed.
type source struct {
	io.Reader
	ended bool
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.ended = s.ended || err != nil
	return n, err
}
