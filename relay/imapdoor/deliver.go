package imapdoor

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"mentorrelay/relay"
)

// deliver hands a letter to the relay and says what becomes of it.
func (s *session) deliver(ctx context.Context, l *letter) verdict {
	log := s.log.With("uidvalidity", s.validity, "uid", l.uid)
	h := readHeader(l.spool.Reader())
	recipients, err := s.recipients(ctx, h)
	if err != nil {
		return judge(log, err)
	}
	if len(recipients) == 0 {
		log.Info("imap: a message for none of our addresses is refused")
		return refused
	}
	env := relay.Envelope{
		Door:       relay.IMAP,
		MailFrom:   h.returnPath(),
		Recipients: recipients,
		ReceivedAt: l.date,
		Key:        s.key(s.validity, l.uid),
		Size:       l.size,
	}
	if env.ReceivedAt.IsZero() {
		env.ReceivedAt = time.Now()
	}
	return judge(log, s.Door.relay.Receive(ctx, env, l.spool)...)
}

// recipients finds those of our addresses that a message is for. The kind of
// header that is nearest to the delivery speaks for itself: a copy that came by
// way of one mask is not for the others in To.
func (s *session) recipients(ctx context.Context, h header) ([]relay.Recipient, error) {
	for _, kind := range recipientFields {
		var ours []relay.Recipient
		asked := make(map[string]bool)
		for _, address := range h.addresses(kind...) {
			if same := strings.ToLower(address); asked[same] {
				continue
			} else {
				asked[same] = true
			}
			recipient, err := s.Door.relay.Resolve(ctx, address)
			if err == nil {
				ours = append(ours, recipient)
			} else if relay.AsRefusal(err).Temporary() {
				return nil, err
			}
		}
		if len(ours) > 0 {
			return ours, nil
		}
	}
	return nil, nil
}

// judge turns the relay's answers into what becomes of the message: as long as
// one recipient may still take it, it stays.
func judge(log *slog.Logger, answers ...error) verdict {
	v := taken
	for _, err := range answers {
		if err == nil {
			continue
		}
		refusal := relay.AsRefusal(err)
		if refusal.Temporary() {
			log.Warn("imap: a message is put off", "code", refusal.Code, "status", refusal.Status, "err", refusal.Err)
			return later
		}
		log.Info("imap: a message is refused", "code", refusal.Code, "status", refusal.Status, "err", refusal.Err)
		v = refused
	}
	return v
}
