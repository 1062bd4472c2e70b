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
	return within(now, zone, 0)
}

// within tells whether it is day in a zone, or so many hours before or after.
func within(t time.Time, zone *time.Location, margin int) bool {
	hour := t.In(zone).Hour()
	return hour >= morningHour-margin && hour < eveningHour+margin
}

// bothAwake tells whether mail may go out to people in two zones. Where the day
// of one is the night of the other, an hour that is early for one and late for
// the other is the best there is.
func bothAwake(now time.Time, one, other *time.Location) bool {
	margin := 0
	if opposite(now, one, other) {
		margin = 1
	}
	return within(now, one, margin) && within(now, other, margin)
}

// opposite tells whether two zones have no hour of the day in common.
func opposite(now time.Time, one, other *time.Location) bool {
	const daylight = (eveningHour - morningHour) * time.Hour
	_, east := now.In(one).Zone()
	_, west := now.In(other).Zone()
	apart := time.Duration((east-west)%86400+86400) * time.Second % day
	return apart >= daylight && apart <= day-daylight
}

// nextBothAwake is when both are awake next after a moment at which they are not.
func nextBothAwake(after time.Time, one, other *time.Location) time.Time {
	const step = 15 * time.Minute // some zones are a quarter of an hour off
	t := after.Truncate(step).Add(step)
	for !bothAwake(t, one, other) && t.Before(after.Add(2*day)) {
		t = t.Add(step)
	}
	return t
}
