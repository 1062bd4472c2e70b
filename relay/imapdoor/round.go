package imapdoor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/emersion/go-imap/v2"
)

// windowSize is how many messages are fetched with one command and moved with
// one, and how many may come again after a crash. Only their numbers are kept.
// Dovecot takes as long for a MOVE as the whole mailbox is large, so that a
// small window makes a large mailbox slow.
const windowSize = 1000

// round hands over all that is in the mailbox. The next window is fetched while
// the relay still works on the one before, but only one command is under way at
// a time: that a COPY failed must be known before anything is deleted.
func (s *session) round(ctx context.Context) error {
	select {
	case <-s.news: // announced before now, so that it is found now
	default:
	}
	if err := s.open(); err != nil {
		return err
	}
	waiting, large, err := s.search()
	if err != nil {
		return err
	}
	s.forget(waiting)
	before := new(window)
	for uids := range s.windows(waiting) {
		next, err := s.fetch(ctx, uids, large)
		if err := cmp.Or(err, s.settle(before)); err != nil {
			return cmp.Or(err, s.settle(next))
		}
		if before.stuck || len(s.late) >= maxLate || ctx.Err() != nil {
			return s.settle(next)
		}
		before = next
	}
	return s.settle(before)
}

// search lists the messages to hand over, and those that are too large to be
// fetched. What is marked as deleted is finished with, by its owner or by us.
func (s *session) search() (waiting, large imap.UIDSet, err error) {
	criteria := imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagDeleted}}
	waiting, err = s.searchFor(&criteria)
	if err != nil || len(waiting) == 0 || s.maxSize == 0 {
		return waiting, nil, err
	}
	criteria.Larger = s.maxSize
	large, err = s.searchFor(&criteria)
	return waiting, large, err
}

func (s *session) searchFor(criteria *imap.SearchCriteria) (imap.UIDSet, error) {
	defer s.conn.await()()
	var options *imap.SearchOptions
	if s.caps.Has(imap.CapESearch) { // answers with ranges (RFC 4731), SEARCH with each number
		options = &imap.SearchOptions{ReturnAll: true}
	}
	data, err := s.client.UIDSearch(criteria, options).Wait()
	if err != nil {
		return nil, fmt.Errorf("searching the mailbox: %w", err)
	}
	uids, _ := data.All.(imap.UIDSet) // nil where nothing was found
	return uids, nil
}

// windows cuts a set of messages into windows, oldest first and without those
// that are put off, never holding more than one of them.
func (s *session) windows(uids imap.UIDSet) iter.Seq[[]imap.UID] {
	return func(yield func([]imap.UID) bool) {
		now := time.Now()
		window := make([]imap.UID, 0, windowSize)
		for _, r := range uids {
			for n := uint64(r.Start); n <= uint64(r.Stop); n++ { // r.Stop may be the last number there is
				if late := s.late[imap.UID(n)]; late != nil && late.due.After(now) {
					continue
				}
				window = append(window, imap.UID(n))
				if len(window) < windowSize {
					continue
				}
				if !yield(window) {
					return
				}
				window = window[:0]
			}
		}
		if len(window) > 0 {
			yield(window)
		}
	}
}

// settle waits for the relay's answers, and does with the messages of a window
// what they say.
func (s *session) settle(w *window) error {
	w.handed.Wait()
	var done, unwanted imap.UIDSet
	now := time.Now()
	for _, l := range w.letters {
		switch l.verdict {
		case taken:
			done.AddNum(l.uid)
		case refused:
			unwanted.AddNum(l.uid)
		default:
			s.putOff(l.uid, now)
		}
	}
	// Where nothing at all could be finished, the fault is ours, and going on
	// would only put off the rest as well.
	w.stuck = len(w.letters) > 0 && len(done) == 0 && len(unwanted) == 0
	if len(w.letters) > 0 {
		s.log.Info("imap: handed over", "uidvalidity", s.validity, "uids", done.String(),
			"refused", unwanted.String(), "of", len(w.letters))
	}
	return cmp.Or(s.file(done, s.folder), s.file(unwanted, refusedFolder))
}

// file puts messages away, or puts them off where the server refuses that. They
// will then be handed over again, and the relay knows them by their key.
func (s *session) file(uids imap.UIDSet, folder string) error {
	if len(uids) == 0 {
		return nil
	}
	err := s.move(uids, folder)
	all, _ := uids.Nums()
	if answer := (*imap.Error)(nil); errors.As(err, &answer) {
		s.log.Error("imap: the server does not let go of messages", "uidvalidity", s.validity,
			"uids", uids.String(), "folder", folder, "err", reason(err))
		for _, uid := range all {
			s.putOff(uid, time.Now())
		}
		return nil
	}
	if err == nil {
		for _, uid := range all {
			delete(s.late, uid)
		}
	}
	return err
}
