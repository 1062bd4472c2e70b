package programme

import (
	"time"

	"mentorrelay/storage"
)

const (
	// morningHour is when mail of the programme's own goes out: nine o'clock
	// where its reader is.
	morningHour = 9
	// eveningHour is when it is too late for it.
	eveningHour = 20
)

// zoneOf is the time zone of a person.
func zoneOf(p *storage.Person) *time.Location {
	zone, err := time.LoadLocation(p.Timezone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// morning is the first nine o'clock in a zone that comes after a moment.
func morning(after time.Time, zone *time.Location) time.Time {
	t := after.In(zone)
	m := time.Date(t.Year(), t.Month(), t.Day(), morningHour, 0, 0, 0, zone)
	if !m.After(after) {
		m = time.Date(t.Year(), t.Month(), t.Day()+1, morningHour, 0, 0, 0, zone)
	}
	return m
}

// firstMorning is the nine o'clock of a month's first day in a zone, of the
// next month after a moment.
func firstMorning(after time.Time, zone *time.Location) time.Time {
	t := after.In(zone)
	m := time.Date(t.Year(), t.Month(), 1, morningHour, 0, 0, 0, zone)
	if !m.After(after) {
		m = time.Date(t.Year(), t.Month()+1, 1, morningHour, 0, 0, 0, zone)
	}
	return m
}

// awake tells whether mail may go out to somebody at a moment.
func awake(now time.Time, zone *time.Location) bool {
	hour := now.In(zone).Hour()
	return hour >= morningHour && hour < eveningHour
}

// bothAwake finds the next time, within a day, at which mail may go out to people
// in two zones. It is false where the day of one is the night of the other.
func bothAwake(now time.Time, one, other *time.Location) (time.Time, bool) {
	const step = 30 * time.Minute // some zones are half an hour off
	if awake(now, one) && awake(now, other) {
		return now, true
	}
	for t := now.Truncate(step).Add(step); t.Before(now.Add(day)); t = t.Add(step) {
		if awake(t, one) && awake(t, other) {
			return t, true
		}
	}
	return time.Time{}, false
}
