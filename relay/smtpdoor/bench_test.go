package smtpdoor

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"

	"mentorrelay/relay"
)

// nothing takes every message, and does nothing.
type nothing struct{}

func (nothing) Resolve(_ context.Context, address string) (relay.Recipient, error) {
	return relay.Recipient{Address: address}, nil
}

func (nothing) Receive(_ context.Context, env relay.Envelope, _ *relay.Spool) []error {
	return make([]error, len(env.Recipients))
}

// BenchmarkAccept measures messages of 4 KB by 50 sessions at once.
func BenchmarkAccept(b *testing.B) {
	certificate, _ := testCertificate(b)
	for _, bench := range []struct {
		name string
		tls  bool
		each bool // a connection for each message
	}{
		{"kept open", false, false},
		{"a connection each", false, true},
		{"kept open, TLS", true, false},
	} {
		b.Run(bench.name, func(b *testing.B) {
			_, address := start(b, Config{Relay: nothing{}, TLS: serverTLS(certificate), Log: slog.New(slog.DiscardHandler)})
			message := benchMessage(62, 64)
			work := make(chan struct{})
			var clients sync.WaitGroup
			for range 50 {
				clients.Go(func() {
					var c *benchClient
					for range work {
						if c == nil {
							c = dialBench(address, bench.tls)
						}
						c.send(message)
						if bench.each {
							c.conn.Close()
							c = nil
						}
					}
				})
			}
			b.SetBytes(int64(len(message)))
			b.ReportAllocs()
			for b.Loop() {
				work <- struct{}{}
			}
			close(work)
			clients.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
		})
	}
}

// BenchmarkLargeMessage measures the way of 25 MB through the door.
func BenchmarkLargeMessage(b *testing.B) {
	_, address := start(b, Config{Relay: nothing{}, Log: slog.New(slog.DiscardHandler)})
	message := benchMessage(76, 25_000_000/78)
	c := dialBench(address, false)
	b.SetBytes(int64(len(message)))
	b.ReportAllocs()
	for b.Loop() {
		c.send(message)
	}
}

// benchMessage is what follows DATA: lines of x, and the end.
func benchMessage(length, lines int) []byte {
	return []byte(strings.Repeat(strings.Repeat("x", length)+"\r\n", lines) + ".\r\n")
}

type benchClient struct {
	conn   net.Conn
	reader *bufio.Reader
}

func dialBench(address string, inTLS bool) *benchClient {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		panic(err)
	}
	c := &benchClient{conn, bufio.NewReader(conn)}
	c.say(nil, "220")
	if inTLS {
		c.say([]byte("STARTTLS\r\n"), "220")
		c.conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
		c.reader.Reset(c.conn)
	}
	c.say([]byte("HELO client.test\r\n"), "250")
	return c
}

func (c *benchClient) send(message []byte) {
	c.say([]byte("MAIL FROM:<alice@corp.test>\r\n"), "250")
	c.say([]byte("RCPT TO:<ben@relay.test>\r\n"), "250")
	c.say([]byte("DATA\r\n"), "354")
	c.say(message, "250")
}

// say panics when the answer is another, since it runs beside the benchmark.
func (c *benchClient) say(text []byte, code string) {
	if _, err := c.conn.Write(text); err != nil {
		panic(err)
	}
	line, err := c.reader.ReadSlice('\n')
	if err != nil || !bytes.HasPrefix(line, []byte(code)) {
		panic(fmt.Sprintf("%s: %q, %v", code, line, err))
	}
}
