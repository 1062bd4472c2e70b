package relay

import (
	"context"
	"strings"
	"time"

	"mentorrelay/parser/message"
	"mentorrelay/parser/signals"
	"mentorrelay/storage"
)

const (
	// askLife is how long a sentence that asks is kept.
	askLife = 60 * 24 * time.Hour
	// maxAsks and longestAsk bound what is kept of a letter.
	maxAsks    = 20
	longestAsk = 500
	// maxRead is how much of a letter's new text is read for its facts: some
	// thirty pages. Of them one is enough to tell the language.
	maxRead = 64 << 10
	onePage = 2 << 10
)

// noteFacts adds what the parser finds in a letter to what is stored of it. A
// letter that the parser stumbles over is relayed all the same.
func (r *Relay) noteFacts(ctx context.Context, a *storage.Acceptance, l *letter) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.ErrorContext(ctx, "a letter's facts were not read", "pair", a.Message.PairID, "key", l.logKey())
		}
	}()
	text, err := l.text()
	if err != nil {
		r.Log.ErrorContext(ctx, "a letter's text was not read", "pair", a.Message.PairID, "key", l.logKey(), "err", err)
		return
	}
	written := text.New()
	written = start(written, maxRead)
	m := a.Message
	m.Words = int64(len(strings.Fields(written)))
	m.Language = message.Language(start(written, onePage))
	found := signals.Read(written, m.Language)
	m.Links, m.Events = int64(len(found.Links)), int64(len(found.Events))
	for _, s := range found.Signals {
		switch s.Kind {
		case signals.Ask:
			m.Asks++
			noteTopic(m, s.About)
			if len(a.Asks) < maxAsks {
				a.Asks = append(a.Asks, storage.Ask{Text: quotable(s.Text), ExpiresAt: a.At.Add(askLife)})
			}
		case signals.Offer:
			m.Offers++
		case signals.Thanks:
			m.Thanks++
		case signals.Commit:
			m.Commits++
		case signals.Report:
			m.Reports++
		case signals.Pace:
			if m.Pace == "" {
				m.Pace = string(s.Pace)
			}
		}
	}
}

// noteTopic counts what an ask is about, where the coach wants to know.
func noteTopic(m *storage.Message, about signals.Topic) {
	switch about {
	case signals.Help:
		m.AsksHelp++
	case signals.Wishes:
		m.AsksWishes++
	case signals.After:
		m.AsksAfter++
	}
}

// quotable is a sentence that may be quoted to its reader, who knows it with
// masks in it: without any address.
func quotable(sentence string) string {
	words := strings.Fields(sentence)
	for i, w := range words {
		if strings.Contains(w, "@") {
			words[i] = "…"
		}
	}
	sentence = strings.Join(words, " ")
	if len(sentence) > longestAsk {
		return start(sentence, longestAsk) + "…"
	}
	return sentence
}

// start returns no more than the first n octets of a text, in whole characters.
func start(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.ToValidUTF8(text[:n], "")
}
