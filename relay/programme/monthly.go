package programme

import (
	"context"

	"mentorrelay/parser/answers"
	"mentorrelay/storage"
)

func (w *walker) summary(ctx context.Context, a storage.Appointment, v *storage.View) (step, error) {
	return step{next: firstMorning(w.now, zoneOf(&v.Person))}, nil
}

func (w *walker) programme(ctx context.Context, a storage.Appointment) (step, error) {
	return step{next: w.now.AddDate(0, 1, 0)}, nil
}

func (d *Desk) notePulse(ctx context.Context, s *storage.Survey, found answers.Result, key []byte) error {
	return nil
}
