package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"mentorrelay/relay"
	"mentorrelay/storage"
)

// meters count what happens, without any name or address, in the form that
// Prometheus reads. Prometheus's own library would be an eighth of the binary.
type meters struct {
	store *storage.Storage
	now   func() time.Time
	set   *metrics.Set
}

func newMeters(store *storage.Storage, now func() time.Time) *meters {
	return &meters{store, now, metrics.NewSet()}
}

// Received counts the answer to a message for one recipient.
func (m *meters) Received(door relay.Door, code int) {
	m.set.GetOrCreateCounter(fmt.Sprintf(`mentorrelay_received_total{door="%s",code="%d"}`, door, code)).Inc()
}

// Attempted counts an attempt to send a mail, by how it ended.
func (m *meters) Attempted(kind, state string) {
	m.set.GetOrCreateCounter(fmt.Sprintf(`mentorrelay_attempts_total{kind="%s",state="%s"}`, kind, state)).Inc()
}

// scrapeTime bounds what one look at the meters may ask of the database.
const scrapeTime = 5 * time.Second

// metrics answers with all meters.
func (m *meters) metrics(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), scrapeTime)
	defer cancel()
	waiting, err := m.store.Backlog(ctx)
	if err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	late := time.Duration(0)
	if !waiting.Due.IsZero() {
		late = max(m.now().Sub(waiting.Due), 0)
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	m.set.WritePrometheus(w)
	metrics.WriteGaugeUint64(w, "mentorrelay_queued", uint64(waiting.Queued))
	metrics.WriteGaugeFloat64(w, "mentorrelay_late_seconds", late.Seconds())
	metrics.WriteGaugeUint64(w, "mentorrelay_held", uint64(waiting.Held))
	metrics.WriteProcessMetrics(w)
}

// healthz answers whether the database does.
func (m *meters) healthz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), scrapeTime)
	defer cancel()
	if err := m.store.Ping(ctx); err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// listen opens the address at which /metrics and /healthz are served.
func (m *meters) listen(address string) (door, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return door{}, fmt.Errorf("service.metrics: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", m.metrics)
	mux.HandleFunc("GET /healthz", m.healthz)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: scrapeTime, WriteTimeout: 2 * scrapeTime, IdleTimeout: time.Minute}
	return door{"metrics", l.Addr(), func(ctx context.Context) error {
		defer context.AfterFunc(ctx, func() { server.Close() })()
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}}, nil
}
