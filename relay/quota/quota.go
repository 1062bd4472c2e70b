// Package quota bounds how often something may happen for each of many, such
// as the letters of each person.
package quota

import (
	"sync"
	"time"
)

// maxKeys bounds the memory of a meter: some 100 octets each.
const maxKeys = 100_000

// A Meter lets something happen Burst times at once for each key, and once
// more for each Every that passes: the generic cell rate algorithm (ITU-T
// I.371, annex A), which needs one time for each key. What it knows it knows
// until the process ends. Nil and the zero value stop nothing.
type Meter struct {
	Burst int
	Every time.Duration

	mu   sync.Mutex
	full map[string]time.Time // when each key will have its whole burst again
}

// Allow tells whether it may happen now, and counts it if so.
func (m *Meter) Allow(key string, now time.Time) bool {
	if m == nil || m.Burst <= 0 {
		return true
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	full := m.full[key]
	if full.Before(now) {
		full = now
	}
	if full = full.Add(m.Every); full.Sub(now) > time.Duration(m.Burst)*m.Every {
		return false
	}
	m.keep(key, full, now)
	return true
}

// keep notes a key. Where there is no room, those go that have their whole
// burst, and where all are busy the new one: a limit that is not kept for
// somebody does less harm than mail that is put off for all.
func (m *Meter) keep(key string, full, now time.Time) {
	if m.full == nil {
		m.full = make(map[string]time.Time)
	}
	if _, known := m.full[key]; !known && len(m.full) >= maxKeys {
		for k, at := range m.full {
			if !at.After(now) {
				delete(m.full, k)
			}
		}
		if len(m.full) >= maxKeys {
			return
		}
	}
	m.full[key] = full
}
